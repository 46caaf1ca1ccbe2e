package io.greenlane.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.greenlane.aws.Clients;
import io.greenlane.gate.ApprovalCheck;
import io.greenlane.gate.GateDesk;
import io.greenlane.gate.GateFiles;
import io.greenlane.gate.GatesClosedException;
import io.greenlane.gate.GatesNotYetException;
import io.greenlane.gate.Passage;
import io.greenlane.json.JsonObject;
import io.greenlane.release.Act;
import io.greenlane.release.Approvals;
import io.greenlane.release.Callbacks;
import io.greenlane.release.GateOverrides;
import io.greenlane.release.GateWaits;
import io.greenlane.release.GroupReleases;
import io.greenlane.release.Ledger;
import io.greenlane.release.Release;
import io.greenlane.release.Releases;
import io.greenlane.release.ServiceQueue;
import io.greenlane.release.WaysBack;
import io.greenlane.service.PlannedGroup;
import io.greenlane.service.ServiceReference;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Step of the workflow between a release's turn and the first thing that is done for it: do the gates let it pass? With a task
 * token it is the step that sleeps until something has changed.
 */
public final class CheckGates implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    private final GateDesk desk;
    private final Releases releases;
    private final GroupReleases groups;
    private final ServiceQueue queue;
    private final Callbacks callbacks;

    /** The one that Lambda calls. */
    public CheckGates() {
        this(Surroundings.ofLambda());
    }

    /** With surroundings of one's own. */
    public CheckGates(Surroundings surroundings) {
        this(surroundings.clients(), surroundings.clock(), GateSettings.from(surroundings.environment()));
    }

    private CheckGates(Clients clients, Clock clock, GateSettings settings) {
        this(clients, clock, settings, clients.ledger(settings.table()));
    }

    private CheckGates(Clients clients, Clock clock, GateSettings settings, Ledger ledger) {
        this(clients, clock, settings, ledger, new Releases(ledger, clock), new GroupReleases(ledger, clock));
    }

    private CheckGates(Clients clients, Clock clock, GateSettings settings, Ledger ledger, Releases releases,
            GroupReleases groups) {
        this(new GateDesk(new GateFiles(clients.parameters(), settings.source()), clients.gateFacts(),
                new GateWaits(ledger), new GateOverrides(ledger), new WaysBack(ledger, releases, groups),
                new ApprovalCheck(new Approvals(ledger),
                        settings.approvalKeyArn().isBlank() ? null : clients.seal(settings.approvalKeyArn()),
                        clients.announcements(settings.topicArn()),
                        settings.chatTopicArn().isBlank() ? null : clients.announcements(settings.chatTopicArn())),
                clock), releases, groups,
                new ServiceQueue(ledger), clients.taskTokens());
    }

    /** With collaborators of one's own. */
    public CheckGates(GateDesk desk, Releases releases, GroupReleases groups, ServiceQueue queue,
            Callbacks callbacks) {
        this.desk = desk;
        this.releases = releases;
        this.groups = groups;
        this.queue = queue;
        this.callbacks = callbacks;
    }

    /**
     * {@code {item, taskToken?}}. Without a token it answers with {@code {passage}} when the release may pass, and ends with
     * {@link GatesNotYetException} or {@link GatesClosedException} when it may not. With one, only the log gets the answer, and the
     * callback comes at once unless the release has to wait.
     */
    @Override
    public Map<String, Object> handleRequest(Map<String, Object> input, Context context) {
        JsonObject request = new JsonObject("input", input);
        ReleaseItem item = ReleaseItem.from(request.object("item"));
        String releaseId = item.releaseId();
        if (releaseId == null) {
            throw new IllegalArgumentException("item.releaseId is missing; a release is admitted before its gates");
        }
        String token = request.optionalText("taskToken");
        PlannedGroup group = item.group();
        String turnId = group == null ? releaseId : turn(releaseId);
        if (token != null) {
            sleep(item.service(), turnId, releaseId, token);
        }
        Passage passage = desk.look(turnId, item.push(), group == null
                ? List.of(item.service())
                : group.services().stream().map(PlannedGroup.Member::service).toList(), item.backFrom());
        JsonLog log = JsonLog.of("CheckGates", context.getAwsRequestId()).with(item);
        log.info(passage.sentence());
        if (token == null) {
            return switch (passage) {
                case Passage.Open open -> pass(releaseId, open, log);
                case Passage.Waiting waiting -> throw new GatesNotYetException(waiting.sentence());
                case Passage.Closed(String sentence) -> throw new GatesClosedException(sentence);
            };
        }
        if (!(passage instanceof Passage.Waiting)) {
            callbacks.succeed(token, Map.of("woken", passage.sentence()));
        }
        return Map.of("passage", passage.sentence());
    }

    private Map<String, Object> pass(String releaseId, Passage.Open open, JsonLog log) {
        if (!open.overridden().isEmpty()) {
            releases.override(releaseId, open.overridden());
            log.with("alarm", Act.Kind.BREAK_GLASS.name()).warn("The release passes gates that were overridden.");
        }
        return Map.of("passage", open.sentence());
    }

    private String turn(String releaseId) {
        Release release = releases.find(releaseId);
        if (release == null) {
            throw new IllegalArgumentException("The ledger knows no release " + releaseId);
        }
        return release.turnId();
    }

    /** Before it looks: what changes after the look finds whom to wake. */
    private void sleep(ServiceReference service, String turnId, String releaseId, String token) {
        if (turnId.equals(releaseId)) {
            queue.sleep(service, turnId, token);
        } else {
            groups.sleep(turnId, releaseId, token);
        }
    }
}
