package io.greenlane.lambda;

import io.greenlane.aws.Clients;
import io.greenlane.aws.CodeDeployInterventions;
import io.greenlane.aws.CodeDeployReports;
import io.greenlane.aws.EcrImages;
import io.greenlane.aws.ReleaseExecutions;
import io.greenlane.deployment.Deployments;
import io.greenlane.deployment.Withdrawals;
import io.greenlane.group.GroupSettlement;
import io.greenlane.hook.Meeting;
import io.greenlane.hook.VerdictDesk;
import io.greenlane.hook.Verdicts;
import io.greenlane.release.GroupReleases;
import io.greenlane.release.KnownGoods;
import io.greenlane.release.Ledger;
import io.greenlane.release.OutcomeDesk;
import io.greenlane.release.Releases;
import io.greenlane.release.ServiceQueue;
import java.time.Clock;

/** Puts together what brings groups to their end. */
final class Settlements {
    private Settlements() {}

    static GroupSettlement of(Surroundings surroundings, SettleSettings settings) {
        Clients clients = surroundings.clients();
        return of(surroundings, settings, clients.ledger(settings.table()), clients.deployments());
    }

    static GroupSettlement of(Surroundings surroundings, SettleSettings settings, Ledger ledger,
            Deployments deployments) {
        Clients clients = surroundings.clients();
        Clock clock = surroundings.clock();
        Verdicts verdicts = new Verdicts(ledger);
        GroupReleases groups = new GroupReleases(ledger, clock);
        Withdrawals withdrawals = new Withdrawals(ledger, clock);
        Meeting meeting = new Meeting(groups, new ServiceQueue(ledger), withdrawals);
        OutcomeDesk outcomes = new OutcomeDesk(ledger, clients.taskTokens(), clients.announcements(settings.topicArn()),
                ReportLinks.of(verdicts, settings.bucket(), settings.topicArn(), surroundings.environment()), clock);
        return new GroupSettlement(
                new GroupSettlement.Records(groups, new Releases(ledger, clock), new KnownGoods(ledger), outcomes,
                        withdrawals),
                new GroupSettlement.Hooks(meeting,
                        new VerdictDesk(deployments, verdicts, new CodeDeployReports(clients.codeDeploy()), meeting),
                        verdicts),
                new GroupSettlement.World(deployments, new CodeDeployInterventions(clients.codeDeploy()),
                        new EcrImages(clients.ecr()),
                        new ReleaseExecutions(clients.stepFunctions(), settings.stateMachineArn())),
                clock);
    }
}
