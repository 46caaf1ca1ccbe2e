package io.greenlane.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.greenlane.aws.Clients;
import io.greenlane.aws.CodeDeployDeployments;
import io.greenlane.aws.CodeDeployInterventions;
import io.greenlane.aws.EcrImages;
import io.greenlane.aws.ReleaseExecutions;
import io.greenlane.aws.ServiceDiscovery;
import io.greenlane.deployment.Executions;
import io.greenlane.gate.Gate;
import io.greenlane.image.Digest;
import io.greenlane.image.Registry;
import io.greenlane.json.JsonObject;
import io.greenlane.json.Quote;
import io.greenlane.operate.BreakGlass;
import io.greenlane.operate.OperatorDesk;
import io.greenlane.operate.OperatorDesk.Reply;
import io.greenlane.operate.Overview;
import io.greenlane.release.Act;
import io.greenlane.release.GroupReleases;
import io.greenlane.release.Ledger;
import io.greenlane.release.Operator;
import io.greenlane.release.Outbox;
import io.greenlane.release.Waking;
import io.greenlane.service.ServiceReference;
import io.greenlane.service.ServiceSettings;
import io.greenlane.validation.rules.yaml.Units;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What operators invoke, by the script {@code operate}. IAM says who may; the name that they give is kept as they give it. */
public final class Operate implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    private static final Duration USUAL = Duration.ofHours(4);
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(24);

    private final OperatorDesk desk;
    private final BreakGlass glass;
    private final Overview overview;
    private final ServiceSettings services;

    /** The one that Lambda calls. */
    public Operate() {
        this(Surroundings.ofLambda());
    }

    /** With surroundings of one's own. */
    public Operate(Surroundings surroundings) {
        this(surroundings.clients(), surroundings.clock(), OperateSettings.from(surroundings.environment()));
    }

    private Operate(Clients clients, Clock clock, OperateSettings settings) {
        this(clients, clock, settings, clients.ledger(settings.table()), clients.deployments(), clients.discovery());
    }

    private Operate(Clients clients, Clock clock, OperateSettings settings, Ledger ledger,
            CodeDeployDeployments deployments, ServiceDiscovery discovery) {
        this(clients, clock, settings, ledger, deployments, discovery,
                new Outbox(ledger, clients.announcements(settings.topicArn()), clock),
                new Waking(new GroupReleases(ledger, clock), clients.taskTokens()),
                new ReleaseExecutions(clients.stepFunctions(), settings.stateMachineArn()));
    }

    private Operate(Clients clients, Clock clock, OperateSettings settings, Ledger ledger,
            CodeDeployDeployments deployments, ServiceDiscovery discovery, Outbox outbox, Waking waking,
            Executions executions) {
        this(new OperatorDesk(ledger, outbox, waking, deployments, new CodeDeployInterventions(clients.codeDeploy()),
                discovery, new EcrImages(clients.ecr()), executions, clock),
                new BreakGlass(ledger, outbox, waking, executions, clock),
                new Overview(ledger, deployments, discovery, clock), settings.services());
    }

    /** With collaborators of one's own. */
    public Operate(OperatorDesk desk, BreakGlass glass, Overview overview, ServiceSettings services) {
        this.desk = desk;
        this.glass = glass;
        this.overview = overview;
        this.services = services;
    }

    /**
     * {@code {operation, service?, by, reason, digest?, gates?, for?}} to {@code {accepted, changed, lines}}; what cannot be
     * understood is not accepted, and nothing is done then.
     */
    @Override
    public Map<String, Object> handleRequest(Map<String, Object> input, Context context) {
        JsonLog log = JsonLog.of("Operate", context.getAwsRequestId());
        Reply reply;
        try {
            JsonObject request = new JsonObject("input", input);
            String operation = request.text("operation");
            ServiceReference service = service(request);
            log.with("operation", operation).with("service", service.key()).with("by", request.optionalText("by"));
            if (operation.equals("status")) {
                return Map.of("accepted", true, "changed", false, "lines", overview.of(service));
            }
            reply = change(operation, service, request, Registry.ofArn(context.getInvokedFunctionArn()));
            // The template's metric filter counts it.
            log.with("alarm", operation.equals("break-glass") && reply.accepted()
                    ? Act.Kind.BREAK_GLASS.name()
                    : null);
        } catch (IllegalArgumentException e) {
            reply = Reply.refused(String.valueOf(e.getMessage()));
        }
        log.info(reply.sentence());
        return reply.members();
    }

    private Reply change(String operation, ServiceReference service, JsonObject request, Registry home) {
        return switch (operation) {
            case "hold" -> desk.hold(service, operator(request));
            case "unhold" -> desk.unhold(service, operator(request));
            case "release-digest" -> desk.release(service, new Digest(request.text("digest")), operator(request));
            case "accept-drift" -> desk.acceptDrift(service, operator(request));
            case "break-glass" -> glass.override(home, together(service), new Digest(request.text("digest")),
                    gates(request), operator(request), lasting(request));
            case "roll-back" -> desk.rollBack(home, service, operator(request));
            default -> throw new IllegalArgumentException("The operations are status, hold, unhold, release-digest,"
                    + " accept-drift, break-glass and roll-back, got " + Quote.of(operation));
        };
    }

    private static Operator operator(JsonObject request) {
        return new Operator(request.text("by"), request.text("reason"));
    }

    private static List<String> gates(JsonObject request) {
        List<String> gates = Stream.of(request.text("gates").split(",", -1)).map(String::strip).distinct().toList();
        for (String gate : gates) {
            if (!Gate.NAMES.contains(gate)) {
                throw new IllegalArgumentException("There is no gate " + Quote.of(gate) + "; --gates names some of "
                        + String.join(", ", Gate.NAMES) + ", with commas between");
            }
        }
        return gates;
    }

    private static Duration lasting(JsonObject request) {
        String text = request.optionalText("for");
        if (text == null) {
            return USUAL;
        }
        Duration lasting;
        try {
            lasting = Units.wait(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--for " + e.getMessage(), e);
        }
        if (lasting.compareTo(SHORTEST) < 0 || lasting.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("--for must be from 1m to 24h, got " + Quote.of(text));
        }
        return lasting;
    }

    /** The service, once for each repository that it follows, or all services of its group. */
    private List<ServiceReference> together(ServiceReference service) {
        return services.references().stream().filter(one -> service.group() == null
                ? one.key().equals(service.key())
                : service.group().equals(one.group())).toList();
    }

    private ServiceReference service(JsonObject request) {
        String named = request.optionalText("service");
        List<ServiceReference> known = services.references();
        List<String> keys = known.stream().map(ServiceReference::key).distinct().toList();
        if (named == null && keys.size() == 1) {
            return known.get(0);
        }
        return known.stream().filter(service -> service.key().equals(named)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException((named == null
                        ? "There are several services; name one with --service: "
                        : "There is no service " + Quote.of(named) + "; there is ")
                        + keys.stream().collect(Collectors.joining(", "))));
    }
}
