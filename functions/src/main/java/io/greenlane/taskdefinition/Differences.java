package io.greenlane.taskdefinition;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where two JSON documents differ, as paths such as {@code containerDefinitions[api].environment[MODE].value}. */
final class Differences {
    private final List<String> paths = new ArrayList<>();

    private Differences() {}

    /** Empty when the documents say the same; numbers are compared by value, members in any order, lists in order. */
    static List<String> between(Map<?, ?> expected, Map<?, ?> found) {
        Differences differences = new Differences();
        differences.objects("", expected, found);
        return differences.paths;
    }

    private void values(String path, @Nullable Object expected, @Nullable Object found) {
        if (expected instanceof Map<?, ?> one && found instanceof Map<?, ?> other) {
            objects(path, one, other);
        } else if (expected instanceof List<?> one && found instanceof List<?> other) {
            lists(path, one, other);
        } else if (!same(expected, found)) {
            paths.add(path);
        }
    }

    private static boolean same(@Nullable Object expected, @Nullable Object found) {
        if (expected instanceof Number one && found instanceof Number other) {
            return new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString())) == 0;
        }
        return Objects.equals(expected, found);
    }

    private void objects(String path, Map<?, ?> expected, Map<?, ?> found) {
        Set<Object> names = new LinkedHashSet<>(expected.keySet());
        names.addAll(found.keySet());
        for (Object name : names) {
            String member = path.isEmpty() ? String.valueOf(name) : path + "." + name;
            if (expected.containsKey(name) && found.containsKey(name)) {
                values(member, expected.get(name), found.get(name));
            } else {
                paths.add(member);
            }
        }
    }

    private void lists(String path, List<?> expected, List<?> found) {
        Map<String, @Nullable Object> one = labelled(expected);
        Map<String, @Nullable Object> other = labelled(found);
        int before = paths.size();
        Set<String> labels = new LinkedHashSet<>(one.keySet());
        labels.addAll(other.keySet());
        for (String label : labels) {
            if (one.containsKey(label) && other.containsKey(label)) {
                values(path + "[" + label + "]", one.get(label), other.get(label));
            } else {
                paths.add(path + "[" + label + "]");
            }
        }
        if (paths.size() == before && !List.copyOf(one.keySet()).equals(List.copyOf(other.keySet()))) {
            paths.add(path + " (its order)");
        }
    }

    /** Items by their name where each has its own, otherwise by position. */
    private static Map<String, @Nullable Object> labelled(List<?> list) {
        Map<String, @Nullable Object> byName = new LinkedHashMap<>();
        for (Object item : list) {
            if (item instanceof Map<?, ?> members && members.get("name") instanceof String name) {
                byName.put(name, item);
            }
        }
        if (byName.size() == list.size()) {
            return byName;
        }
        Map<String, @Nullable Object> byPosition = new LinkedHashMap<>();
        for (int i = 0; i < list.size(); i++) {
            byPosition.put(String.valueOf(i), list.get(i));
        }
        return byPosition;
    }
}
