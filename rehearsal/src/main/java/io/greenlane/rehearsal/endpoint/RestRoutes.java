package io.greenlane.rehearsal.endpoint;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.protocols.core.OperationInfo;

/** The paths of a REST service, as the SDK's own marshallers know them. */
final class RestRoutes {
    private static final Pattern LABEL = Pattern.compile("\\{([A-Za-z]+)(\\+?)}");
    private final List<Route> routes = new ArrayList<>();

    RestRoutes(ServiceBinding binding) {
        String transform = binding.service().clientType().getPackageName() + ".transform.";
        for (Operation operation : binding.operations().values()) {
            OperationInfo info = infoOf(transform + operation.requestType().getSimpleName() + "Marshaller");
            routes.add(Route.of(operation, info.httpMethod().name(), info.requestUri(),
                    needs(binding.service(), operation)));
        }
        // A route that asks for more is the more exact one.
        routes.sort(Comparator.comparingInt((Route route) -> -route.query().size())
                .thenComparingInt(route -> route.labels().size()).thenComparingInt(route -> -route.needs().size()));
    }

    /** The operation that the request names; one whose required members it lacks only when there is no other. */
    Optional<Match> find(WireRequest request) {
        Map<String, String> query = QueryProtocol.parameters(request.query());
        List<Route> fitting = routes.stream().filter(route -> route.fits(request, query)).toList();
        return fitting.stream().filter(route -> route.isGiven(request, query)).findFirst()
                .or(() -> fitting.stream().findFirst()).map(route -> route.match(request));
    }

    private static Set<String> needs(AwsService service, Operation operation) {
        List<String> required = ModelFacts.of(service).required(operation.requestType());
        return operation.newRequest().sdkFields().stream()
                .filter(field -> field.location() == MarshallLocation.QUERY_PARAM
                        || field.location() == MarshallLocation.HEADER)
                .filter(field -> required.stream().anyMatch(field.memberName()::equalsIgnoreCase))
                .map(SdkField::locationName).collect(Collectors.toSet());
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

    /**
     * How an operation is asked for.
     *
     * @param query the fixed part of the query
     * @param needs required members in query or headers, by their names there
     */
    private record Route(Operation operation, String method, Pattern path, Map<String, String> query,
            List<String> labels, Set<String> needs) {
        static Route of(Operation operation, String method, String template, Set<String> needs) {
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
            return new Route(operation, method, Pattern.compile(regex + "/?"), QueryProtocol.parameters(query),
                    labels, needs);
        }

        boolean fits(WireRequest request, Map<String, String> given) {
            return method.equals(request.method()) && path.matcher(request.path()).matches()
                    && given.entrySet().containsAll(query.entrySet());
        }

        boolean isGiven(WireRequest request, Map<String, String> given) {
            return needs.stream().allMatch(
                    name -> given.containsKey(name) || request.header(name.toLowerCase(Locale.ROOT)).isPresent());
        }

        Match match(WireRequest request) {
            Matcher matcher = path.matcher(request.path());
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; matcher.matches() && i < labels.size(); i++) {
                values.put(labels.get(i), RestMembers.decode(matcher.group(i + 1)));
            }
            return new Match(operation, values);
        }
    }
}
