package io.greenlane.release;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Members of ledger entries: what is null is left out, times are ISO-8601 text. */
final class Members {
    private final Map<String, Object> map;

    /** Begins with what an entry of a newer version may have besides what this one knows. */
    Members(@Nullable Entry before) {
        map = before == null ? new LinkedHashMap<>() : new LinkedHashMap<>(before.members());
    }

    Members() {
        this(null);
    }

    Members put(String name, @Nullable Object value) {
        switch (value) {
            case null -> map.remove(name);
            case Instant time -> map.put(name, time.toString());
            case Integer number -> map.put(name, number.longValue());
            default -> map.put(name, value);
        }
        return this;
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
