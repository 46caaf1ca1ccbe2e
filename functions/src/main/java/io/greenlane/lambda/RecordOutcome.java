package io.greenlane.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.greenlane.aws.Clients;
import io.greenlane.hook.Verdicts;
import io.greenlane.image.Push;
import io.greenlane.json.JsonObject;
import io.greenlane.release.Aftermath;
import io.greenlane.release.Failure;
import io.greenlane.release.Ledger;
import io.greenlane.release.Outcome;
import io.greenlane.release.OutcomeDesk;
import io.greenlane.release.OutcomeDesk.Recorded;
import io.greenlane.release.OutcomeDesk.Verdict;
import io.greenlane.service.ServiceReference;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Last step of the workflow, on every path: the outcome. */
public final class RecordOutcome implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    private final OutcomeDesk desk;

    /** The one that Lambda calls. */
    public RecordOutcome() {
        this(Surroundings.ofLambda());
    }

    /** With surroundings of one's own. */
    public RecordOutcome(Surroundings surroundings) {
        this(desk(surroundings, OutcomeSettings.from(surroundings.environment())));
    }

    private static OutcomeDesk desk(Surroundings surroundings, OutcomeSettings settings) {
        Clients clients = surroundings.clients();
        Ledger ledger = clients.ledger(settings.table());
        return new OutcomeDesk(ledger, clients.taskTokens(), clients.announcements(settings.topicArn()),
                ReportLinks.of(new Verdicts(ledger), settings.bucket(), settings.topicArn(),
                        surroundings.environment()),
                surroundings.clock());
    }

    /** With collaborators of one's own. */
    public RecordOutcome(OutcomeDesk desk) {
        this.desk = desk;
    }

    /**
     * {@code {item, execution, outcome, reason, deploymentId?}}, or {@code error} as the workflow caught it in place of outcome and
     * reason, to {@code {releaseId, outcome, reason, report?, groupRelease?}} as it stands in the ledger. The item may be as empty as the workflow knows it.
     */
    @Override
    public Map<String, Object> handleRequest(Map<String, Object> input, Context context) {
        JsonObject request = new JsonObject("input", input);
        JsonObject item = request.object("item");
        Push push = item.members().get("push") == null ? null : Push.from(item.object("push"));
        ServiceReference service = item.members().get("service") == null
                ? null
                : ServiceReference.from(item.object("service"));
        Recorded recorded = desk.record(push, service, request.text("execution"), verdict(request));
        String releaseId = recorded.releaseId() == null ? item.optionalText("releaseId") : recorded.releaseId();
        log(context, push, service, releaseId, recorded);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("releaseId", releaseId);
        answer.put("outcome", recorded.ending().outcome().name());
        answer.put("reason", recorded.ending().reason());
        if (recorded.groupRelease() != null) {
            answer.put("groupRelease", recorded.groupRelease());
        }
        if (recorded.ending().report() != null) {
            answer.put("report", recorded.ending().report());
        }
        return answer;
    }

    private static Verdict verdict(JsonObject request) {
        if (request.members().get("error") == null) {
            return new Verdict(Outcome.valueOf(request.text("outcome")), request.text("reason"),
                    request.optionalText("deploymentId"), Aftermath.from(request));
        }
        CaughtError error = CaughtError.of(request.object("error"));
        return Failure.of(error.name(), error.message());
    }

    private static void log(Context context, @Nullable Push push, @Nullable ServiceReference service,
            @Nullable String releaseId, Recorded recorded) {
        JsonLog.of("RecordOutcome", context.getAwsRequestId()).with("releaseId", releaseId)
                .with("deploymentId", recorded.ending().deploymentId())
                .with("digest", push == null ? null : push.digest().text())
                .with("service", service == null ? null : service.key())
                .with("outcome", recorded.ending().outcome().name()).info(recorded.ending().reason());
    }
}
