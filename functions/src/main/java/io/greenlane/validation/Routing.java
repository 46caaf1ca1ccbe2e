package io.greenlane.validation;

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
}
