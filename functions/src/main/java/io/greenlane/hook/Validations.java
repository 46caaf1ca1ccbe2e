package io.greenlane.hook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The workflows that validate in place of the function that a hook called. */
@FunctionalInterface
public interface Validations {
    /**
     * From now on green is being validated, and the verdict will be reported. Beginning again changes nothing.
     *
     * @return when that began, at this or an earlier call; null when it has ended
     */
    @Nullable
    Instant begin(HookExecution hook);
}
