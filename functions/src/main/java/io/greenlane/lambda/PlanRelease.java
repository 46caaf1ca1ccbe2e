package io.greenlane.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.greenlane.aws.Clients;
import io.greenlane.aws.EcrImages;
import io.greenlane.image.Registry;
import io.greenlane.service.ReleasePlan;
import io.greenlane.service.ReleasePlan.PlannedRelease;
import io.greenlane.service.ReleasePlanner;
import java.util.LinkedHashMap;
import java.util.Map;

/** First step of the workflow: what the event announces, and which services it concerns. */
public final class PlanRelease implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    private final ReleasePlanner planner;

    /** The one that Lambda calls. */
    public PlanRelease() {
        this(Surroundings.ofLambda());
    }

    /** With surroundings of one's own. */
    public PlanRelease(Surroundings surroundings) {
        this(surroundings.clients(), PlanSettings.from(surroundings.environment()));
    }

    private PlanRelease(Clients clients, PlanSettings settings) {
        this(new ReleasePlanner(settings.services(), new EcrImages(clients.ecr()), clients.discovery()));
    }

    /** With a planner of one's own. */
    public PlanRelease(ReleasePlanner planner) {
        this.planner = planner;
    }

    /** {@code {event, execution}} to {@code {decision, outcome, reason, push, releases}}. */
    @Override
    public Map<String, Object> handleRequest(Map<String, Object> input, Context context) {
        ReleasePlan plan = planner.plan(input.get("event"), Registry.ofArn(context.getInvokedFunctionArn()));
        log(plan, context);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("decision", plan.decision().word());
        answer.put("outcome", plan.decision().outcome());
        answer.put("reason", plan.reason());
        answer.put("push", plan.push() == null ? null : plan.push().members());
        answer.put("releases", plan.releases().stream().map(release -> item(plan, release)).toList());
        return answer;
    }

    private static void log(ReleasePlan plan, Context context) {
        JsonLog log = JsonLog.of("PlanRelease", context.getAwsRequestId());
        if (plan.push() != null) {
            log.with("digest", plan.push().digest().text());
        }
        if (plan.releases().isEmpty()) {
            log.info(plan.decision().word() + ": " + plan.reason());
        }
        for (PlannedRelease release : plan.releases()) {
            log.with("service", release.service().key()).info(plan.decision().word() + ": "
                    + (release.problem() == null ? plan.reason() : release.problem()));
        }
    }

    private static Map<String, Object> item(ReleasePlan plan, PlannedRelease release) {
        if (plan.push() == null) {
            throw new IllegalStateException("A release was planned without a push");
        }
        return ReleaseItem.of(plan.push(), release).members();
    }
}
