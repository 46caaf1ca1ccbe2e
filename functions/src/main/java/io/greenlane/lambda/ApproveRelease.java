package io.greenlane.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.greenlane.aws.Clients;
import io.greenlane.json.JsonObject;
import io.greenlane.json.Quote;
import io.greenlane.operate.Approver;
import io.greenlane.operate.OperatorDesk.Reply;
import io.greenlane.release.ApprovalToken;
import io.greenlane.release.GroupReleases;
import io.greenlane.release.Ledger;
import io.greenlane.release.Operator;
import io.greenlane.release.Outbox;
import io.greenlane.release.Waking;
import java.time.Clock;
import java.util.Map;

/**
 * What those invoke who are asked for an approval, by the script {@code operate} or from a chat. A function of its own, so that IAM
 * can keep those who approve apart from those who operate. It has no URL.
 */
public final class ApproveRelease implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    private final Approver approver;

    /** The one that Lambda calls. */
    public ApproveRelease() {
        this(Surroundings.ofLambda());
    }

    /** With surroundings of one's own. */
    public ApproveRelease(Surroundings surroundings) {
        this(surroundings.clients(), surroundings.clock(), ApproveSettings.from(surroundings.environment()));
    }

    private ApproveRelease(Clients clients, Clock clock, ApproveSettings settings) {
        this(clients, clock, settings, clients.ledger(settings.table()));
    }

    private ApproveRelease(Clients clients, Clock clock, ApproveSettings settings, Ledger ledger) {
        this(new Approver(ledger, new Waking(new GroupReleases(ledger, clock), clients.taskTokens()),
                clients.seal(settings.approvalKeyArn()),
                new Outbox(ledger, clients.announcements(settings.topicArn()), clock), clock));
    }

    /** With collaborators of one's own. */
    public ApproveRelease(Approver approver) {
        this.approver = approver;
    }

    /**
     * {@code {operation, release, token?, by, reason}} to {@code {accepted, changed, lines}}; what cannot be understood is not
     * accepted, and nothing is done then.
     */
    @Override
    public Map<String, Object> handleRequest(Map<String, Object> input, Context context) {
        JsonLog log = JsonLog.of("ApproveRelease", context.getAwsRequestId());
        Reply reply;
        try {
            JsonObject request = new JsonObject("input", input);
            String operation = request.text("operation");
            log.with("operation", operation).with("release", request.optionalText("release"))
                    .with("by", request.optionalText("by"));
            reply = decide(operation, request);
        } catch (IllegalArgumentException e) {
            reply = Reply.refused(String.valueOf(e.getMessage()));
        }
        log.info(reply.sentence());
        return reply.members();
    }

    private Reply decide(String operation, JsonObject request) {
        String release = request.text("release");
        Operator operator = new Operator(request.text("by"), request.text("reason"));
        return switch (operation) {
            case "approve" -> approver.approve(release, ApprovalToken.parse(request.text("token")), operator);
            case "refuse" -> approver.refuse(release, operator);
            default -> throw new IllegalArgumentException("The operations are approve and refuse, got "
                    + Quote.of(operation));
        };
    }
}
