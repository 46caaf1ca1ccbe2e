package io.greenlane.rehearsal.codedeploy;

import java.util.Set;

/**
 * How CodeDeploy behaves where AWS does not document it: as is most likely, except for some deviations. A deployment tool has
 * to work with every one of them.
 */
public record CodeDeployBehaviour(Set<Deviation> deviations) {
    /** Everything as is most likely. */
    public static final CodeDeployBehaviour DEFAULT = new CodeDeployBehaviour(Set.of());

    public CodeDeployBehaviour {
        deviations = Set.copyOf(deviations);
    }

    /** The default with these deviations. */
    public static CodeDeployBehaviour with(Deviation... deviations) {
        return new CodeDeployBehaviour(Set.of(deviations));
    }

    boolean has(Deviation deviation) {
        return deviations.contains(deviation);
    }

    /** Something that AWS may do instead of the default. */
    public enum Deviation {
        /** A hook invocation that fails is repeated after one and two minutes with the same payload. Default: once. */
        HOOK_INVOCATION_RETRIED,
        /** A hook is invoked twice at once, as an asynchronous invocation can be. Default: once. */
        HOOK_INVOKED_TWICE,
        /** A function that ends with an error fails its lifecycle event. Default: only a report or the hour ends it. */
        HOOK_CRASH_FAILS_AT_ONCE,
        /** A report after the end is UnsupportedActionForDeploymentType. Default: LifecycleEventAlreadyCompleted. */
        LATE_REPORT_UNSUPPORTED,
        /** The restored revision's hooks run in a rollback, with the rollback's id. Default: none. */
        ROLLBACK_CALLS_HOOKS,
        /** A rollback lists all lifecycle events, those without effect as Skipped. Default: the traffic events. */
        ROLLBACK_LISTS_ALL_EVENTS,
        /** The SUCCESS event comes when green has all traffic. Default: when blue has been deleted. */
        SUCCESS_BEFORE_TERMINATION,
        /** A wrong sha256 of an AppSpec is accepted. Default: InvalidRevision. */
        SHA256_NOT_CHECKED,
        /** A deployment beside an active one is queued. Default: DeploymentLimitExceeded. */
        SECOND_DEPLOYMENT_QUEUED,
        /** The production listener forwards to one group alone in the end. Default: both, one with weight 0. */
        ONE_GROUP_AFTERWARDS,
        /** The test listener stays on green when a deployment is rolled back. Default: back to blue. */
        TEST_LISTENER_STAYS_AFTER_ROLLBACK,
        /** An alarm makes a deployment Failed. Default: Stopped. */
        ALARM_FAILS,
        /** Without a test listener AfterAllowTestTraffic shows Succeeded; not called either way. Default: Skipped. */
        UNCALLED_TEST_HOOK_SUCCEEDED,
        /** A deployment is Ready after the BeforeAllowTraffic hook. Default: before it. */
        READY_WAIT_AFTER_LAST_HOOK
    }
}
