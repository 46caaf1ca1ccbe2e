package io.greenlane.rehearsal.loadbalancing;

import org.jspecify.annotations.Nullable;

/** Reads numbers that have a range. */
final class Numbers {
    private Numbers() {}

    static int within(String name, @Nullable String value, int least, int most) {
        try {
            return within(name, Integer.parseInt(String.valueOf(value)), least, most);
        } catch (NumberFormatException notANumber) {
            throw Faults.validation(name + " must be a number, got '" + value + "'");
        }
    }

    static int within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw Faults.validation("%s must be between %d and %d, got %d".formatted(name, least, most, value));
        }
        return value;
    }
}
