package io.greenlane.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.greenlane.image.Digest;
import io.greenlane.json.JsonObject;
import io.greenlane.release.AdmissionDesk;
import io.greenlane.release.AdmissionDesk.Reply;
import io.greenlane.release.Ledger;
import io.greenlane.release.Quarantine;
import io.greenlane.release.Releases;
import io.greenlane.release.ServiceQueue;
import io.greenlane.service.ServiceNotDeployableException;
import io.greenlane.service.Topologies;
import java.util.Map;

/** Step of the workflow before anything is touched: is it this release's turn? */
public final class AdmitRelease implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    private final AdmissionDesk desk;
    private final Topologies topologies;

    /** The one that Lambda calls. */
    public AdmitRelease() {
        this(Surroundings.ofLambda());
    }

    /** With surroundings of one's own. */
    public AdmitRelease(Surroundings surroundings) {
        this(desk(surroundings, LedgerSettings.from(surroundings.environment())), surroundings.clients().discovery());
    }

    /** With collaborators of one's own. */
    public AdmitRelease(AdmissionDesk desk, Topologies topologies) {
        this.desk = desk;
        this.topologies = topologies;
    }

    private static AdmissionDesk desk(Surroundings surroundings, LedgerSettings settings) {
        Ledger ledger = surroundings.clients().ledger(settings.table());
        return new AdmissionDesk(new Releases(ledger, surroundings.clock()), new ServiceQueue(ledger),
                new Quarantine(ledger), surroundings.clients().taskTokens());
    }

    /** {@code {item, execution, taskToken?}} to {@code {decision, reason, item}} with the release's id in the item. */
    @Override
    public Map<String, Object> handleRequest(Map<String, Object> input, Context context) {
        JsonObject request = new JsonObject("input", input);
        ReleaseItem item = ReleaseItem.from(request.object("item"));
        Reply reply = ask(item, request);
        ReleaseItem admitted = item.withReleaseId(reply.releaseId());
        JsonLog.of("AdmitRelease", context.getAwsRequestId()).with(admitted)
                .info(reply.decision() + ": " + reply.reason());
        return Map.of("decision", reply.decision(), "reason", reply.reason(), "item", admitted.members());
    }

    private Reply ask(ReleaseItem item, JsonObject request) {
        String execution = request.text("execution");
        String token = request.optionalText("taskToken");
        try {
            if (item.problem() != null) {
                throw new ServiceNotDeployableException(item.problem());
            }
            Digest serving = topologies.discover(item.service()).running();
            return desk.ask(item.push(), item.service(), execution, serving, token);
        } catch (ServiceNotDeployableException e) {
            return desk.refuse(item.push(), item.service(), execution, String.valueOf(e.getMessage()), token);
        }
    }
}
