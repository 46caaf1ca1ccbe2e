package io.greenlane.taskdefinition;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One form for task definitions that ECS writes differently but means the same: empty lists and zero CPU that may be left out,
 * ports with their defaults, task size with its unit, and environment and secrets in any order.
 */
final class NormalForm {
    private static final Set<String> TASK_LISTS = Set.of("volumes", "placementConstraints");
    private static final Set<String> CONTAINER_LISTS = Set.of("environment", "mountPoints", "volumesFrom",
            "portMappings", "systemControls");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)\\s*(vcpu|gb)",
            Pattern.CASE_INSENSITIVE);
    private static final BigDecimal UNITS = BigDecimal.valueOf(1024);

    private NormalForm() {}

    /** Of a task definition; the given one is left as it is. */
    static Map<String, Object> of(Map<String, Object> taskDefinition) {
        Map<String, Object> form = without(TASK_LISTS, taskDefinition);
        form.computeIfPresent("cpu", (name, value) -> size(value));
        form.computeIfPresent("memory", (name, value) -> size(value));
        Object networkMode = form.get("networkMode");
        form.computeIfPresent("containerDefinitions",
                (name, value) -> each(value, container -> container(container, networkMode)));
        return form;
    }

    private static Map<String, Object> container(Map<?, ?> container, @Nullable Object networkMode) {
        Map<String, Object> form = without(CONTAINER_LISTS, container);
        form.computeIfPresent("cpu", (name, value) -> isZero(value) ? null : value);
        form.computeIfPresent("environment", (name, value) -> sorted(value));
        form.computeIfPresent("secrets", (name, value) -> sorted(value));
        form.computeIfPresent("portMappings", (name, value) -> each(value, port -> port(port, networkMode)));
        return form;
    }

    private static Map<String, Object> port(Map<?, ?> port, @Nullable Object networkMode) {
        Map<String, Object> form = without(Set.of(), port);
        form.putIfAbsent("protocol", "tcp");
        Object containerPort = form.get("containerPort");
        if (containerPort != null) {
            boolean ownAddress = "awsvpc".equals(networkMode) || "host".equals(networkMode);
            form.putIfAbsent("hostPort", ownAddress ? containerPort : 0);
        }
        return form;
    }

    private static Map<String, Object> without(Set<String> listsThatMayBeEmpty, Map<?, ?> members) {
        Map<String, Object> form = new LinkedHashMap<>();
        members.forEach((name, value) -> {
            boolean empty = value instanceof List<?> list && list.isEmpty();
            if (!empty || !listsThatMayBeEmpty.contains(String.valueOf(name))) {
                form.put(String.valueOf(name), value);
            }
        });
        return form;
    }

    private static Object each(Object value, Function<Map<?, ?>, Object> change) {
        UnaryOperator<Object> item = it -> it instanceof Map<?, ?> members ? change.apply(members) : it;
        return value instanceof List<?> list ? new ArrayList<Object>(list).stream().map(item).toList() : value;
    }

    private static Object sorted(Object value) {
        return value instanceof List<?> list
                ? new ArrayList<Object>(list).stream()
                        .sorted(Comparator.comparing(NormalForm::name).thenComparing(String::valueOf)).toList()
                : value;
    }

    private static String name(Object item) {
        return item instanceof Map<?, ?> members ? String.valueOf(members.get("name")) : "";
    }

    private static boolean isZero(Object value) {
        return value instanceof Number number && new BigDecimal(number.toString()).signum() == 0;
    }

    private static Object size(Object value) {
        Matcher size = SIZE.matcher(String.valueOf(value));
        return size.matches()
                ? new BigDecimal(size.group(1)).multiply(UNITS).stripTrailingZeros().toPlainString()
                : value;
    }
}
