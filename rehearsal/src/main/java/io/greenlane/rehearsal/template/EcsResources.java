package io.greenlane.rehearsal.template;

import io.greenlane.rehearsal.template.ResourceType.Created;
import java.util.Map;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** AWS::ECS resources. */
record EcsResources(EcsClient ecs) {
    Map<String, ResourceType> types() {
        return Map.of("AWS::ECS::Cluster", this::cluster, "AWS::ECS::TaskDefinition", this::taskDefinition,
                "AWS::ECS::Service", this::service);
    }

    private Created cluster(ResourceRequest request) {
        String name = request.name("ClusterName", 255);
        String arn = ecs.createCluster(cluster -> cluster.clusterName(name)).cluster().clusterArn();
        return new Created(name, Map.of("Arn", arn));
    }

    private Created taskDefinition(ResourceRequest request) {
        String family = request.name("Family", 255);
        TaskDefinition revision = ecs.registerTaskDefinition(
                SdkShape.fill(RegisterTaskDefinitionRequest.builder().family(family), request).build())
                .taskDefinition();
        return new Created(revision.taskDefinitionArn(), Map.of("TaskDefinitionArn", revision.taskDefinitionArn()));
    }

    private Created service(ResourceRequest request) {
        String name = request.name("ServiceName", 255);
        Service service = ecs
                .createService(SdkShape.fill(CreateServiceRequest.builder().serviceName(name), request).build())
                .service();
        return new Created(service.serviceArn(), Map.of("Name", name, "ServiceArn", service.serviceArn()));
    }
}
