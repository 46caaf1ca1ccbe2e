package io.greenlane.aws;

import io.greenlane.drift.Production;
import io.greenlane.drift.Productions;
import io.greenlane.service.DeploymentGroup;
import io.greenlane.service.ServiceNotDeployableException;
import io.greenlane.service.ServiceReference;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerNotFoundException;

/** Services with few calls: one for the group, one for the service, one for both listeners and one for the rules of each. */
public final class LiveProductions implements Productions {
    private final CodeDeployGroups groups;
    private final EcsServices services;
    private final EcsClient ecs;
    private final ElasticLoadBalancingV2Client loadBalancing;

    public LiveProductions(CodeDeployClient codeDeploy, EcsClient ecs, ElasticLoadBalancingV2Client loadBalancing) {
        this.groups = new CodeDeployGroups(codeDeploy);
        this.services = new EcsServices(ecs);
        this.ecs = ecs;
        this.loadBalancing = loadBalancing;
    }

    @Override
    public Production look(ServiceReference service) {
        DeploymentGroup group = groups.find(service);
        EcsServices.Running running = services.find(group);
        List<Listener> listeners = listeners(group);
        String targetGroup = running.mapping().targetGroupArn();
        boolean byCodeDeploy = "CODE_DEPLOY".equals(running.primary().startedBy());
        return new Production(running.primary().taskDefinition(), byCodeDeploy ? running.primary().externalId() : null,
                targetGroup == null ? null : Forward.targetGroup(targetGroup), group.targetGroups(),
                forwards(listeners, group.productionListener()), forwards(listeners, group.testListener()),
                Objects.requireNonNullElse(running.service().desiredCount(), 0));
    }

    @Override
    public List<String> images(String taskDefinition) {
        return ecs.describeTaskDefinition(call -> call.taskDefinition(taskDefinition)).taskDefinition()
                .containerDefinitions().stream().map(ContainerDefinition::image).toList();
    }

    private List<Listener> listeners(DeploymentGroup group) {
        try {
            return loadBalancing.describeListeners(
                    call -> call.listenerArns(group.productionListener(), group.testListener())).listeners();
        } catch (ListenerNotFoundException e) {
            throw new ServiceNotDeployableException("Production listener " + group.productionListener()
                    + " or test listener " + group.testListener() + " does not exist");
        }
    }

    private List<Map<String, Integer>> forwards(List<Listener> listeners, String arn) {
        return listeners.stream().filter(listener -> arn.equals(listener.listenerArn()))
                .flatMap(listener -> Forward.of(loadBalancing, listener).stream())
                .map(forward -> forward.weights().entrySet().stream()
                        .collect(Collectors.toMap(one -> Forward.targetGroup(one.getKey()), Map.Entry::getValue)))
                .toList();
    }
}
