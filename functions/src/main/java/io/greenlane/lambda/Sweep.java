package io.greenlane.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.greenlane.aws.Clients;
import io.greenlane.aws.CodeDeployDeployments;
import io.greenlane.aws.EcrImages;
import io.greenlane.aws.EcrNewestPushes;
import io.greenlane.aws.EcsTaskSets;
import io.greenlane.aws.ReleaseExecutions;
import io.greenlane.deployment.DeploymentWatch;
import io.greenlane.deployment.Launcher;
import io.greenlane.deployment.LostPushes;
import io.greenlane.deployment.Sweeper;
import io.greenlane.deployment.Sweeper.Repair;
import io.greenlane.deployment.UnrecordedExecutions;
import io.greenlane.drift.DriftWatch;
import io.greenlane.group.GroupSettlement;
import io.greenlane.hook.Verdicts;
import io.greenlane.image.Registry;
import io.greenlane.install.InstallWatch;
import io.greenlane.install.InstallWatch.Look;
import io.greenlane.release.Drift;
import io.greenlane.release.GroupReleases;
import io.greenlane.release.Ledger;
import io.greenlane.release.Outbox;
import io.greenlane.release.OutcomeDesk;
import io.greenlane.release.Releases;
import io.greenlane.release.ServiceQueue;
import io.greenlane.release.Turn;
import io.greenlane.service.ServiceReference;
import io.greenlane.service.ServiceSettings;
import io.greenlane.service.TrackedService;
import io.greenlane.succession.Succession;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The scheduled repair run. One thing that cannot be repaired does not keep it from the others; in the end it fails then. */
public final class Sweep implements RequestHandler<ScheduledEvent, Map<String, Object>> {
    private final Sweeper sweeper;
    private final UnrecordedExecutions unrecorded;
    private final LostPushes lost;
    private final Succession succession;
    private final InstallWatch install;
    private final DriftWatch drift;
    private final GroupSettlement settlement;
    private final ServiceQueue queue;
    private final ServiceSettings services;

    /** The one that Lambda calls. */
    public Sweep() {
        this(Surroundings.ofLambda());
    }

    /** With surroundings of one's own. */
    public Sweep(Surroundings surroundings) {
        this(surroundings, SweepSettings.from(surroundings.environment()));
    }

    private Sweep(Surroundings surroundings, SweepSettings settings) {
        this(surroundings, settings, surroundings.clients().ledger(settings.table()),
                surroundings.clients().deployments());
    }

    private Sweep(Surroundings surroundings, SweepSettings settings, Ledger ledger,
            CodeDeployDeployments deployments) {
        this(surroundings, settings, ledger, deployments, desk(surroundings, settings, ledger),
                new ReleaseExecutions(surroundings.clients().stepFunctions(), settings.stateMachineArn()));
    }

    private Sweep(Surroundings surroundings, SweepSettings settings, Ledger ledger, CodeDeployDeployments deployments,
            OutcomeDesk desk, ReleaseExecutions executions) {
        this(sweeper(surroundings, settings, ledger, deployments, desk, executions),
                new UnrecordedExecutions(settings.services(), new EcrImages(surroundings.clients().ecr()), desk,
                        executions, surroundings.clock()),
                new LostPushes(ledger, executions, new EcrNewestPushes(surroundings.clients().ecr()),
                        surroundings.clock()),
                Watches.succession(surroundings.clients(), deployments, ledger, surroundings.clock()),
                Watches.install(surroundings.clients(), deployments, ledger, surroundings.clock()),
                Settlements.of(surroundings, new SettleSettings(settings.table(), settings.topicArn(),
                        settings.stateMachineArn(), settings.bucket()), ledger, deployments),
                new DriftWatch(ledger, new Outbox(ledger, surroundings.clients().announcements(settings.topicArn()),
                        surroundings.clock()), deployments, surroundings.clients().productions(),
                        surroundings.clock()),
                new ServiceQueue(ledger), settings.services());
    }

    /** With collaborators of one's own. */
    public Sweep(Sweeper sweeper, UnrecordedExecutions unrecorded, LostPushes lost, Succession succession,
            InstallWatch install,
            GroupSettlement settlement, DriftWatch drift, ServiceQueue queue, ServiceSettings services) {
        this.sweeper = sweeper;
        this.unrecorded = unrecorded;
        this.lost = lost;
        this.succession = succession;
        this.install = install;
        this.drift = drift;
        this.settlement = settlement;
        this.queue = queue;
        this.services = services;
    }

    private static OutcomeDesk desk(Surroundings surroundings, SweepSettings settings, Ledger ledger) {
        return new OutcomeDesk(ledger, surroundings.clients().taskTokens(),
                surroundings.clients().announcements(settings.topicArn()),
                ReportLinks.of(new Verdicts(ledger), settings.bucket(), settings.topicArn(),
                        surroundings.environment()),
                surroundings.clock());
    }

    private static Sweeper sweeper(Surroundings surroundings, SweepSettings settings, Ledger ledger,
            CodeDeployDeployments deployments, OutcomeDesk desk, ReleaseExecutions executions) {
        Clients clients = surroundings.clients();
        Clock clock = surroundings.clock();
        DeploymentWatch watch = Watches.deployments(clients, deployments, ledger, clock);
        Launcher launcher = new Launcher(new Releases(ledger, clock), Watches.standing(ledger, clock), deployments,
                new EcsTaskSets(clients.ecs()), watch, clock, Duration.ZERO);
        return new Sweeper(ledger, desk, new Outbox(ledger, clients.announcements(settings.topicArn()), clock),
                launcher, watch, clients.taskTokens(), executions, clock);
    }

    /** The event says nothing that matters; the answer counts what was repaired, and what others changed and nobody accepted. */
    @Override
    public Map<String, Object> handleRequest(ScheduledEvent event, Context context) {
        Run run = new Run(context);
        Registry home = Registry.ofArn(context.getInvokedFunctionArn());
        run.attempt("the overdue entries", () -> {
            sweeper.overdue().forEach(id -> run.attempt(id, () -> look(id)));
            return List.of();
        });
        run.attempt("executions without an outcome", () -> {
            unrecorded.suspects().forEach(one -> run.attempt(one.arn(), () -> unrecorded.look(one, home)));
            return List.of();
        });
        Set<String> queues = new HashSet<>();
        Set<String> compared = new HashSet<>();
        for (TrackedService service : services.services()) {
            if (service.place() == null || queues.add(service.place().group())) {
                queue(run, service);
            }
            run.attempt("the installation of " + service.reference().key(), () -> {
                Look look = install.running(service.reference());
                return look != null && look.stopped()
                        ? List.of(new Repair(look.release(), look.sentence()))
                        : List.of();
            });
            run.attempt("lost pushes for " + service.reference().key(), () -> {
                Repair repair = lost.find(home, service);
                return repair == null ? List.of() : List.of(repair);
            });
            if (compared.add(service.reference().key())) {
                run.attempt("what others changed at " + service.reference().key(), () -> {
                    drift.look(service.reference()).forEach(one -> run.differs(service.reference(), one));
                    return List.of();
                });
            }
        }
        return run.end();
    }

    /** The queue of a service, or the one that the services of its group share. */
    private void queue(Run run, TrackedService service) {
        if (service.place() != null) {
            run.attempt("group " + service.place().group(), () -> running(service.reference()));
        }
        run.attempt("the queue of " + service.reference().key(), () -> sweeper.unblock(service.reference()));
        run.attempt("what the next release of " + service.reference().key() + " waits for", () -> {
            return succession.advance(service.reference(), service.overlap().endTerminationWait()).stream()
                    .map(advance -> new Repair(advance.release(), advance.sentence())).toList();
        });
    }

    private List<Repair> look(String entryId) {
        String groupRelease = GroupReleases.idOf(entryId);
        return groupRelease == null ? List.of(sweeper.look(entryId)) : settle(groupRelease);
    }

    /** A group has more to lose by a lost word than a service alone, so it is not left to its patience. */
    private List<Repair> running(ServiceReference one) {
        Turn turn = queue.head(one).running();
        return turn != null && turn.isOfGroup() ? settle(turn.releaseId()) : List.of();
    }

    private List<Repair> settle(String groupRelease) {
        return settlement.look(groupRelease).stream().map(sentence -> new Repair(null, sentence)).toList();
    }

    /** One run with its log and what it could not do. */
    private static final class Run {
        private final Context context;
        private final List<String> failed = new ArrayList<>();
        private int repairs;
        private int alarms;

        Run(Context context) {
            this.context = context;
        }

        void attempt(String what, Supplier<List<Repair>> repair) {
            try {
                repair.get().forEach(this::log);
            } catch (RuntimeException e) {
                failed.add(what);
                JsonLog.of("Sweep", context.getAwsRequestId()).warn("Looking after " + what + " failed: " + e);
            }
        }

        /** As long as it lasts: the template's metric filter counts what is alarming. */
        void differs(ServiceReference service, Drift drift) {
            boolean alarming = drift.difference().kind().isAlarming();
            alarms += alarming ? 1 : 0;
            JsonLog.of("Sweep", context.getAwsRequestId()).with("service", service.key())
                    .with("drift", drift.difference().kind().name())
                    .with("alarm", alarming ? "DRIFT" : null)
                    .warn(drift.difference().sentence());
        }

        private void log(Repair repair) {
            repairs++;
            JsonLog log = JsonLog.of("Sweep", context.getAwsRequestId());
            if (repair.release() != null) {
                log.with(repair.release());
            }
            log.info(repair.sentence());
        }

        Map<String, Object> end() {
            if (!failed.isEmpty()) {
                throw new IllegalStateException("The sweep could not look after " + String.join(", ", failed));
            }
            return Map.of("repairs", repairs, "drifts", alarms);
        }
    }
}
