package io.greenlane.rehearsal.endpoint;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.protocols.core.OperationInfo;

/** The paths of a REST service, as the SDK's own marshallers know them. */
final class RestRoutes {
    private static final Pattern LABEL = Pattern.compile("\\{([A-Za-z]+)(\\+?)}");
    private final List<Route> routes = new ArrayList<>();

    RestRoutes(ServiceBinding binding) {
        String transform = binding.service().clientType().getPackageName() + ".transform.";
        for (Operation operation : binding.operations().values()) {
            OperationInfo info = infoOf(transform + operation.requestType().getSimpleName() + "Marshaller");
            routes.add(Route.of(operation, info.httpMethod().name(), info.requestUri()));
        }
        // A path with a fixed query, or else with fewer labels, is the more exact one.
        routes.sort(Comparator.comparing((Route route) -> route.query().isEmpty())
                .thenComparingInt(route -> route.labels().size()));
    }

    Optional<Match> find(WireRequest request) {
        for (Route route : routes) {
            Matcher matcher = route.path().matcher(request.path());
            if (route.method().equals(request.method()) && matcher.matches()
                    && request.query().contains(route.query())) {
                Map<String, String> labels = new LinkedHashMap<>();
                for (int i = 0; i < route.labels().size(); i++) {
                    labels.put(route.labels().get(i), RestJsonProtocol.decode(matcher.group(i + 1)));
                }
                return Optional.of(new Match(route.operation(), labels));
            }
        }
        return Optional.empty();
    }

    private static OperationInfo infoOf(String marshaller) {
        try {
            Field binding = Class.forName(marshaller).getDeclaredField("SDK_OPERATION_BINDING");
            binding.setAccessible(true);
            return (OperationInfo) binding.get(null);
        } catch (ReflectiveOperationException unexpected) {
            throw new IllegalStateException(marshaller + " is not as this version of the SDK has it", unexpected);
        }
    }

    /** An operation and the labels of its path. */
    record Match(Operation operation, Map<String, String> labels) {}

    private record Route(Operation operation, String method, Pattern path, String query, List<String> labels) {
        static Route of(Operation operation, String method, String template) {
            int question = template.indexOf('?');
            String path = question < 0 ? template : template.substring(0, question);
            String query = question < 0 ? "" : template.substring(question + 1);
            List<String> labels = new ArrayList<>();
            StringBuilder regex = new StringBuilder();
            Matcher label = LABEL.matcher(path);
            int end = 0;
            while (label.find()) {
                regex.append(Pattern.quote(path.substring(end, label.start())))
                        .append(label.group(2).isEmpty() ? "([^/]+)" : "(.+)");
                labels.add(label.group(1));
                end = label.end();
            }
            regex.append(Pattern.quote(path.substring(end)));
            return new Route(operation, method, Pattern.compile(regex + "/?"), query, labels);
        }
    }
}
