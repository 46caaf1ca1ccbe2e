package io.greenlane.aws;

import io.greenlane.deployment.TaskSets;
import io.greenlane.hook.Greens;
import io.greenlane.service.DeploymentGroup;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/** The task set that a deployment of CodeDeploy created in the service of its group. */
public final class CodeDeployGreens implements Greens {
    private final CodeDeployGroups groups;
    private final TaskSets taskSets;
    private final EcsClient ecs;

    public CodeDeployGreens(CodeDeployClient codeDeploy, EcsClient ecs) {
        this.groups = new CodeDeployGroups(codeDeploy);
        this.taskSets = new EcsTaskSets(ecs);
        this.ecs = ecs;
    }

    @Override
    public Green find(String application, String deploymentGroup, String deploymentId) {
        DeploymentGroup group = groups.find(application, deploymentGroup);
        String revision = taskSets.of(group.cluster(), group.service()).stream()
                .filter(one -> one.deploymentId().equals(deploymentId)).map(TaskSets.Deployed::taskDefinition)
                .findFirst()
                .orElseThrow(() -> new GreenNotFoundException("ECS service " + group.cluster() + "/"
                        + group.service() + " has no task set of deployment " + deploymentId));
        return new Green(revision, ecs.describeTaskDefinition(call -> call.taskDefinition(revision)).taskDefinition()
                .containerDefinitions().stream().map(ContainerDefinition::image).toList());
    }
}
