package io.greenlane.hook;

import java.time.Instant;

/** The timers beside validations. */
@FunctionalInterface
public interface Deadlines {
    /**
     * From now on somebody watches that the hook is answered: when nobody has by then, Failed is. Watching again changes nothing,
     * not even the time.
     */
    void watch(HookExecution hook, Instant overdueAt);
}
