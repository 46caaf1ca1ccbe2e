package io.greenlane.rehearsal.codedeploy;

import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour.Deviation;
import io.greenlane.rehearsal.codedeploy.DeploymentRun.PhaseWork;
import io.greenlane.rehearsal.codedeploy.DeploymentRun.Step;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventStatus;

/** What a rollback deployment does: traffic back to blue, blue primary again, green deleted. */
final class RollbackWorks {
    private final Map<Phase, String> hookFunctions;
    private final TaskSets taskSets;
    private final Traffic traffic;
    private final Hooks hooks;
    private final Announcements announcements;
    private final CodeDeployBehaviour behaviour;

    /**
     * The works of one rollback.
     *
     * @param hookFunctions of the revision that is restored; called only where the behaviour says so
     */
    RollbackWorks(Map<Phase, String> hookFunctions, Machinery machinery) {
        this.hookFunctions = hookFunctions;
        this.taskSets = machinery.taskSets();
        this.traffic = machinery.traffic();
        this.hooks = machinery.hooks();
        this.announcements = machinery.announcements();
        this.behaviour = machinery.behaviour();
    }

    /** The phases that are listed; see {@link #skipped} for those that take place. */
    List<Phase> phases() {
        return behaviour.has(Deviation.ROLLBACK_LISTS_ALL_EVENTS)
                ? Stream.of(Phase.values()).filter(Phase::isLifecycleEvent).toList()
                : Phase.ofRollback(behaviour);
    }

    Map<Phase, PhaseWork> byPhase() {
        Map<Phase, PhaseWork> works = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            if (phase.kind() == Phase.Kind.HOOK) {
                works.put(phase, step -> hooks.start(step, hookFunctions.get(phase)));
            }
        }
        works.put(Phase.ALLOW_TEST_TRAFFIC, this::restoreTestTraffic);
        works.put(Phase.ALLOW_TRAFFIC, this::restoreProduction);
        return works;
    }

    Optional<LifecycleEventStatus> skipped(Phase phase, boolean hasTestListener) {
        boolean takesPlace = Phase.ofRollback(behaviour).contains(phase)
                && (hasTestListener || !phase.needsTestListener());
        return takesPlace ? Optional.empty() : Optional.of(LifecycleEventStatus.SKIPPED);
    }

    private void restoreTestTraffic(Step step) {
        BlueGreen pair = step.pair();
        if (!behaviour.has(Deviation.TEST_LISTENER_STAYS_AFTER_ROLLBACK)) {
            pair.testListener().ifPresent(listener -> {
                traffic.split(listener, pair, 0, false);
                announcements.trafficShifted(step.deployment(), "test", 0);
            });
        }
        step.done();
    }

    private void restoreProduction(Step step) {
        BlueGreen pair = step.pair();
        traffic.split(pair.productionListener(), pair, 0, !behaviour.has(Deviation.ONE_GROUP_AFTERWARDS));
        pair.shifted(0);
        announcements.trafficShifted(step.deployment(), "production", 0);
        if (pair.isGreenPrimary()) {
            taskSets.makePrimary(pair, pair.blue());
            pair.primaryIsGreen(false);
        }
        pair.green().ifPresent(green -> taskSets.delete(pair, green));
        step.done();
    }
}
