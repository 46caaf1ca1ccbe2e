package io.greenlane.rehearsal.show;

import java.time.Duration;
import java.util.Locale;

/** Durations for people. */
final class Durations {
    private static final double SECOND = 1000;

    private Durations() {}

    /** What the time factor means: {@code an hour of waiting on AWS takes 15 s here}. */
    static String meaning(int timeFactor) {
        return timeFactor <= 1
                ? "waits take as long as on AWS"
                : "an hour of waiting on AWS takes " + of(Duration.ofHours(1).dividedBy(timeFactor)) + " here";
    }

    /** {@code 0.3 s}, {@code 42 s}, {@code 3 min 5 s}, {@code 1 h}. */
    static String of(Duration duration) {
        double seconds = Math.max(0, duration.toMillis()) / SECOND;
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        Duration whole = Duration.ofSeconds(Math.round(seconds));
        if (whole.toMinutes() == 0) {
            return whole.toSeconds() + " s";
        }
        if (whole.toHours() == 0) {
            return whole.toMinutes() + " min" + (whole.toSecondsPart() == 0 ? "" : " " + whole.toSecondsPart() + " s");
        }
        return whole.toHours() + " h" + (whole.toMinutesPart() == 0 ? "" : " " + whole.toMinutesPart() + " min");
    }
}
