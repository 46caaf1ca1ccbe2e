package io.greenlane.deployment;

import io.greenlane.release.Callbacks;
import io.greenlane.release.Ending;
import io.greenlane.release.GroupReleases;
import io.greenlane.release.Ledger;
import io.greenlane.release.Outbox;
import io.greenlane.release.Outcome;
import io.greenlane.release.OutcomeDesk;
import io.greenlane.release.OutcomeDesk.Verdict;
import io.greenlane.release.Release;
import io.greenlane.release.Releases;
import io.greenlane.release.ServiceHead;
import io.greenlane.release.ServiceQueue;
import io.greenlane.release.Turn;
import io.greenlane.release.Waking;
import io.greenlane.service.ServiceReference;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Repairs what events, crashes and closed channels left undone, with the same decisions that events lead to: releases nobody looks
 * after, outcomes not announced, queues that stand.
 */
public final class Sweeper {
    private final Ledger ledger;
    private final Releases releases;
    private final ServiceQueue queue;
    private final OutcomeDesk desk;
    private final Outbox outbox;
    private final Launcher launcher;
    private final DeploymentWatch watch;
    private final LaunchNotes notes;
    private final Callbacks callbacks;
    private final Waking waking;
    private final Executions executions;
    private final Clock clock;

    public Sweeper(Ledger ledger, OutcomeDesk desk, Outbox outbox, Launcher launcher, DeploymentWatch watch,
            Callbacks callbacks, Executions executions, Clock clock) {
        this.ledger = ledger;
        this.releases = new Releases(ledger, clock);
        this.queue = new ServiceQueue(ledger);
        this.desk = desk;
        this.outbox = outbox;
        this.launcher = launcher;
        this.watch = watch;
        this.notes = new LaunchNotes(releases, clock);
        this.callbacks = callbacks;
        this.waking = new Waking(new GroupReleases(ledger, clock), callbacks);
        this.executions = executions;
        this.clock = clock;
    }

    /** Entries of the ledger that somebody should have looked after by now, most overdue first. */
    public List<String> overdue() {
        return ledger.overdue(clock.instant());
    }

    /** Looks after one overdue entry. */
    public Repair look(String entryId) {
        Release release = entryId.startsWith("release#")
                ? releases.find(entryId.substring("release#".length()))
                : null;
        if (release == null) {
            return new Repair(null, outbox.announce(entryId)
                    ? "The outcome of " + entryId + " was announced."
                    : "The outcome of " + entryId + " could not be announced.");
        }
        Ending ending = release.ending();
        if (ending != null) {
            desk.end(release,
                    new Verdict(ending.outcome(), ending.reason(), ending.deploymentId(), ending.aftermath()));
            return new Repair(release, "What follows from the outcome was done again.");
        }
        Deployment deployment = launcher.find(release);
        return new Repair(release,
                deployment == null ? withoutDeployment(release) : withDeployment(release, deployment));
    }

    private String withDeployment(Release release, Deployment deployment) {
        notes.deployment(release, deployment.id());
        notes.shift(release, deployment);
        return switch (watch.course(release, deployment)) {
            case Course.Running(String sentence) -> {
                releases.looked(release.id());
                yield sentence;
            }
            case Course.Ended ended -> {
                String token = release.launch().token();
                if (token != null && callbacks.succeed(token, DeploymentNews.output(ended, deployment.id()))) {
                    releases.looked(release.id());
                    yield "The workflow was told: " + ended.outcome() + ".";
                }
                desk.end(release, new Verdict(ended.outcome(), ended.reason(), deployment.id(), ended.aftermath()));
                yield "Nobody waited for the outcome; it was recorded: " + ended.outcome() + ".";
            }
        };
    }

    private String withoutDeployment(Release release) {
        Executions.State state = executions.state(release.execution());
        if (state == Executions.State.RUNNING) {
            releases.looked(release.id());
            return "The workflow is at it.";
        }
        desk.end(release, new Verdict(state == Executions.State.ABORTED ? Outcome.ABORTED : Outcome.FAILED,
                "The workflow's execution ended as " + state + " before anything was deployed.", null));
        return "The outcome of an execution that ended as " + state + " was recorded.";
    }

    /** Frees the queue of a service from releases that ended, and wakes the one whose turn it is. */
    public List<Repair> unblock(ServiceReference service) {
        ServiceHead head = queue.head(service);
        List<Repair> repairs = new ArrayList<>();
        Stream<Turn> turns = Stream.concat(Stream.ofNullable(head.running()), head.waiting().stream());
        for (Turn turn : turns.toList()) {
            Release release = turn.isOfGroup() ? null : releases.find(turn.releaseId());
            Ending ending = release == null ? null : release.ending();
            if (release != null && ending != null) {
                desk.settle(release, ending);
                repairs.add(new Repair(release, "A release that had ended was taken out of the queue."));
            }
        }
        Turn next = head.next();
        if (next != null && waking.wake(next, "It is this release's turn.")) {
            repairs.add(new Repair(releases.find(next.releaseAt(service)), "A release was woken: it was its turn."));
        }
        return repairs;
    }

    /**
     * Something the sweep looked after.
     *
     * @param release null when it belongs to none
     * @param sentence for the log
     */
    public record Repair(@Nullable Release release, String sentence) {}
}
