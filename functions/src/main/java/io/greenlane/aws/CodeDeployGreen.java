package io.greenlane.aws;

import io.greenlane.deployment.TaskSets;
import io.greenlane.probe.Listener;
import io.greenlane.service.DeploymentGroup;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Routing;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/** The task set that a deployment of CodeDeploy brings, and where it and the one before it answer. */
public final class CodeDeployGreen {
    private final CodeDeployGroups groups;
    private final TaskSets taskSets;
    private final ElasticLoadBalancingV2Client loadBalancing;

    public CodeDeployGreen(CodeDeployClient codeDeploy, EcsClient ecs, ElasticLoadBalancingV2Client loadBalancing) {
        this.groups = new CodeDeployGroups(codeDeploy);
        this.taskSets = new EcsTaskSets(ecs);
        this.loadBalancing = loadBalancing;
    }

    /**
     * What was found.
     *
     * @param service name of the ECS service
     * @param taskDefinition ARN of the revision that green's tasks run
     * @param green where green answers
     * @param blue the production listener while it serves the task set before; null once green gets requests there, or nobody does
     * @param routing whether what answers on green's listener is green
     */
    public record Found(String service, String taskDefinition, Listener green, @Nullable Listener blue,
            Routing routing) {}

    /**
     * Looks it up.
     *
     * @param event after AfterAllowTraffic green answers on the production listener, before on the test listener
     * @return empty when the service has no task set of this deployment
     * @throws io.greenlane.service.ServiceNotDeployableException when the group cannot be tested
     */
    public Optional<Found> find(String application, String deploymentGroup, String deploymentId, HookEvent event) {
        DeploymentGroup group = groups.find(application, deploymentGroup);
        return taskSet(group, deploymentId).map(green -> found(group, green, event));
    }

    private Found found(DeploymentGroup group, TaskSets.Deployed green, HookEvent event) {
        String other = LoadBalancing.other(loadBalancing, group, green.targetGroup());
        Listener production = ListenerAddress.of(loadBalancing, group.productionListener());
        Listener test = ListenerAddress.of(loadBalancing, group.testListener());
        List<Forward> forwards = Forward.of(loadBalancing, group.productionListener());
        boolean servesBlue = forwards.stream().anyMatch(forward -> forward.reaches(other))
                && forwards.stream().noneMatch(forward -> forward.reaches(green.targetGroup()));
        boolean moved = event == HookEvent.AFTER_ALLOW_TRAFFIC;
        GreenRouting.Way way = new GreenRouting.Way(moved ? "production listener" : "test listener",
                moved ? group.productionListener() : group.testListener(), green.targetGroup(), other);
        return new Found(group.service(), green.taskDefinition(), moved ? production : test,
                servesBlue ? production : null, new GreenRouting(loadBalancing, way,
                        () -> taskSet(group, green.deploymentId())
                                .map(now -> OptionalInt.of(now.desiredCount())).orElse(OptionalInt.empty())));
    }

    private Optional<TaskSets.Deployed> taskSet(DeploymentGroup group, String deploymentId) {
        return taskSets.of(group.cluster(), group.service()).stream()
                .filter(one -> one.deploymentId().equals(deploymentId)).findFirst();
    }
}
