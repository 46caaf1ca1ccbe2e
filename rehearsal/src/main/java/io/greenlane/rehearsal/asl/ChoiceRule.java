package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The comparisons of a Choice state in JSONPath (Step Functions guide, Choice state page). */
final class ChoiceRule {
    private static final Map<String, IntPredicate> ORDERS = Map.of("Equals", order -> order == 0, "LessThan",
            order -> order < 0, "LessThanEquals", order -> order <= 0, "GreaterThan", order -> order > 0,
            "GreaterThanEquals", order -> order >= 0);
    private static final List<String> ORDERED = List.of("String", "Numeric", "Timestamp");
    private static final Set<String> TESTS = Set.of("IsNull", "IsPresent", "IsNumeric", "IsString", "IsBoolean",
            "IsTimestamp");
    private static final String PATH = "Path";

    private ChoiceRule() {}

    /** The member that names the comparison, for example {@code NumericLessThanPath}; null when there is none. */
    static @Nullable String operatorOf(JsonNode rule) {
        for (Map.Entry<String, JsonNode> member : rule.properties()) {
            if (isOperator(member.getKey())) {
                return member.getKey();
            }
        }
        return null;
    }

    static boolean isOperator(String name) {
        if (TESTS.contains(name) || name.equals("StringMatches")) {
            return true;
        }
        String plain = withoutPath(name);
        if (plain.equals("BooleanEquals")) {
            return true;
        }
        return ORDERED.stream()
                .anyMatch(type -> plain.startsWith(type) && ORDERS.containsKey(plain.substring(type.length())));
    }

    /**
     * Whether the rule holds.
     *
     * @throws StatesFault States.Runtime when a path finds nothing
     */
    static boolean holds(JsonNode rule, Scope scope) {
        if (rule.has("And")) {
            return all(rule.get("And"), scope);
        }
        if (rule.has("Or")) {
            return any(rule.get("Or"), scope);
        }
        if (rule.has("Not")) {
            return !holds(rule.get("Not"), scope);
        }
        String operator = String.valueOf(operatorOf(rule));
        JsonNode operand = rule.path(operator);
        Optional<JsonNode> variable = JsonPaths.read(rule.path("Variable").asText(), scope);
        if (operator.equals("IsPresent")) {
            return variable.isPresent() == operand.booleanValue();
        }
        JsonNode value = variable.orElseThrow(() -> noValue(rule.path("Variable").asText()));
        if (TESTS.contains(operator)) {
            return is(operator, value) == operand.booleanValue();
        }
        if (operator.equals("StringMatches")) {
            return value.isTextual() && pattern(operand.asText()).matcher(value.textValue()).matches();
        }
        if (operator.endsWith(PATH)) {
            String path = operand.asText();
            operand = JsonPaths.read(path, scope).orElseThrow(() -> noValue(path));
        }
        return compare(withoutPath(operator), value, operand);
    }

    private static boolean all(JsonNode rules, Scope scope) {
        for (JsonNode rule : rules) {
            if (!holds(rule, scope)) {
                return false;
            }
        }
        return true;
    }

    private static boolean any(JsonNode rules, Scope scope) {
        for (JsonNode rule : rules) {
            if (holds(rule, scope)) {
                return true;
            }
        }
        return false;
    }

    private static boolean is(String test, JsonNode value) {
        return switch (test) {
            case "IsNull" -> value.isNull();
            case "IsNumeric" -> value.isNumber();
            case "IsString" -> value.isTextual();
            case "IsBoolean" -> value.isBoolean();
            default -> value.isTextual() && Timestamps.parse(value.textValue()).isPresent();
        };
    }

    /** Values of another type than the operator's never match. */
    private static boolean compare(String operator, JsonNode value, JsonNode operand) {
        if (operator.equals("BooleanEquals")) {
            return value.isBoolean() && operand.isBoolean() && value.booleanValue() == operand.booleanValue();
        }
        if (operator.startsWith("String")) {
            return value.isTextual() && operand.isTextual()
                    && ordered(operator, "String", value.textValue().compareTo(operand.textValue()));
        }
        if (operator.startsWith("Numeric")) {
            return value.isNumber() && operand.isNumber()
                    && ordered(operator, "Numeric", decimal(value).compareTo(decimal(operand)));
        }
        Optional<Instant> time = value.isTextual() ? Timestamps.parse(value.textValue()) : Optional.empty();
        Optional<Instant> other = operand.isTextual() ? Timestamps.parse(operand.textValue()) : Optional.empty();
        return time.isPresent() && other.isPresent()
                && ordered(operator, "Timestamp", time.get().compareTo(other.get()));
    }

    private static boolean ordered(String operator, String type, int order) {
        IntPredicate wanted = ORDERS.get(operator.substring(type.length()));
        return wanted != null && wanted.test(order);
    }

    private static BigDecimal decimal(JsonNode number) {
        return number.decimalValue();
    }

    /** An asterisk stands for any text, {@code \\*} for itself. */
    private static Pattern pattern(String wildcard) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < wildcard.length(); i++) {
            char c = wildcard.charAt(i);
            if (c == '*') {
                regex.append(".*");
            } else {
                boolean escaped = c == '\\' && i + 1 < wildcard.length() && "\\*".indexOf(wildcard.charAt(i + 1)) >= 0;
                regex.append(Pattern.quote(String.valueOf(escaped ? wildcard.charAt(++i) : c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private static String withoutPath(String operator) {
        return operator.endsWith(PATH) ? operator.substring(0, operator.length() - PATH.length()) : operator;
    }

    private static StatesFault noValue(String path) {
        return StatesFault
                .runtime("Invalid path '" + path + "': The choice state's condition path references an invalid value.");
    }
}
