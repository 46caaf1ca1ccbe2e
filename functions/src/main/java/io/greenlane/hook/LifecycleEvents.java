package io.greenlane.hook;

import io.greenlane.validation.HookEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The lifecycle events of a deployment. */
@FunctionalInterface
public interface LifecycleEvents {
    /** When the event began, by AWS's clock; null when AWS does not say, or not soon. Never throws for what AWS answers. */
    @Nullable
    Instant begin(String deploymentId, HookEvent event);
}
