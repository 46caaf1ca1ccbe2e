package io.greenlane.lambda;

import io.greenlane.aws.Clients;
import io.greenlane.aws.CodeDeployInstallations;
import io.greenlane.aws.CodeDeployInterventions;
import io.greenlane.aws.EcsGreenTasks;
import io.greenlane.aws.EcsTaskSets;
import io.greenlane.deployment.DeploymentWatch;
import io.greenlane.deployment.Deployments;
import io.greenlane.deployment.Explanations;
import io.greenlane.deployment.Withdrawals;
import io.greenlane.hook.Verdicts;
import io.greenlane.install.Causes;
import io.greenlane.install.InstallWatch;
import io.greenlane.release.DeploymentNotes;
import io.greenlane.release.GroupReleases;
import io.greenlane.release.Ledger;
import io.greenlane.release.Releases;
import io.greenlane.release.ServiceQueue;
import io.greenlane.release.Standing;
import io.greenlane.succession.Succession;
import java.time.Clock;

/** Puts together what functions watch deployments with. */
final class Watches {
    private Watches() {}

    static DeploymentWatch deployments(Clients clients, Deployments deployments, Ledger ledger, Clock clock) {
        Verdicts verdicts = new Verdicts(ledger);
        return new DeploymentWatch(deployments, explanations(ledger, clock), verdicts.and(new Causes(ledger, clock)),
                new EcsTaskSets(clients.ecs()), new DeploymentNotes(ledger), clock);
    }

    /** A deployment that was withdrawn failed its hook because of that; else a hook says why, or the watch over Install. */
    private static Explanations explanations(Ledger ledger, Clock clock) {
        return new Withdrawals(ledger, clock).or(new Verdicts(ledger)).or(new Causes(ledger, clock));
    }

    static Standing standing(Ledger ledger, Clock clock) {
        return new Standing(new ServiceQueue(ledger), new GroupReleases(ledger, clock));
    }

    static InstallWatch install(Clients clients, Deployments deployments, Ledger ledger, Clock clock) {
        return new InstallWatch(new Releases(ledger, clock), new ServiceQueue(ledger), deployments,
                new CodeDeployInstallations(clients.codeDeploy()), new CodeDeployInterventions(clients.codeDeploy()),
                new EcsGreenTasks(clients.ecs()), new Causes(ledger, clock));
    }

    static Succession succession(Clients clients, Deployments deployments, Ledger ledger, Clock clock) {
        return new Succession(new Releases(ledger, clock), new GroupReleases(ledger, clock), new ServiceQueue(ledger),
                deployments,
                explanations(ledger, clock), new Verdicts(ledger), new Withdrawals(ledger, clock),
                new CodeDeployInterventions(clients.codeDeploy()));
    }
}
