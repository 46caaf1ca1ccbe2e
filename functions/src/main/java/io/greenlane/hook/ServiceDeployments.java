package io.greenlane.hook;

import io.greenlane.hook.HookExecution.EcsHook;
import io.greenlane.image.Digest;
import org.jspecify.annotations.Nullable;

/** Deployments that ECS makes itself. */
@FunctionalInterface
public interface ServiceDeployments {
    /** The deployment that calls the hook, as it stands now; null when there is none of that ARN. */
    @Nullable
    ServiceDeployment find(EcsHook hook);

    /**
     * One of them.
     *
     * @param goesBack whether ECS has turned it round: its stages then come again, with the weights of traffic reversed
     * @param digest of the image that it brings; null when ECS does not say
     */
    record ServiceDeployment(boolean goesBack, @Nullable Digest digest) {}
}
