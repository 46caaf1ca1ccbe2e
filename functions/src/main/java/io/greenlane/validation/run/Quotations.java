package io.greenlane.validation.run;

import io.greenlane.validation.check.Mask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What evidence quotes of answers. Only texts of these names are masked: all others are words of our own and packed numbers, which a short
 * secret might hit by chance.
 */
final class Quotations {
    /** Why answers are in doubt, and where answers differ and in what. */
    private static final Set<String> NAMES = Set.of("doubt", "path", "blue", "green");

    private final Mask mask;

    Quotations(Mask mask) {
        this.mask = mask;
    }

    /** The same evidence with secrets hidden in what it quotes. */
    Map<String, Object> masked(Map<String, Object> evidence) {
        Map<String, Object> shown = new LinkedHashMap<>();
        evidence.forEach((name, value) -> shown.put(name, member(name, value)));
        return shown;
    }

    private Object member(String name, Object value) {
        return value instanceof String text && NAMES.contains(name) ? mask.text(text) : within(value);
    }

    private Object within(Object value) {
        return switch (value) {
            case Map<?, ?> object -> {
                Map<String, @Nullable Object> shown = new LinkedHashMap<>();
                object.forEach((name, member) -> shown.put(String.valueOf(name),
                        member == null ? null : member(String.valueOf(name), member)));
                yield shown;
            }
            case List<?> list -> {
                List<@Nullable Object> shown = new ArrayList<>();
                list.forEach(item -> shown.add(item == null ? null : within(item)));
                yield shown;
            }
            default -> value;
        };
    }
}
