package io.greenlane.hook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The workflows that answer a hook in place of the function that was called. Starting one again changes nothing. */
public interface Workflows {
    /** From now on somebody watches that the hook is answered: when nobody has by then, Failed is. */
    void watch(HookExecution hook, Instant overdueAt);

    /**
     * From now on green is being validated, and the verdict will be reported.
     *
     * @return when that began, at this or an earlier call; null when it has ended
     */
    @Nullable
    Instant validate(HookExecution hook);
}
