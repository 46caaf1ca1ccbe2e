package io.greenlane.rehearsal.codedeploy;

import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour.Deviation;
import io.greenlane.rehearsal.codedeploy.DeploymentRun.Ending;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.ErrorCode;

/** Starts deployments, follows their runs, and starts what comes after one: its rollback, or the next in line. */
final class DeploymentEngine implements DeploymentRun.Follower {
    private final Machinery machinery;
    private final Neighbours neighbours;
    private final Rollbacks rollbacks;
    private final Map<String, DeploymentRun> runs = new HashMap<>();
    private final Map<String, Boolean> rollbackOnStop = new HashMap<>();

    /** @param neighbours the services, each deployment under the role of its group */
    DeploymentEngine(Machinery machinery, Neighbours neighbours, Rollbacks rollbacks) {
        this.machinery = machinery;
        this.neighbours = neighbours;
        this.rollbacks = rollbacks;
    }

    /** Starts the deployment, or puts it in line behind the group's active one. */
    void launch(Deployment deployment) {
        boolean behind = deployment.order().home().active().isPresent();
        deployment.order().home().add(deployment);
        machinery.announcements().created(deployment);
        if (behind) {
            deployment.moveTo(DeploymentStatus.QUEUED, machinery.timeline().now());
            machinery.announcements().statusChanged(deployment);
        } else {
            startSoon(deployment);
        }
    }

    /** The wait that is going on ends early; false when the deployment is not in that wait. */
    boolean endWait(Deployment deployment, Phase wait) {
        return run(deployment).map(run -> run.endWait(wait)).orElse(false);
    }

    /** Whether the deployment is in that phase. */
    boolean isIn(Deployment deployment, Phase phase) {
        return run(deployment).flatMap(DeploymentRun::phase).filter(phase::equals).isPresent();
    }

    /**
     * Stops the deployment.
     *
     * @param rollback whether to roll back; null leaves it to the deployment's configuration
     */
    void stop(Deployment deployment, @Nullable Boolean rollback) {
        if (rollback != null) {
            rollbackOnStop.put(deployment.id(), rollback);
        }
        Consumer<DeploymentRun> end = run -> run.end(DeploymentStatus.STOPPED, Ending.REQUEST, ErrorCode.MANUAL_STOP,
                "The deployment was stopped by a user");
        run(deployment).ifPresentOrElse(end, () -> {
            deployment.endsWith(ErrorCode.MANUAL_STOP, "The deployment was stopped by a user before it started");
            deployment.moveTo(DeploymentStatus.STOPPED, machinery.timeline().now());
            ended(deployment, Ending.REQUEST);
        });
    }

    @Override
    public void phaseStarted(Deployment deployment, Phase phase) {
        machinery.announcements().phaseStarted(deployment, phase);
    }

    @Override
    public void phaseEnded(Deployment deployment, Phase phase) {
        machinery.announcements().phaseEnded(deployment, phase);
    }

    @Override
    public void ended(Deployment deployment, Ending ending) {
        runs.remove(deployment.id());
        if (ending == Ending.SUCCESS && !deployment.isRollback() && deployment.order().revision() != null) {
            deployment.order().home().succeeded(deployment.order().revision().reference());
        }
        if (deployment.isRollback()) {
            rollbacks.ended(deployment);
        }
        Optional<Deployment> rollback = ending == Ending.SUCCESS
                ? Optional.empty()
                : rollbacks.after(deployment, ending, Optional.ofNullable(rollbackOnStop.remove(deployment.id())));
        machinery.announcements().statusChanged(deployment);
        rollback.ifPresentOrElse(this::launch, () -> startNext(deployment.order().home()));
    }

    private void startNext(DeploymentGroup group) {
        if (group.active().isEmpty()) {
            group.deployments().stream().filter(Deployment::isQueued).findFirst().ifPresent(this::startSoon);
        }
    }

    private void startSoon(Deployment deployment) {
        machinery.timeline().after(Duration.ZERO, () -> {
            if (!deployment.isFinal() && !deployment.hasStarted()) {
                start(deployment);
            }
        });
    }

    private void start(Deployment deployment) {
        deployment.moveTo(DeploymentStatus.IN_PROGRESS, machinery.timeline().now());
        machinery.announcements().statusChanged(deployment);
        Machinery own = machinery.with(neighbours.under(deployment));
        if (deployment.isRollback()) {
            begin(rollbacks.run(deployment, own, this), () -> {
            });
            return;
        }
        DeploymentWorks works = new DeploymentWorks(deployment, own);
        DeploymentRun run = new DeploymentRun(deployment, Phase.ofDeployment(machinery.behaviour()),
                works.byPhase(), works::skipped, machinery.timeline(), this);
        begin(run, works::prepare);
        boolean stopped = !machinery.behaviour().has(Deviation.ALARM_FAILS);
        own.alarms().watch(deployment.order().alarms(), () -> !deployment.isFinal(),
                reason -> run.end(stopped ? DeploymentStatus.STOPPED : DeploymentStatus.FAILED, Ending.ALARM,
                        ErrorCode.ALARM_ACTIVE, reason));
    }

    private void begin(DeploymentRun run, Runnable preparation) {
        runs.put(run.deployment().id(), run);
        run.begin(preparation);
    }

    private Optional<DeploymentRun> run(Deployment deployment) {
        return Optional.ofNullable(runs.get(deployment.id()));
    }
}
