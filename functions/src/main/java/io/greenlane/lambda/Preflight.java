package io.greenlane.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.greenlane.json.JsonObject;
import io.greenlane.json.Quote;
import io.greenlane.preflight.Chain;
import io.greenlane.preflight.Checks;
import io.greenlane.service.ServiceReference;
import io.greenlane.service.ServiceSettings;
import java.util.List;
import java.util.Map;

/** Looks at the whole chain from a push to production, for {@code ./operate preflight}. It reads, and changes nothing. */
public final class Preflight implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    private final Checks checks;
    private final ServiceSettings services;
    private final List<String> problems;

    /** The one that Lambda calls. */
    public Preflight() {
        this(Surroundings.ofLambda());
    }

    /** With surroundings of one's own. */
    public Preflight(Surroundings surroundings) {
        this(surroundings, PreflightSettings.from(surroundings.environment()));
    }

    private Preflight(Surroundings surroundings, PreflightSettings settings) {
        this(new Checks(surroundings.clients().preflightFacts(settings.installed(),
                () -> surroundings.senders().apply("preflight"))), settings.services(), settings.problems());
    }

    /**
     * With checks of one's own.
     *
     * @param problems what is wrong with the services; with none they can be looked at
     */
    public Preflight(Checks checks, ServiceSettings services, List<String> problems) {
        this.checks = checks;
        this.services = services;
        this.problems = List.copyOf(problems);
    }

    /**
     * {@code {service?}} to {@code {accepted, changed, lines, services}}; accepted when every service that was asked for is
     * ready. Without a service, or with {@code all}, all are asked for.
     */
    @Override
    public Map<String, Object> handleRequest(Map<String, Object> input, Context context) {
        if (!problems.isEmpty()) {
            return answer(List.of(Checks.unusable(problems)), context);
        }
        String named = new JsonObject("input", input).optionalText("service");
        List<ServiceReference> known = services.references();
        List<ServiceReference> asked = named == null || named.equals("all")
                ? known
                : known.stream().filter(service -> service.key().equals(named)).toList();
        if (asked.isEmpty()) {
            String sentence = "There is no service " + Quote.of(named) + "; there is "
                    + String.join(", ", known.stream().map(ServiceReference::key).distinct().toList());
            return Map.of("accepted", false, "changed", false, "lines", List.of(sentence), "services", List.of());
        }
        return answer(asked.stream().map(checks::of).toList(), context);
    }

    private static Map<String, Object> answer(List<Chain> chains, Context context) {
        JsonLog log = JsonLog.of("Preflight", context.getAwsRequestId());
        chains.forEach(chain -> log.with("service", chain.service()).info(chain.lines().get(0)));
        return Map.of("accepted", chains.stream().allMatch(Chain::ready), "changed", false, "lines",
                chains.stream().flatMap(chain -> chain.lines().stream()).toList(), "services",
                chains.stream().map(Chain::members).toList());
    }
}
