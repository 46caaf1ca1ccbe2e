package io.greenlane.rehearsal.codedeploy;

import io.greenlane.rehearsal.codedeploy.DeploymentRun.Ending;
import io.greenlane.rehearsal.codedeploy.Revisions.Revision;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.codedeploy.model.AutoRollbackConfiguration;
import software.amazon.awssdk.services.codedeploy.model.AutoRollbackEvent;
import software.amazon.awssdk.services.codedeploy.model.DeploymentCreator;
import software.amazon.awssdk.services.codedeploy.model.RollbackInfo;

/**
 * Decides whether a deployment that has not succeeded is rolled back. A rollback is a deployment of its own, by creator
 * {@code codeDeployRollback}; each of the two names the other (CodeDeploy guide, rollbacks). A rollback is never rolled back.
 */
final class Rollbacks {
    private static final Map<Ending, AutoRollbackEvent> CAUSES = Map.of( //
            Ending.FAILURE, AutoRollbackEvent.DEPLOYMENT_FAILURE, //
            Ending.ALARM, AutoRollbackEvent.DEPLOYMENT_STOP_ON_ALARM, //
            Ending.REQUEST, AutoRollbackEvent.DEPLOYMENT_STOP_ON_REQUEST);

    private final DeploymentRegistry registry;
    private final Function<Deployment, Optional<Revision>> previousRevision;

    /**
     * Rollbacks of the account.
     *
     * @param previousRevision what a deployment is rolled back to
     */
    Rollbacks(DeploymentRegistry registry, Function<Deployment, Optional<Revision>> previousRevision) {
        this.registry = registry;
        this.previousRevision = previousRevision;
    }

    /**
     * The rollback of a deployment that has just ended, when there is to be one.
     *
     * @param asked what the caller of StopDeployment asked for
     */
    Optional<Deployment> after(Deployment ended, Ending ending, Optional<Boolean> asked) {
        if (ended.isRollback() || !asked.orElseGet(() -> isConfigured(ended.order().autoRollback(), ending))) {
            return Optional.empty();
        }
        BlueGreen pair = ended.pair().orElse(null);
        if (pair == null || ended.event(Phase.INSTALL).start() == null) {
            ended.rollbackIs(RollbackInfo.builder()
                    .rollbackMessage("No rollback: nothing had been changed before the deployment ended").build());
            return Optional.empty();
        }
        Deployment.Order order = ended.order();
        Deployment rollback = registry.add(new Deployment(new Deployment.Order(registry.newId(), order.home(),
                order.group(), previousRevision.apply(ended).orElse(null), order.previousRevision(), order.configName(),
                order.plan(), null, DeploymentCreator.CODE_DEPLOY_ROLLBACK,
                AutoRollbackConfiguration.builder().enabled(false).build(), null, null, ended.lastUpdate())));
        rollback.pairIs(pair);
        rollback.rollbackIs(RollbackInfo.builder().rollbackTriggeringDeploymentId(ended.id())
                .rollbackMessage("Rolling back deployment " + ended.id()).build());
        ended.rollbackIs(RollbackInfo.builder().rollbackDeploymentId(rollback.id())
                .rollbackMessage("Deployment " + rollback.id() + " rolls this deployment back").build());
        return Optional.of(rollback);
    }

    /** The run of a rollback deployment. */
    DeploymentRun run(Deployment rollback, Machinery machinery, DeploymentRun.Follower follower) {
        Revision revision = rollback.order().revision();
        RollbackWorks works = new RollbackWorks(revision == null ? Map.of() : AppSpec.parse(revision.content()).hooks(),
                machinery);
        boolean hasTestListener = rollback.pair().flatMap(BlueGreen::testListener).isPresent();
        return new DeploymentRun(rollback, works.phases(), works.byPhase(),
                phase -> works.skipped(phase, hasTestListener), machinery.timeline(), follower);
    }

    /** Writes the rollback's outcome to both deployments. */
    void ended(Deployment rollback) {
        String outcome = rollback.hasSucceeded() ? " succeeded" : " failed";
        rollback.rollback().ifPresent(info -> {
            rollback.rollbackIs(info.toBuilder()
                    .rollbackMessage("Rollback of deployment " + info.rollbackTriggeringDeploymentId() + outcome)
                    .build());
            Deployment triggering = registry.get(info.rollbackTriggeringDeploymentId());
            triggering.rollbackIs(RollbackInfo.builder().rollbackDeploymentId(rollback.id())
                    .rollbackMessage("Rollback by deployment " + rollback.id() + outcome).build());
        });
    }

    private static boolean isConfigured(@Nullable AutoRollbackConfiguration configuration, Ending ending) {
        AutoRollbackEvent cause = CAUSES.get(ending);
        return configuration != null && Boolean.TRUE.equals(configuration.enabled()) && cause != null
                && configuration.events().contains(cause);
    }
}
