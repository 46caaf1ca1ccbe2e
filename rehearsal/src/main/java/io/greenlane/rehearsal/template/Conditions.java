package io.greenlane.rehearsal.template;

import io.greenlane.rehearsal.template.Values.Call;
import io.greenlane.rehearsal.template.Values.NoValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The conditions of a template, decided by the parameters alone, and the values that remain when they have been. */
final class Conditions {
    private final Map<String, Object> written;
    private final Intrinsics constants;
    private final Map<String, Boolean> decided = new LinkedHashMap<>();
    private final Set<String> deciding = new LinkedHashSet<>();

    /**
     * @param written the section Conditions
     * @param constants knows parameters, pseudo parameters and mappings, and no resources
     */
    Conditions(Map<String, Object> written, Intrinsics constants) {
        this.written = written;
        this.constants = constants;
        written.keySet().forEach(name -> holds(name, "Condition " + name));
    }

    boolean holds(String name, String where) {
        if (!written.containsKey(name)) {
            throw new TemplateException(where + ": there is no condition " + name);
        }
        Boolean known = decided.get(name);
        if (known != null) {
            return known;
        }
        if (!deciding.add(name)) {
            throw new TemplateException(where + ": the conditions " + deciding + " depend on each other");
        }
        boolean result = test(written.getOrDefault(name, false), "Condition " + name);
        deciding.remove(name);
        decided.put(name, result);
        return result;
    }

    /** The value without Fn::If, and without the members and items that are AWS::NoValue. */
    Object prune(Object value, String where) {
        Call call = Values.call(value, where).orElse(null);
        if (call != null && call.name().equals("Fn::If")) {
            List<?> arguments = call.arguments(3, 3);
            return prune(arguments.get(holds(call.name(arguments.get(0)), where) ? 1 : 2), where);
        }
        if (call != null && call.name().equals("Ref") && "AWS::NoValue".equals(call.argument())) {
            return new NoValue();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> kept = new LinkedHashMap<>();
            map.forEach((key, member) -> {
                Object left = prune(member, where);
                if (!(left instanceof NoValue)) {
                    kept.put(String.valueOf(key), left);
                }
            });
            return kept;
        }
        if (value instanceof List<?> list) {
            List<Object> kept = new ArrayList<>();
            list.stream().map(item -> prune(item, where)).filter(item -> !(item instanceof NoValue)).forEach(kept::add);
            return kept;
        }
        return value;
    }

    private boolean test(Object value, String where) {
        if (value instanceof Map<?, ?> map && map.size() == 1 && map.containsKey("Condition")) {
            return holds(Values.text(map.values().iterator().next(), where), where);
        }
        Call call = Values.call(value, where)
                .orElseThrow(() -> new TemplateException(where + " must be a condition function, got " + value));
        return new Logic(constants, this::test).decide(call, where).orElseThrow(
                () -> new TemplateException(where + ": " + call.name() + " is not a condition function"));
    }
}
