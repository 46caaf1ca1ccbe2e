package io.greenlane.aws;

import io.greenlane.deployment.TaskSets;
import io.greenlane.hook.TestTraffic;
import io.greenlane.service.DeploymentGroup;
import java.util.Map;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/** The test listener of a deployment group, and the task set that a deployment put behind it. */
public final class GroupTestTraffic implements TestTraffic {
    private final CodeDeployGroups groups;
    private final TaskSets taskSets;
    private final ElasticLoadBalancingV2Client loadBalancing;

    public GroupTestTraffic(CodeDeployClient codeDeploy, EcsClient ecs, ElasticLoadBalancingV2Client loadBalancing) {
        this.groups = new CodeDeployGroups(codeDeploy);
        this.taskSets = new EcsTaskSets(ecs);
        this.loadBalancing = loadBalancing;
    }

    @Override
    public Green green(String application, String deploymentGroup, String deploymentId) {
        DeploymentGroup group = groups.find(application, deploymentGroup);
        TaskSets.Deployed taskSet = taskSets.of(group.cluster(), group.service()).stream()
                .filter(one -> one.deploymentId().equals(deploymentId)).findFirst()
                .orElseThrow(() -> new GreenNotFoundException("ECS service " + group.cluster() + "/"
                        + group.service() + " has no task set of deployment " + deploymentId));
        return new Green(LoadBalancing.find(loadBalancing, group).testAddress(), group.testListener(),
                taskSet.targetGroup(), taskSet.taskDefinition());
    }

    @Override
    public Map<String, Integer> weights(Green green) {
        return LoadBalancing.weights(loadBalancing, green.testListener());
    }
}
