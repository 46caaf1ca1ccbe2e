package io.greenlane.rehearsal.codedeploy;

import io.greenlane.rehearsal.cloud.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.ErrorCode;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventStatus;

/** Takes one deployment through its phases, one after the other, until it has succeeded, failed or been stopped. */
final class DeploymentRun {
    private final Deployment deployment;
    private final List<Phase> phases;
    private final Map<Phase, PhaseWork> works;
    private final Function<Phase, Optional<LifecycleEventStatus>> skipped;
    private final Timeline timeline;
    private final Follower follower;
    private int position = -1;
    private @Nullable Step current;
    private Timeline.@Nullable Alarm betweenSteps;

    /** What happens in a phase: ends the step at once or later. A {@link DeploymentFault} that it throws fails the step. */
    @FunctionalInterface
    interface PhaseWork {
        void start(Step step);
    }

    /** Told what becomes of the deployment, in order. */
    interface Follower {
        void phaseStarted(Deployment deployment, Phase phase);

        void phaseEnded(Deployment deployment, Phase phase);

        /** The deployment has a final status. */
        void ended(Deployment deployment, Ending ending);
    }

    /** How a deployment can end. */
    enum Ending {
        SUCCESS, FAILURE, ALARM, REQUEST
    }

    /**
     * A run that begins with {@link #begin}.
     *
     * @param works what to do in each of the phases
     * @param skipped the status of a phase that does not take place; empty for one that does
     */
    DeploymentRun(Deployment deployment, List<Phase> phases, Map<Phase, PhaseWork> works,
            Function<Phase, Optional<LifecycleEventStatus>> skipped, Timeline timeline, Follower follower) {
        this.deployment = deployment;
        this.phases = phases;
        this.works = Map.copyOf(works);
        this.skipped = skipped;
        this.timeline = timeline;
        this.follower = follower;
    }

    Deployment deployment() {
        return deployment;
    }

    /** Starts with the first phase, unless the preparation throws a {@link DeploymentFault}. */
    void begin(Runnable preparation) {
        phases.stream().filter(Phase::isLifecycleEvent)
                .forEach(phase -> deployment.event(phase, LifecycleEventState.PENDING, timeline.now()));
        try {
            preparation.run();
        } catch (DeploymentFault fault) {
            end(DeploymentStatus.FAILED, Ending.FAILURE, fault.code(), fault.text());
            return;
        }
        advance();
    }

    /** The phase that is going on. */
    Optional<Phase> phase() {
        return position >= 0 && position < phases.size() ? Optional.of(phases.get(position)) : Optional.empty();
    }

    /** Ends the wait that is going on early; false when it is not that one. */
    boolean endWait(Phase wait) {
        Step step = current;
        if (step == null || step.phase != wait || step.onContinue == null) {
            return false;
        }
        step.onContinue.run();
        return true;
    }

    /** Ends the deployment from outside; what is going on is given up. */
    void end(DeploymentStatus status, Ending ending, ErrorCode code, String message) {
        Step step = current;
        if (step != null) {
            step.over(status == DeploymentStatus.FAILED ? LifecycleEventStatus.FAILED : LifecycleEventStatus.SKIPPED,
                    message);
        }
        finish(status, ending, code, message);
    }

    private void advance() {
        betweenSteps = null;
        position++;
        while (position < phases.size()) {
            Phase phase = phases.get(position);
            Optional<LifecycleEventStatus> instead = skipped.apply(phase);
            if (instead.isEmpty()) {
                start(phase);
                return;
            }
            if (phase.isLifecycleEvent()) {
                deployment.event(phase, LifecycleEventState.PENDING.ended(instead.get(), timeline.now(), null),
                        timeline.now());
            }
            position++;
        }
        deployment.moveTo(DeploymentStatus.SUCCEEDED, timeline.now());
        follower.ended(deployment, Ending.SUCCESS);
    }

    private void start(Phase phase) {
        Step step = new Step(phase);
        current = step;
        if (phase.isLifecycleEvent()) {
            deployment.event(phase, deployment.event(phase).started(timeline.now(), null), timeline.now());
        }
        follower.phaseStarted(deployment, phase);
        try {
            Optional.ofNullable(works.get(phase)).orElseThrow().start(step);
        } catch (DeploymentFault fault) {
            step.fail(fault.code(), fault.text());
        }
    }

    private void finish(DeploymentStatus status, Ending ending, ErrorCode code, String message) {
        Timeline.Alarm pending = betweenSteps;
        if (pending != null) {
            pending.cancel();
        }
        deployment.events().forEach((phase, event) -> {
            if (!event.isOver()) {
                deployment.event(phase, event.ended(LifecycleEventStatus.SKIPPED, timeline.now(), null),
                        timeline.now());
            }
        });
        deployment.endsWith(code, message);
        deployment.moveTo(status, timeline.now());
        follower.ended(deployment, ending);
    }

    /** One phase going on. Once it is over, nothing that was started for it has an effect any more. */
    final class Step {
        private final Phase phase;
        private final List<Timeline.Alarm> pending = new ArrayList<>();
        private @Nullable Runnable onContinue;
        private boolean over;

        private Step(Phase phase) {
            this.phase = phase;
        }

        Deployment deployment() {
            return deployment;
        }

        Phase phase() {
            return phase;
        }

        boolean isOver() {
            return over;
        }

        /** The two sides; there from the start of the first phase. */
        BlueGreen pair() {
            return deployment.pair().orElseThrow();
        }

        /** Forgets the alarm when the step is over. */
        void keep(Timeline.Alarm alarm) {
            pending.add(alarm);
        }

        /** Runs the action after a wait, unless the step is over by then. */
        void after(Duration wait, Runnable action) {
            keep(timeline.after(wait, () -> unlessOver(action)));
        }

        /** Runs the action when ContinueDeployment ends this wait. */
        void onContinue(Runnable action) {
            onContinue = action;
        }

        /** The function that the hook calls. */
        void calls(String function) {
            deployment.event(phase, deployment.event(phase).started(timeline.now(), function), timeline.now());
        }

        /** The phase has succeeded; the next one follows. */
        void done() {
            if (!over) {
                over(LifecycleEventStatus.SUCCEEDED, null);
                betweenSteps = timeline.after(Duration.ZERO, DeploymentRun.this::advance);
            }
        }

        /** The phase has failed, and the deployment with it. */
        void fail(ErrorCode code, String message) {
            if (!over) {
                end(DeploymentStatus.FAILED, Ending.FAILURE, code, message);
            }
        }

        /** The wait is over without what was waited for: the deployment is stopped. */
        void stop(ErrorCode code, String message) {
            if (!over) {
                end(DeploymentStatus.STOPPED, Ending.REQUEST, code, message);
            }
        }

        /** Runs the action now; a fault that it throws fails the step. */
        void unlessOver(Runnable action) {
            if (!over) {
                try {
                    action.run();
                } catch (DeploymentFault fault) {
                    fail(fault.code(), fault.text());
                }
            }
        }

        private void over(LifecycleEventStatus status, @Nullable String why) {
            over = true;
            current = null;
            pending.forEach(Timeline.Alarm::cancel);
            if (phase.isLifecycleEvent()) {
                deployment.event(phase, deployment.event(phase).ended(status, timeline.now(), why), timeline.now());
            }
            follower.phaseEnded(deployment, phase);
        }
    }
}
