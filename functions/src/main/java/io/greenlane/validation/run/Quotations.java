package io.greenlane.validation.run;

import io.greenlane.validation.check.Mask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What evidence quotes of answers. Only these members are masked: all others are numbers, words of our own, and packed numbers, which a short
 * secret might hit by chance.
 */
final class Quotations {
    private static final Set<String> QUOTING = Set.of("doubt", "differences");

    private final Mask mask;

    Quotations(Mask mask) {
        this.mask = mask;
    }

    /** The same evidence with secrets hidden in what it quotes. */
    Map<String, Object> masked(Map<String, Object> evidence) {
        Map<String, Object> shown = new LinkedHashMap<>();
        evidence.forEach((name, value) -> {
            Object masked = masked(value, QUOTING.contains(name));
            if (masked != null) {
                shown.put(name, masked);
            }
        });
        return shown;
    }

    private @Nullable Object masked(@Nullable Object value, boolean quoted) {
        return switch (value) {
            case Map<?, ?> object -> {
                Map<String, @Nullable Object> shown = new LinkedHashMap<>();
                object.forEach((key, member) -> {
                    String name = String.valueOf(key);
                    shown.put(quoted ? mask.text(name) : name, masked(member, quoted || QUOTING.contains(name)));
                });
                yield shown;
            }
            case List<?> list -> {
                List<@Nullable Object> shown = new ArrayList<>();
                list.forEach(item -> shown.add(masked(item, quoted)));
                yield shown;
            }
            case String text -> quoted ? mask.text(text) : text;
            case null, default -> value;
        };
    }
}
