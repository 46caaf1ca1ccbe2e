package io.greenlane.rehearsal.template;

import io.greenlane.rehearsal.template.Values.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The order in which resources can be created: each after those it refers to or depends on, else as written. */
final class ResourceOrder {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9]+)[^}]*}");

    private final Map<String, Map<String, Object>> resources;
    private final Set<String> ordered = new LinkedHashSet<>();
    private final Set<String> path = new LinkedHashSet<>();

    private ResourceOrder(Map<String, Map<String, Object>> resources) {
        this.resources = resources;
    }

    /** The logical ids in order. */
    static List<String> of(Map<String, Map<String, Object>> resources) {
        ResourceOrder order = new ResourceOrder(resources);
        resources.keySet().forEach(order::visit);
        return List.copyOf(order.ordered);
    }

    private void visit(String id) {
        if (ordered.contains(id)) {
            return;
        }
        if (!path.add(id)) {
            List<String> cycle = new ArrayList<>(path);
            throw new TemplateException("Circular dependency between resources: "
                    + String.join(" -> ", cycle.subList(cycle.indexOf(id), cycle.size())) + " -> " + id);
        }
        Set<String> needed = new LinkedHashSet<>();
        Map<String, Object> resource = resources.getOrDefault(id, new LinkedHashMap<>());
        references(resource.getOrDefault("Properties", Map.of()), "Resource " + id, needed);
        Object dependsOn = resource.getOrDefault("DependsOn", List.of());
        (dependsOn instanceof List<?> list ? list : List.of(dependsOn))
                .forEach(name -> needed.add(String.valueOf(name)));
        needed.stream().filter(resources::containsKey).forEach(this::visit);
        path.remove(id);
        ordered.add(id);
    }

    private static void references(Object value, String where, Set<String> found) {
        Call call = Values.call(value, where).orElse(null);
        if (call != null && call.name().equals("Ref")) {
            found.add(call.name(call.argument()));
        } else if (call != null && call.name().equals("Fn::GetAtt")) {
            found.add(call.name(call.arguments(2, 2).getFirst()));
        } else if (call != null && call.name().equals("Fn::Sub")) {
            Object text = call.argument() instanceof List<?> list && !list.isEmpty()
                    ? list.getFirst()
                    : call.argument();
            Matcher variable = VARIABLE.matcher(call.name(text));
            while (variable.find()) {
                found.add(variable.group(1));
            }
        }
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(member -> references(member, where, found));
        } else if (value instanceof List<?> list) {
            list.forEach(item -> references(item, where, found));
        }
    }
}
