package io.greenlane.aws;

import io.greenlane.deployment.TaskSets;
import io.greenlane.hook.Greens;
import io.greenlane.service.DeploymentGroup;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.ecs.EcsClient;

/** The task set that a deployment of CodeDeploy created in the service of its group. */
public final class CodeDeployGreens implements Greens {
    private final CodeDeployGroups groups;
    private final TaskSets taskSets;

    public CodeDeployGreens(CodeDeployClient codeDeploy, EcsClient ecs) {
        this.groups = new CodeDeployGroups(codeDeploy);
        this.taskSets = new EcsTaskSets(ecs);
    }

    @Override
    public String taskDefinition(String application, String deploymentGroup, String deploymentId) {
        DeploymentGroup group = groups.find(application, deploymentGroup);
        return taskSets.of(group.cluster(), group.service()).stream()
                .filter(one -> one.deploymentId().equals(deploymentId)).map(TaskSets.Deployed::taskDefinition)
                .findFirst()
                .orElseThrow(() -> new GreenNotFoundException("ECS service " + group.cluster() + "/"
                        + group.service() + " has no task set of deployment " + deploymentId));
    }
}
