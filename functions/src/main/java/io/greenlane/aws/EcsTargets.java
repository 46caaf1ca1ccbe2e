package io.greenlane.aws;

import io.greenlane.hook.HookExecution.EcsHook;
import io.greenlane.hook.ValidationTarget;
import io.greenlane.image.Digest;
import io.greenlane.probe.Listener;
import io.greenlane.report.Subject;
import io.greenlane.service.ServiceNotDeployableException;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Routing;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.AdvancedConfiguration;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/**
 * What lifecycle hooks of ECS are to validate: the service revision of their deployment, behind the listener rules of the service.
 * Requests go to the listener of a rule as the validation file writes them: a rule that looks at the Host header needs that header
 * there.
 */
public final class EcsTargets {
    private final EcsClient ecs;
    private final ElasticLoadBalancingV2Client loadBalancing;

    public EcsTargets(EcsClient ecs, ElasticLoadBalancingV2Client loadBalancing) {
        this.ecs = ecs;
        this.loadBalancing = loadBalancing;
    }

    /** The target of a hook; see {@link io.greenlane.hook.ValidationTargets#find}. */
    public ValidationTarget find(EcsHook hook) {
        ServiceRevision revision = EcsServiceDeployments.revision(ecs, hook);
        String service = revision.serviceArn().substring(revision.serviceArn().lastIndexOf('/') + 1);
        AdvancedConfiguration rules = revision.loadBalancers().isEmpty()
                ? null
                : revision.loadBalancers().get(0).advancedConfiguration();
        if (rules == null || revision.resolvedConfiguration() == null
                || revision.resolvedConfiguration().loadBalancers().isEmpty()) {
            throw new ServiceNotDeployableException("ECS service " + service
                    + " has no load balancer with an advancedConfiguration, so there is nowhere to ask its new version");
        }
        String targetGroup = revision.resolvedConfiguration().loadBalancers().get(0).targetGroupArn();
        Listener production = address(service, "production", rules.productionListenerRule());
        boolean moved = hook.event() == HookEvent.AFTER_ALLOW_TRAFFIC;
        String rule = moved ? rules.productionListenerRule() : rules.testListenerRule();
        Listener green = moved ? production : address(service, "test", rule);
        Digest digest = EcsServiceDeployments.digest(revision);
        Subject subject = new Subject(hook.deploymentId(), null, cluster(revision) + "/" + service, null, null,
                digest == null ? null : digest.text(), revision.taskDefinition());
        return new ValidationTarget(subject, service, green, moved ? null : production,
                routing(revision, moved ? "production listener" : "test listener", rule, targetGroup));
    }

    private Routing routing(ServiceRevision revision, String name, String rule, String targetGroup) {
        LoadBalancer pair = revision.loadBalancers().get(0);
        String other = targetGroup.equals(pair.targetGroupArn())
                ? pair.advancedConfiguration().alternateTargetGroupArn()
                : pair.targetGroupArn();
        return new GreenRouting(loadBalancing, new GreenRouting.Way(name, rule, targetGroup, other),
                () -> ecs.describeServices(call -> call.cluster(revision.clusterArn()).services(revision.serviceArn()))
                        .services().stream().mapToInt(Service::desiredCount).findFirst());
    }

    private static String cluster(ServiceRevision revision) {
        String arn = String.valueOf(revision.clusterArn());
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    private Listener address(String service, String what, @Nullable String rule) {
        if (rule == null) {
            throw new ServiceNotDeployableException("ECS service " + service + " has no " + what
                    + " listener rule in its advancedConfiguration; add " + what + "ListenerRule");
        }
        return ListenerAddress.of(loadBalancing, listenerOf(rule));
    }

    /** {@code ...:listener-rule/app/name/id/listener/rule} is a rule of {@code ...:listener/app/name/id/listener}. */
    private static String listenerOf(String arn) {
        return arn.contains(":listener-rule/")
                ? arn.substring(0, arn.lastIndexOf('/')).replace(":listener-rule/", ":listener/")
                : arn;
    }
}
