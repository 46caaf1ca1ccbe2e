package io.greenlane.rehearsal.template;

import io.greenlane.rehearsal.template.Values.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The section Rules: checks across parameters, before anything is created. */
final class TemplateRules {
    private static final Set<String> RULE = Set.of("RuleCondition", "Assertions");
    private static final Set<String> ASSERTION = Set.of("Assert", "AssertDescription");

    private final Intrinsics constants;

    private TemplateRules(Intrinsics constants) {
        this.constants = constants;
    }

    /**
     * Checks every rule.
     *
     * @throws TemplateException with the descriptions of all assertions that do not hold
     */
    static void check(String file, Map<String, Object> rules, Intrinsics constants) {
        TemplateRules check = new TemplateRules(constants);
        List<String> broken = new ArrayList<>();
        rules.forEach((name, rule) -> check.broken(name, rule, broken));
        if (!broken.isEmpty()) {
            throw new TemplateException(file + ": " + String.join(" ", broken));
        }
    }

    private void broken(String name, Object written, List<String> broken) {
        String where = "Rule " + name;
        Map<String, Object> rule = Template.map(written, where);
        known(rule, RULE, where);
        if (rule.containsKey("RuleCondition") && !test(rule.get("RuleCondition"), where)) {
            return;
        }
        for (Object item : Values.list(rule.getOrDefault("Assertions", ""), where + ", Assertions")) {
            Map<String, Object> assertion = Template.map(item, where);
            known(assertion, ASSERTION, where);
            if (!test(assertion.get("Assert"), where)) {
                broken.add(String.valueOf(assertion.getOrDefault("AssertDescription", where + " does not hold.")));
            }
        }
    }

    private boolean test(@Nullable Object value, String where) {
        Call call = Values.call(Objects.requireNonNullElse(value, ""), where)
                .orElseThrow(() -> new TemplateException(where + " needs a rule function, got " + value));
        if (call.name().equals("Fn::Contains")) {
            List<?> both = call.arguments(2, 2);
            return Values.list(both.get(0), where).contains(constants.evaluate(both.get(1), where));
        }
        return new Logic(constants, this::test).decide(call, where).orElseThrow(
                () -> new TemplateException(where + ": " + call.name() + " is not a rule function known here"));
    }

    private static void known(Map<String, Object> members, Set<String> names, String where) {
        members.keySet().stream().filter(member -> !names.contains(member)).findFirst().ifPresent(member -> {
            throw new TemplateException(where + " has an unknown member " + member);
        });
    }
}
