package io.greenlane.rehearsal.codedeploy;

import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour.Deviation;
import io.greenlane.rehearsal.codedeploy.DeploymentRun.PhaseWork;
import io.greenlane.rehearsal.codedeploy.DeploymentRun.Step;
import io.greenlane.rehearsal.codedeploy.Revisions.Revision;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.codedeploy.model.BlueGreenDeploymentConfiguration;
import software.amazon.awssdk.services.codedeploy.model.DeploymentReadyAction;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.ErrorCode;
import software.amazon.awssdk.services.codedeploy.model.InstanceAction;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventStatus;
import software.amazon.awssdk.services.ecs.model.TaskSet;

/** What a deployment does in each of its phases: from green's first task to blue's last. */
final class DeploymentWorks {
    private static final Duration STEADY_WITHIN = Duration.ofHours(1);
    /** So much of that hour is never shortened: processes take as long to start as they take. */
    private static final Duration STARTING = Duration.ofMinutes(1);
    /** ECS guide, blue/green deployment with CodeDeploy. */
    private static final Duration STEADY_AFTER_SCALING_WITHIN = Duration.ofMinutes(5);

    private final Deployment deployment;
    private final BlueGreenDeploymentConfiguration waits;
    private final TaskSets taskSets;
    private final Traffic traffic;
    private final Hooks hooks;
    private final Timeline timeline;
    private final Announcements announcements;
    private final CodeDeployBehaviour behaviour;
    private @Nullable AppSpec appSpec;

    /** The works of one deployment; {@link #prepare} comes before all of them. */
    DeploymentWorks(Deployment deployment, Machinery machinery) {
        this.deployment = deployment;
        this.waits = deployment.group().blueGreenDeploymentConfiguration();
        this.taskSets = machinery.taskSets();
        this.traffic = machinery.traffic();
        this.hooks = machinery.hooks();
        this.timeline = machinery.timeline();
        this.announcements = machinery.announcements();
        this.behaviour = machinery.behaviour();
    }

    /** Reads the AppSpec and tells blue from green: faults of either come to light only now, not in CreateDeployment. */
    void prepare() {
        try {
            appSpec = AppSpec.parse(
                    Optional.ofNullable(deployment.order().revision()).map(Revision::content).orElseThrow());
        } catch (IllegalArgumentException malformed) {
            throw new DeploymentFault(ErrorCode.INVALID_REVISION, String.valueOf(malformed.getMessage()), malformed);
        }
        deployment.pairIs(taskSets.find(deployment.group().ecsServices().get(0),
                deployment.group().loadBalancerInfo().targetGroupPairInfoList().get(0)));
    }

    Map<Phase, PhaseWork> byPhase() {
        Map<Phase, PhaseWork> works = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            if (phase.kind() == Phase.Kind.HOOK) {
                works.put(phase, step -> hooks.start(step, appSpec().hooks().get(phase)));
            }
        }
        works.put(Phase.INSTALL, this::install);
        works.put(Phase.ALLOW_TEST_TRAFFIC, this::allowTestTraffic);
        works.put(Phase.READY_WAIT, this::waitForRerouting);
        works.put(Phase.ALLOW_TRAFFIC, this::allowTraffic);
        works.put(Phase.TERMINATION_WAIT, this::waitForTermination);
        return works;
    }

    /** The phases that do not take place, with the status that their lifecycle event shows. */
    Optional<LifecycleEventStatus> skipped(Phase phase) {
        boolean hasTestListener = deployment.pair().flatMap(BlueGreen::testListener).isPresent();
        if (phase.needsTestListener() && !hasTestListener) {
            boolean succeeded = phase == Phase.AFTER_ALLOW_TEST_TRAFFIC
                    && behaviour.has(Deviation.UNCALLED_TEST_HOOK_SUCCEEDED);
            return Optional.of(succeeded ? LifecycleEventStatus.SUCCEEDED : LifecycleEventStatus.SKIPPED);
        }
        boolean noWait = (phase == Phase.READY_WAIT
                && waits.deploymentReadyOption().actionOnTimeout() != DeploymentReadyAction.STOP_DEPLOYMENT)
                || (phase == Phase.TERMINATION_WAIT && waits.terminateBlueInstancesOnDeploymentSuccess()
                        .action() == InstanceAction.KEEP_ALIVE);
        return noWait ? Optional.of(LifecycleEventStatus.SKIPPED) : Optional.empty();
    }

    private void install(Step step) {
        putGreenToUse(step.pair());
        TaskSet green = taskSets.createGreen(step.deployment().id(), appSpec(), step.pair());
        step.pair().greenIs(green);
        step.keep(timeline.atLimit(STARTING, () -> step.after(STEADY_WITHIN.minus(STARTING),
                () -> step.fail(ErrorCode.TIMEOUT, "The deployment timed out while waiting for the replacement task set"
                        + " to become healthy. This time out period is 60 minutes."))));
        step.keep(taskSets.whenSteady(green, step::done));
    }

    /** A target group that no listener names has no health checks, and ECS refuses it: it gets weight 0. */
    private void putGreenToUse(BlueGreen pair) {
        boolean used = traffic.names(pair.productionListener(), pair.greenGroup())
                || pair.testListener().filter(listener -> traffic.names(listener, pair.greenGroup())).isPresent();
        if (!used) {
            traffic.split(pair.productionListener(), pair, 0, true);
        }
    }

    private void allowTestTraffic(Step step) {
        BlueGreen pair = step.pair();
        pair.testListener().ifPresent(listener -> {
            traffic.split(listener, pair, 100, false);
            announcements.trafficShifted(step.deployment(), "test", 100);
        });
        step.done();
    }

    private void waitForRerouting(Step step) {
        Duration wait = Duration.ofMinutes(waits.deploymentReadyOption().waitTimeInMinutes());
        step.deployment().moveTo(DeploymentStatus.READY, timeline.now());
        announcements.statusChanged(step.deployment());
        announcements.waitStarted(step.deployment(), step.phase(), wait);
        step.onContinue(() -> {
            step.deployment().moveTo(DeploymentStatus.IN_PROGRESS, timeline.now());
            step.done();
        });
        step.after(wait, () -> step.stop(ErrorCode.TIMEOUT,
                "The deployment was stopped: traffic was not rerouted within " + wait.toMinutes() + " minutes"));
    }

    private void allowTraffic(Step step) {
        step.keep(taskSets.whenScaled(step.pair().green().orElseThrow(),
                () -> step.after(STEADY_AFTER_SCALING_WITHIN, () -> {
                    if (!taskSets.areSteady(step.pair())) {
                        step.fail(ErrorCode.ECS_UPDATE_ERROR, "The ECS service was scaled during the deployment and"
                                + " has not reached a steady state within 5 minutes.");
                    }
                })));
        shift(step, deployment.order().plan().steps());
    }

    private void shift(Step step, List<ShiftPlan.Step> remaining) {
        BlueGreen pair = step.pair();
        ShiftPlan.Step next = remaining.get(0);
        Runnable shift = () -> {
            boolean last = next.greenPercent() == 100;
            traffic.split(pair.productionListener(), pair, next.greenPercent(),
                    !last || !behaviour.has(Deviation.ONE_GROUP_AFTERWARDS));
            pair.shifted(next.greenPercent());
            announcements.trafficShifted(step.deployment(), "production", next.greenPercent());
            if (last) {
                taskSets.makePrimary(pair, pair.green().orElseThrow());
                pair.primaryIsGreen(true);
                step.done();
            } else {
                shift(step, remaining.subList(1, remaining.size()));
            }
        };
        if (next.interval().isZero()) {
            step.unlessOver(shift);
        } else {
            announcements.waitStarted(step.deployment(), step.phase(), next.interval());
            step.after(next.interval(), shift);
        }
    }

    private void waitForTermination(Step step) {
        Duration wait = Duration
                .ofMinutes(waits.terminateBlueInstancesOnDeploymentSuccess().terminationWaitTimeInMinutes());
        step.deployment().terminationWaitStarts();
        announcements.waitStarted(step.deployment(), step.phase(), wait);
        announcements.trafficIsOnGreen(step.deployment());
        Runnable terminate = () -> {
            taskSets.delete(step.pair(), step.pair().blue());
            step.done();
        };
        step.onContinue(() -> step.unlessOver(terminate));
        step.after(wait, terminate);
    }

    private AppSpec appSpec() {
        AppSpec read = appSpec;
        if (read == null) {
            throw new IllegalStateException("Deployment " + deployment.id() + " has not been prepared");
        }
        return read;
    }
}
