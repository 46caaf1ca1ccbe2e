package io.greenlane.rehearsal.show;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocationType;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskSet;

/** A person who deploys what runs once more, by hand and without hooks: a deployment that is not ours, in our group. */
record Passerby(EcsClient ecs, CodeDeployClient codeDeploy) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Deploys in the first group of the first application that there is; in a turn of the timeline. */
    void deployAgain() {
        String application = codeDeploy.listApplications().applications().getFirst();
        String group = codeDeploy.listDeploymentGroups(list -> list.applicationName(application)).deploymentGroups()
                .getFirst();
        var ecsService = codeDeploy.getDeploymentGroup(
                get -> get.applicationName(application).deploymentGroupName(group)).deploymentGroupInfo().ecsServices()
                .getFirst();
        Service service = ecs.describeServices(describe -> describe.cluster(ecsService.clusterName())
                .services(ecsService.serviceName())).services().getFirst();
        TaskSet primary = service.taskSets().stream().filter(taskSet -> taskSet.status().equals("PRIMARY")).findFirst()
                .orElseThrow();
        String appSpec = appSpec(primary.taskDefinition(), primary.loadBalancers().getFirst()).toString();
        codeDeploy.createDeployment(create -> create.applicationName(application).deploymentGroupName(group)
                .description("By hand").revision(revision -> revision
                        .revisionType(RevisionLocationType.APP_SPEC_CONTENT)
                        .appSpecContent(content -> content.content(appSpec))));
    }

    private static JsonNode appSpec(String taskDefinition, LoadBalancer balancer) {
        ObjectNode spec = JSON.createObjectNode().put("version", 0.0);
        ObjectNode properties = spec.putArray("Resources").addObject().putObject("TargetService")
                .put("Type", "AWS::ECS::Service").putObject("Properties").put("TaskDefinition", taskDefinition);
        properties.putObject("LoadBalancerInfo").put("ContainerName", balancer.containerName()).put("ContainerPort",
                balancer.containerPort());
        return spec;
    }
}
