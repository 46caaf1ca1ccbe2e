package io.greenlane.rehearsal.template;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parameters of a stack: what was given, else the default, checked as CloudFormation checks before it creates anything. */
final class StackParameters {
    private static final Set<String> MEMBERS = Set.of("Type", "Description", "Default", "AllowedPattern",
            "AllowedValues", "ConstraintDescription", "MinLength", "MaxLength", "MinValue", "MaxValue", "NoEcho");
    private static final String LIST = "CommaDelimitedList";

    private final List<String> problems = new ArrayList<>();

    private StackParameters() {}

    /**
     * The value of every declared parameter: a text, or a list of texts for a CommaDelimitedList.
     *
     * @param declared the section Parameters
     * @param given texts by name, a list as its items separated by commas
     * @throws TemplateException naming every parameter that is missing, unknown or malformed
     */
    static Map<String, Object> resolve(String file, Map<String, Object> declared, Map<String, String> given) {
        StackParameters check = new StackParameters();
        Map<String, Object> values = new LinkedHashMap<>();
        declared.forEach((name, declaration) -> {
            Map<String, Object> rule = Template.map(declaration, file + ", parameter " + name);
            @Nullable
            Object value = check.value(name, rule, given.get(name));
            if (value != null) {
                values.put(name, value);
            }
        });
        given.keySet().stream().filter(name -> !declared.containsKey(name))
                .forEach(name -> check.problems.add("Parameters: [" + name + "] do not exist in the template"));
        if (!check.problems.isEmpty()) {
            throw new TemplateException(file + ": " + String.join("; ", check.problems));
        }
        return values;
    }

    private @Nullable Object value(String name, Map<String, Object> rule, @Nullable String given) {
        rule.keySet().stream().filter(member -> !MEMBERS.contains(member))
                .forEach(member -> problems.add("parameter " + name + " has an unknown member " + member));
        String type = String.valueOf(rule.get("Type"));
        if (!Set.of("String", "Number", LIST).contains(type)) {
            problems.add("parameter " + name + " has the type " + type + ", which is not known here");
            return null;
        }
        @Nullable
        String text = given != null ? given : rule.containsKey("Default") ? String.valueOf(rule.get("Default")) : null;
        if (text == null) {
            problems.add("Parameters: [" + name + "] must have values");
            return null;
        }
        if (!type.equals(LIST)) {
            check(name, rule, type, text);
            return text;
        }
        List<String> items = text.isEmpty()
                ? List.of()
                : List.of(text.split(",", -1)).stream().map(String::strip).toList();
        items.forEach(item -> check(name, rule, type, item));
        return items;
    }

    private void check(String name, Map<String, Object> rule, String type, String text) {
        boolean good = matches(rule.get("AllowedPattern"), text) && allowed(rule.get("AllowedValues"), text)
                && text.length() >= number(rule.getOrDefault("MinLength", 0)).intValue()
                && text.length() <= number(rule.getOrDefault("MaxLength", Integer.MAX_VALUE)).intValue()
                && (!type.equals("Number") || inRange(rule, text));
        if (!good) {
            problems.add("Parameter '" + name + "' must be " + rule.getOrDefault("ConstraintDescription",
                    type.equals("Number") ? "a number in its range" : "as its rule says") + ", got '"
                    + (Boolean.TRUE.equals(rule.get("NoEcho")) ? "****" : text) + "'");
        }
    }

    private static boolean matches(@Nullable Object pattern, String text) {
        return pattern == null || Pattern.compile(String.valueOf(pattern)).matcher(text).matches();
    }

    private static boolean allowed(@Nullable Object values, String text) {
        return !(values instanceof List<?> list) || list.stream().map(String::valueOf).anyMatch(text::equals);
    }

    private static boolean inRange(Map<String, Object> rule, String text) {
        try {
            BigDecimal value = new BigDecimal(text);
            return (!rule.containsKey("MinValue") || value.compareTo(number(rule.get("MinValue"))) >= 0)
                    && (!rule.containsKey("MaxValue") || value.compareTo(number(rule.get("MaxValue"))) <= 0);
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    private static BigDecimal number(@Nullable Object value) {
        return new BigDecimal(String.valueOf(value));
    }
}
