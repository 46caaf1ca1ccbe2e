package io.greenlane.aws;

import io.greenlane.hook.LifecycleEvents;
import io.greenlane.validation.HookEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEvent;

/** Lifecycle events of deployments to ECS, by their one target. */
public final class CodeDeployLifecycle implements LifecycleEvents {
    /** Who asks must get on: there is a good guess without the answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final CodeDeployClient codeDeploy;

    public CodeDeployLifecycle(CodeDeployClient codeDeploy) {
        this.codeDeploy = codeDeploy;
    }

    @Override
    public @Nullable Instant begin(String deploymentId, HookEvent event) {
        try {
            List<String> targets = codeDeploy.listDeploymentTargets(call -> call.deploymentId(deploymentId)
                    .overrideConfiguration(it -> it.apiCallTimeout(PATIENCE))).targetIds();
            return targets.isEmpty() ? null : begin(deploymentId, targets, event);
        } catch (SdkException e) {
            return null;
        }
    }

    private @Nullable Instant begin(String deploymentId, List<String> targets, HookEvent event) {
        return codeDeploy.batchGetDeploymentTargets(call -> call.deploymentId(deploymentId).targetIds(targets)
                .overrideConfiguration(it -> it.apiCallTimeout(PATIENCE))).deploymentTargets().stream()
                .filter(target -> target.ecsTarget() != null)
                .flatMap(target -> target.ecsTarget().lifecycleEvents().stream())
                .filter(one -> event.toString().equals(one.lifecycleEventName())).map(LifecycleEvent::startTime)
                .filter(Objects::nonNull).findFirst().orElse(null);
    }
}
