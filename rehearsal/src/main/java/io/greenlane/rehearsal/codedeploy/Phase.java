package io.greenlane.rehearsal.codedeploy;

import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour.Deviation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a blue/green deployment to ECS goes through, in this order (CodeDeploy guide, AppSpec hooks section): lifecycle events
 * that are hooks of the user, lifecycle events that are CodeDeploy's own work, and waits, which are no lifecycle events.
 */
enum Phase {
    BEFORE_INSTALL("BeforeInstall", Kind.HOOK), //
    INSTALL("Install", Kind.WORK), //
    AFTER_INSTALL("AfterInstall", Kind.HOOK), //
    ALLOW_TEST_TRAFFIC("AllowTestTraffic", Kind.WORK), //
    AFTER_ALLOW_TEST_TRAFFIC("AfterAllowTestTraffic", Kind.HOOK), //
    READY_WAIT("wait for rerouting", Kind.WAIT), //
    BEFORE_ALLOW_TRAFFIC("BeforeAllowTraffic", Kind.HOOK), //
    ALLOW_TRAFFIC("AllowTraffic", Kind.WORK), //
    AFTER_ALLOW_TRAFFIC("AfterAllowTraffic", Kind.HOOK), //
    TERMINATION_WAIT("wait for termination of blue", Kind.WAIT);

    private final String title;
    private final Kind kind;

    Phase(String title, Kind kind) {
        this.title = title;
        this.kind = kind;
    }

    /** Who acts. */
    enum Kind {
        HOOK, WORK, WAIT
    }

    /** The lifecycle event's name in AWS's words; a description where it is none. */
    String title() {
        return title;
    }

    Kind kind() {
        return kind;
    }

    boolean isLifecycleEvent() {
        return kind != Kind.WAIT;
    }

    /** Whether it happens only when the deployment group has a test listener. */
    boolean needsTestListener() {
        return this == ALLOW_TEST_TRAFFIC || this == AFTER_ALLOW_TEST_TRAFFIC;
    }

    /** The hook phase of that lifecycle event. */
    static Optional<Phase> hook(String lifecycleEvent) {
        return Stream.of(values()).filter(phase -> phase.kind == Kind.HOOK && phase.title.equals(lifecycleEvent))
                .findFirst();
    }

    /** A deployment's phases. */
    static List<Phase> ofDeployment(CodeDeployBehaviour behaviour) {
        if (!behaviour.has(Deviation.READY_WAIT_AFTER_LAST_HOOK)) {
            return List.of(values());
        }
        return List.of(BEFORE_INSTALL, INSTALL, AFTER_INSTALL, ALLOW_TEST_TRAFFIC, AFTER_ALLOW_TEST_TRAFFIC,
                BEFORE_ALLOW_TRAFFIC, READY_WAIT, ALLOW_TRAFFIC, AFTER_ALLOW_TRAFFIC, TERMINATION_WAIT);
    }

    /** A rollback's phases: nothing is installed, traffic goes back. */
    static List<Phase> ofRollback(CodeDeployBehaviour behaviour) {
        return behaviour.has(Deviation.ROLLBACK_CALLS_HOOKS)
                ? List.of(ALLOW_TEST_TRAFFIC, AFTER_ALLOW_TEST_TRAFFIC, BEFORE_ALLOW_TRAFFIC, ALLOW_TRAFFIC,
                        AFTER_ALLOW_TRAFFIC)
                : List.of(ALLOW_TEST_TRAFFIC, ALLOW_TRAFFIC);
    }
}
