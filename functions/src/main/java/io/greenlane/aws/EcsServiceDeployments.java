package io.greenlane.aws;

import io.greenlane.hook.HookExecution.EcsHook;
import io.greenlane.hook.ServiceDeployments;
import io.greenlane.image.Digest;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerImage;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentNotFoundException;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;

/** Service deployments of ECS and what their revisions bring. */
public final class EcsServiceDeployments implements ServiceDeployments {
    private static final Set<ServiceDeploymentStatus> GOING_BACK = Set.of(ServiceDeploymentStatus.ROLLBACK_REQUESTED,
            ServiceDeploymentStatus.ROLLBACK_IN_PROGRESS, ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL,
            ServiceDeploymentStatus.ROLLBACK_FAILED);

    private final EcsClient ecs;

    public EcsServiceDeployments(EcsClient ecs) {
        this.ecs = ecs;
    }

    @Override
    public @Nullable ServiceDeployment find(EcsHook hook) {
        try {
            return ecs.describeServiceDeployments(call -> call.serviceDeploymentArns(hook.serviceDeployment()))
                    .serviceDeployments().stream().findFirst()
                    .map(found -> new ServiceDeployment(
                            found.rollback() != null || GOING_BACK.contains(found.status()),
                            digest(revision(ecs, hook))))
                    .orElse(null);
        } catch (ServiceDeploymentNotFoundException e) {
            return null;
        }
    }

    /** The revision that the deployment of the hook brings. */
    static ServiceRevision revision(EcsClient ecs, EcsHook hook) {
        return ecs.describeServiceRevisions(call -> call.serviceRevisionArns(hook.serviceRevision()))
                .serviceRevisions().stream().findFirst()
                .orElseThrow(() -> new IllegalStateException("ECS knows no service revision "
                        + hook.serviceRevision()));
    }

    /** Digest of the container behind the load balancer; null when ECS has not resolved it. */
    static @Nullable Digest digest(ServiceRevision revision) {
        return revision.loadBalancers().stream().map(LoadBalancer::containerName)
                .flatMap(name -> revision.containerImages().stream()
                        .filter(image -> image.containerName().equals(name)))
                .map(ContainerImage::imageDigest).filter(digest -> digest != null).findFirst().map(Digest::new)
                .orElse(null);
    }
}
