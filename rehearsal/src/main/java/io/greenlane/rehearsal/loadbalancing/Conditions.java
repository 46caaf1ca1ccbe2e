package io.greenlane.rehearsal.loadbalancing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.HttpHeaderConditionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.QueryStringKeyValuePair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/** Conditions of rules, with the wildcards {@code *} and {@code ?} (ALB guide, condition types). */
final class Conditions {
    private Conditions() {}

    /** Holds when every condition holds. */
    static Predicate<RequestHead> all(List<RuleCondition> conditions) {
        return conditions.stream().map(Conditions::one).reduce(request -> true, Predicate::and);
    }

    private static Predicate<RequestHead> one(RuleCondition condition) {
        if (condition.hasRegexValues()) {
            throw Actions.unsupported("RegexValues of rule conditions are not simulated; use Values with wildcards");
        }
        return switch (String.valueOf(condition.field())) {
            case "path-pattern" -> {
                List<Pattern> patterns = patterns("path-pattern", condition.pathPatternConfig() == null
                        ? condition.values()
                        : condition.pathPatternConfig().values(), 0);
                yield request -> anyMatches(patterns, request.path());
            }
            case "host-header" -> {
                List<Pattern> patterns = patterns("host-header", condition.hostHeaderConfig() == null
                        ? condition.values()
                        : condition.hostHeaderConfig().values(), Pattern.CASE_INSENSITIVE);
                yield request -> anyMatches(patterns, request.host());
            }
            case "http-header" -> httpHeader(condition.httpHeaderConfig());
            case "http-request-method" -> {
                List<String> methods = condition.httpRequestMethodConfig() == null
                        ? List.of()
                        : condition.httpRequestMethodConfig().values();
                patterns("http-request-method", methods, 0);
                yield request -> methods.contains(request.method());
            }
            case "query-string" -> queryString(condition.queryStringConfig() == null
                    ? List.of()
                    : condition.queryStringConfig().values());
            default -> throw Faults.validation("Condition field '" + condition.field()
                    + "' must be one of path-pattern, host-header, http-header, http-request-method, query-string");
        };
    }

    private static Predicate<RequestHead> httpHeader(@Nullable HttpHeaderConditionConfig config) {
        String name = config == null ? null : config.httpHeaderName();
        if (config == null || name == null) {
            throw Faults.validation("An http-header condition must have an HttpHeaderConfig with HttpHeaderName");
        }
        List<Pattern> patterns = patterns("http-header", config.values(), Pattern.CASE_INSENSITIVE);
        return request -> request.header(name).stream().anyMatch(value -> anyMatches(patterns, value));
    }

    private static Predicate<RequestHead> queryString(List<QueryStringKeyValuePair> pairs) {
        if (pairs.isEmpty()) {
            throw Faults.validation("A query-string condition must have values");
        }
        return pairs.stream().map(pair -> {
            Pattern value = wildcard(String.valueOf(pair.value()), Pattern.CASE_INSENSITIVE);
            String key = pair.key();
            Predicate<RequestHead> holds = request -> parameters(request.query()).stream().anyMatch(
                    parameter -> (key == null || key.equalsIgnoreCase(parameter.name())) && value.matcher(parameter
                            .value()).matches());
            return holds;
        }).reduce(Predicate::or).orElseThrow();
    }

    private static List<Parameter> parameters(String query) {
        return List.of(query.split("&", -1)).stream().filter(part -> !part.isEmpty()).map(part -> {
            int equals = part.indexOf('=');
            return equals < 0
                    ? new Parameter(decoded(part), "")
                    : new Parameter(decoded(part.substring(0,
                            equals)), decoded(part.substring(equals + 1)));
        }).toList();
    }

    private record Parameter(String name, String value) {}

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }

    private static List<Pattern> patterns(String field, List<String> values, int flags) {
        if (values.isEmpty()) {
            throw Faults.validation("A " + field + " condition must have values");
        }
        return values.stream().map(value -> wildcard(value, flags)).toList();
    }

    private static boolean anyMatches(List<Pattern> patterns, String text) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(text).matches());
    }

    private static Pattern wildcard(String text, int flags) {
        StringBuilder regex = new StringBuilder();
        text.chars().forEach(c -> regex.append(switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(String.valueOf((char) c));
        }));
        return Pattern.compile(regex.toString(), flags);
    }
}
