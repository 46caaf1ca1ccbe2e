package io.greenlane.lambda;

import io.greenlane.aws.Clients;
import io.greenlane.aws.CodeDeployInstallations;
import io.greenlane.aws.EcsGreenTasks;
import io.greenlane.deployment.DeploymentWatch;
import io.greenlane.deployment.Deployments;
import io.greenlane.deployment.Withdrawals;
import io.greenlane.hook.Verdicts;
import io.greenlane.install.Causes;
import io.greenlane.install.InstallWatch;
import io.greenlane.release.Ledger;
import io.greenlane.release.Releases;
import io.greenlane.release.ServiceQueue;
import java.time.Clock;

/** Puts together what functions watch deployments with. */
final class Watches {
    private Watches() {}

    /** Who refused a deployment last says why: a hook, else the watch over Install. */
    static DeploymentWatch deployments(Deployments deployments, Ledger ledger, Clock clock) {
        Verdicts verdicts = new Verdicts(ledger);
        Causes causes = new Causes(ledger, clock);
        return new DeploymentWatch(deployments, new Withdrawals(ledger, clock).or(verdicts).or(causes),
                verdicts.and(causes), clock);
    }

    static InstallWatch install(Clients clients, Deployments deployments, Ledger ledger, Clock clock) {
        return new InstallWatch(new Releases(ledger, clock), new ServiceQueue(ledger), deployments,
                new CodeDeployInstallations(clients.codeDeploy()), new EcsGreenTasks(clients.ecs()),
                new Causes(ledger, clock));
    }
}
