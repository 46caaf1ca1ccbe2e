package io.greenlane.operate;

import io.greenlane.deployment.Deployment;
import io.greenlane.deployment.Deployments;
import io.greenlane.image.Digest;
import io.greenlane.release.Act;
import io.greenlane.release.ApprovalRequest;
import io.greenlane.release.Approvals;
import io.greenlane.release.Drift;
import io.greenlane.release.Drifts;
import io.greenlane.release.GateOverrides;
import io.greenlane.release.GateWait;
import io.greenlane.release.GateWaits;
import io.greenlane.release.GroupRelease;
import io.greenlane.release.GroupRelease.Member;
import io.greenlane.release.GroupReleases;
import io.greenlane.release.KnownGood;
import io.greenlane.release.KnownGoods;
import io.greenlane.release.Ledger;
import io.greenlane.release.Quarantine;
import io.greenlane.release.Quarantined;
import io.greenlane.release.Release;
import io.greenlane.release.Releases;
import io.greenlane.release.RollBack;
import io.greenlane.release.RollBacks;
import io.greenlane.release.ServiceHead;
import io.greenlane.release.ServiceQueue;
import io.greenlane.release.Turn;
import io.greenlane.service.ServiceNotDeployableException;
import io.greenlane.service.ServiceReference;
import io.greenlane.service.Topologies;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a service stands, in lines for people. It changes nothing. */
public final class Overview {
    private static final int LISTED = 10;

    private final Releases releases;
    private final GroupReleases groups;
    private final ServiceQueue queue;
    private final GateWaits waits;
    private final Approvals approvals;
    private final Quarantine quarantine;
    private final GateOverrides overrides;
    private final Drifts drifts;
    private final KnownGoods goods;
    private final RollBacks rollBacks;
    private final Deployments deployments;
    private final Topologies topologies;
    private final Clock clock;

    public Overview(Ledger ledger, Deployments deployments, Topologies topologies, Clock clock) {
        this.releases = new Releases(ledger, clock);
        this.groups = new GroupReleases(ledger, clock);
        this.queue = new ServiceQueue(ledger);
        this.waits = new GateWaits(ledger);
        this.approvals = new Approvals(ledger);
        this.quarantine = new Quarantine(ledger);
        this.overrides = new GateOverrides(ledger);
        this.drifts = new Drifts(ledger);
        this.goods = new KnownGoods(ledger);
        this.rollBacks = new RollBacks(ledger);
        this.deployments = deployments;
        this.topologies = topologies;
        this.clock = clock;
    }

    /** One line after the other. */
    public List<String> of(ServiceReference service) {
        ServiceHead head = queue.head(service);
        List<String> lines = new ArrayList<>();
        lines.add(row("service", service.key()));
        lines.add(row("production", production(service)));
        lines.add(row("hold", head.hold() == null ? "none" : head.hold()));
        lines.add(row("running", head.running() == null ? "nothing" : running(head.running(), service)));
        GateWait gates = head.running() == null ? null : waits.find(head.running().releaseId());
        if (gates != null) {
            lines.add(row("gates", "since " + gates.since() + ": " + gates.sentence()));
        }
        if (head.running() != null) {
            approval(head.running()).forEach(lines::add);
        }
        overrides.standing(service, clock.instant())
                .forEach(override -> lines.add(row("break-glass", override.shown())));
        group(service, head.running()).forEach(lines::add);
        head.waiting().forEach(turn -> lines.add(row("waiting", release(turn))));
        drifts.of(service).stream().filter(drift -> drift.confirmedAt() != null).forEach(
                drift -> lines.add(row("drift", shown(drift))));
        goods.of(service).stream().limit(LISTED).forEach(good -> lines.add(row("good", good.digest() + " " + good.tag()
                + ", deployed at " + good.at()
                + (good.taskDefinition() == null ? "" : " as " + good.taskDefinition()))));
        quarantine.list(service, LISTED).forEach(one -> lines.add(row("quarantine", shown(one))));
        RollBack last = rollBacks.find(service);
        if (last != null) {
            lines.add(row("rolled back", "at " + last.at() + " by " + last.operator().name() + " ("
                    + last.operator().reason() + "): " + last.sentence()));
        }
        List<Act> acts = queue.acts(service);
        acts.subList(Math.max(0, acts.size() - LISTED), acts.size()).forEach(act -> lines.add(row("operator", act.at()
                + " " + act.operator().name() + " (" + act.operator().reason() + "): " + act.sentence())));
        return lines;
    }

    /** What somebody is asked to approve, line by line, while the release is there. */
    private List<String> approval(Turn running) {
        Approvals.Asked asked = approvals.find(running.releaseId());
        if (asked == null) {
            return List.of();
        }
        ApprovalRequest request = asked.request();
        List<String> lines = new ArrayList<>();
        lines.add(row("approval", (asked.decision() == null
                ? "asked for at " + request.askedAt() + ", until " + request.terms().until()
                        + (request.toldAt() == null ? "; the message is still to be sent" : "")
                : asked.decision().sentence()) + (request.why().isEmpty() ? "" : "; " + request.why())));
        request.text().lines().forEach(line -> lines.add(row("", line)));
        return lines;
    }

    private String production(ServiceReference service) {
        try {
            Digest serving = topologies.discover(service).running();
            return serving == null
                    ? "an image that is named by its tag"
                    : serving + goods.of(service).stream().filter(good -> good.digest().equals(serving)).findFirst()
                            .map(KnownGood::tag).map(tag -> " " + tag).orElse("");
        } catch (ServiceNotDeployableException e) {
            return "unknown: " + e.getMessage();
        }
    }

    /** How the services of a group stand that are released together now. */
    private List<String> group(ServiceReference service, @Nullable Turn running) {
        if (service.group() == null) {
            return List.of();
        }
        GroupRelease group = running == null || !running.isOfGroup() ? null : groups.find(running.releaseId());
        List<String> lines = new ArrayList<>();
        lines.add(row("group", service.group() + (group == null
                ? ""
                : group.failure() != null
                        ? ", goes back: " + group.failure().sentence()
                        : group.cleared() == 0
                                ? ", no service may move production yet"
                                : ", production may move up to wave " + group.cleared())));
        if (group != null) {
            group.members().forEach(member -> lines.add(row("member", member.service().key() + ", wave " + member.wave()
                    + ": " + state(group, member))));
        }
        return lines;
    }

    private static String state(GroupRelease group, Member member) {
        GroupRelease.WayBack way = member.wayBack();
        GroupRelease.End end = member.end();
        if (way != null) {
            return way.sentence();
        }
        if (end != null) {
            return end.outcome().name();
        }
        if (member.moved()) {
            return "production moved";
        }
        return group.lets(member)
                ? "production may move"
                : member.vote() != null ? "passed, waits for the others" : "on its way";
    }

    private String running(Turn turn, ServiceReference service) {
        Release release = releases.find(turn.releaseAt(service));
        String id = release == null ? null : release.launch().deploymentId();
        String overridden = release == null ? "" : release.overriddenSentences();
        return release(turn) + (id == null ? ", no deployment yet" : ", deployment " + id + told(deployments.find(id)))
                + (overridden.isEmpty() ? "" : ". " + overridden);
    }

    private static String told(@Nullable Deployment deployment) {
        return deployment == null
                ? ""
                : " " + deployment.status() + (deployment.terminationWaitStarted()
                        ? ", production moved, blue is kept for a while"
                        : "");
    }

    private static String release(Turn turn) {
        return turn.releaseId() + " of " + turn.digest() + ", pushed at " + turn.pushedAt();
    }

    private static String shown(Drift drift) {
        return "since " + drift.since() + (drift.acceptedAt() == null
                ? ": "
                : ", accepted at " + drift.acceptedAt()
                        + ": ")
                + drift.difference().sentence();
    }

    private static String shown(Quarantined one) {
        return one.digest() + " since " + one.since() + ": " + one.shown();
    }

    private static String row(String name, String value) {
        return name + " ".repeat(Math.max(1, 13 - name.length())) + value;
    }
}
