package io.greenlane.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.greenlane.aws.Clients;
import io.greenlane.image.Digest;
import io.greenlane.json.JsonObject;
import io.greenlane.release.Admission.Answer;
import io.greenlane.release.AdmissionDesk;
import io.greenlane.release.AdmissionDesk.Reply;
import io.greenlane.release.GroupAdmissionDesk;
import io.greenlane.release.GroupReleases;
import io.greenlane.release.Ledger;
import io.greenlane.release.Quarantine;
import io.greenlane.release.Releases;
import io.greenlane.release.ServiceQueue;
import io.greenlane.release.Waking;
import io.greenlane.service.Overlap;
import io.greenlane.service.ServiceNotDeployableException;
import io.greenlane.service.Topologies;
import io.greenlane.succession.Succession;
import java.time.Clock;
import java.util.Map;

/** Step of the workflow before anything is touched: is it this release's turn? */
public final class AdmitRelease implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    private final AdmissionDesk desk;
    private final GroupAdmissionDesk groupDesk;
    private final Succession succession;
    private final Topologies topologies;

    /** The one that Lambda calls. */
    public AdmitRelease() {
        this(Surroundings.ofLambda());
    }

    /** With surroundings of one's own. */
    public AdmitRelease(Surroundings surroundings) {
        this(surroundings.clients(), surroundings.clock(), surroundings.clients()
                .ledger(LedgerSettings.from(surroundings.environment()).table()));
    }

    private AdmitRelease(Clients clients, Clock clock, Ledger ledger) {
        this(clients, clock, ledger, new Releases(ledger, clock), new GroupReleases(ledger, clock),
                clients.discovery());
    }

    private AdmitRelease(Clients clients, Clock clock, Ledger ledger, Releases releases, GroupReleases groups,
            Topologies topologies) {
        this(new AdmissionDesk(releases, new ServiceQueue(ledger), new Quarantine(ledger),
                new Waking(groups, clients.taskTokens())),
                new GroupAdmissionDesk(groups, releases, new ServiceQueue(ledger), new Quarantine(ledger), topologies,
                        new Waking(groups, clients.taskTokens())),
                Watches.succession(clients, clients.deployments(), ledger, clock), topologies);
    }

    /** With collaborators of one's own. */
    public AdmitRelease(AdmissionDesk desk, GroupAdmissionDesk groupDesk, Succession succession,
            Topologies topologies) {
        this.desk = desk;
        this.groupDesk = groupDesk;
        this.succession = succession;
        this.topologies = topologies;
    }

    /** {@code {item, execution, taskToken?}} to {@code {decision, reason, item}} with the release's id in the item. */
    @Override
    public Map<String, Object> handleRequest(Map<String, Object> input, Context context) {
        JsonObject request = new JsonObject("input", input);
        ReleaseItem item = ReleaseItem.from(request.object("item"));
        Reply reply = ask(item, request);
        ReleaseItem admitted = item.withReleaseId(reply.releaseId());
        JsonLog log = JsonLog.of("AdmitRelease", context.getAwsRequestId()).with(admitted);
        log.info(reply.decision() + ": " + reply.reason());
        if (reply.decision().equals(Answer.WAIT.name())) {
            advance(item, log);
        }
        return Map.of("decision", reply.decision(), "reason", reply.reason(), "item", admitted.members());
    }

    /** A release waits just as well when this fails: the hooks and the sweep see to the same. */
    private void advance(ReleaseItem item, JsonLog log) {
        try {
            succession.advance(item.service(), item.overlap().endTerminationWait())
                    .forEach(advance -> log.info(advance.sentence()));
        } catch (RuntimeException e) {
            log.warn("What stands in the way of the release could not be ended now: " + e);
        }
    }

    private Reply ask(ReleaseItem item, JsonObject request) {
        String execution = request.text("execution");
        String token = request.optionalText("taskToken");
        Overlap.Policy policy = item.overlap().policy();
        if (item.group() != null) {
            return groupDesk.ask(item.push(), item.group(), item.service(), execution, policy, token);
        }
        try {
            if (item.problem() != null) {
                throw new ServiceNotDeployableException(item.problem());
            }
            Digest serving = topologies.discover(item.service()).running();
            if (item.backFrom() != null) {
                return groupDesk.askBack(item.push(), item.service(), execution, item.backFrom(), serving);
            }
            return desk.ask(item.push(), item.service(), execution, policy, serving, token);
        } catch (ServiceNotDeployableException e) {
            return desk.refuse(item.push(), item.service(), execution, policy, String.valueOf(e.getMessage()), token);
        }
    }
}
