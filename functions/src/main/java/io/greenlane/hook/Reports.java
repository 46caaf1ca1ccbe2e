package io.greenlane.hook;

/** Where CodeDeploy hears of verdicts. */
@FunctionalInterface
public interface Reports {
    /**
     * Reports the verdict of a hook.
     *
     * @return false when the lifecycle event had an answer or an end already: the first report counts, this one changed nothing
     */
    boolean report(HookCall call, boolean passed);
}
