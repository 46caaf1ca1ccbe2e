package io.greenlane.validation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether what answers on green's listener is green. */
@FunctionalInterface
public interface Routing {
    /**
     * Looks now: the listener forwards to green's target group alone, and green's targets are healthy and as many as desired.
     *
     * @return why an answer might not be green's, or green might not be whole yet; null when neither is so
     */
    @Nullable
    String doubt();

    /** How much later than there is no doubt any more requests may still go elsewhere; a minute, unless there is nothing that lags. */
    default Duration lag() {
        return Duration.ofMinutes(1);
    }

    /** What stands behind an answer without doubt, in a sentence without its full stop. */
    default String assurance() {
        return "The load balancer forwards to green alone and finds it healthy";
    }
}
