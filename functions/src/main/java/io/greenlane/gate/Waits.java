package io.greenlane.gate;

import java.time.Duration;

/** How long a gate waits, in words. */
final class Waits {
    private Waits() {}

    /** As a file has it: {@code 30m}, {@code 24h}, {@code 7d}. */
    static String text(Duration wait) {
        if (wait.toHours() >= 48 && wait.toHours() % 24 == 0) {
            return wait.toDays() + "d";
        }
        return wait.toMinutes() % 60 == 0 ? wait.toHours() + "h" : wait.toMinutes() + "m";
    }
}
