package io.greenlane.release;

import io.greenlane.service.ServiceReference;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Members of ledger entries, and of objects in them: what is null is left out, times are ISO-8601 text. They begin with what stands
 * there already, so that what a newer version has written, and this one does not know, is written back.
 */
final class Members {
    private final Map<String, Object> map = new LinkedHashMap<>();

    /** Begins with what an entry has. */
    Members(@Nullable Entry before) {
        this(before == null ? Map.of() : before.members());
    }

    /** Begins with what an entry or an object has. */
    Members(Map<?, ?> before) {
        before.forEach((name, value) -> map.put(String.valueOf(name), Objects.requireNonNull(value)));
    }

    /** Of the object at that name, empty when there is none. */
    Members in(String name) {
        return in(name, Map.of());
    }

    /** Of the object at that name that agrees in these members, alone or one of a list; empty when there is none. */
    Members in(String name, Map<String, ?> same) {
        Stream<?> there = map.get(name) instanceof List<?> list ? list.stream() : Stream.ofNullable(map.get(name));
        return there.filter(one -> one instanceof Map<?, ?> object && object.entrySet().containsAll(same.entrySet()))
                .findFirst().map(one -> new Members((Map<?, ?>) one)).orElseGet(() -> new Members(Map.of()));
    }

    Members put(String name, @Nullable Object value) {
        switch (value) {
            case null -> map.remove(name);
            case Instant time -> map.put(name, time.toString());
            case Integer number -> map.put(name, number.longValue());
            case Members object -> map.put(name, object.map);
            default -> map.put(name, value);
        }
        return this;
    }

    Members putAll(Map<String, ?> members) {
        members.forEach(this::put);
        return this;
    }

    /** Objects that never change: one that stands there already stays as it is. None of them leave the name out. */
    Members putObjects(String name, List<Map<String, Object>> objects) {
        return put(name, objects.isEmpty()
                ? null
                : objects.stream().map(one -> in(name, one).putAll(one).map).toList());
    }

    /** The service that an entry is about. */
    Members put(ServiceReference service) {
        return put("service", in("service").put("cluster", null).put("service", null).put("group", null)
                .putAll(service.members()));
    }

    Map<String, Object> map() {
        return map;
    }

    static int number(Map<?, ?> members, String name) {
        return members.get(name) instanceof Number number ? number.intValue() : 0;
    }

    static @Nullable Instant time(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }

    static List<String> texts(Map<?, ?> members, String name) {
        return members.get(name) instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
    }
}
