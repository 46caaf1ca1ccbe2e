package io.greenlane.validation.run;

import io.greenlane.validation.Alarms;
import io.greenlane.validation.Alarms.Alarm;
import io.greenlane.validation.Alarms.State;
import io.greenlane.validation.Finding;
import io.greenlane.validation.Pace;
import io.greenlane.validation.Result;
import io.greenlane.validation.rules.AlarmRule;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Watches alarms for a time: one that goes off is a failure at once; one that does not exist says nothing. */
final class AlarmWatch {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

    private final Alarms alarms;
    private final Pace pace;

    AlarmWatch(Alarms alarms, Pace pace) {
        this.alarms = alarms;
        this.pace = pace;
    }

    /**
     * Watches on.
     *
     * @param quiet how long they have been quiet before
     * @param budget how long it may take now
     */
    Watched watch(AlarmRule rule, Duration quiet, Duration budget) {
        Duration begin = pace.now();
        while (true) {
            List<Alarm> now = alarms.now(rule.names());
            Duration sofar = quiet.plus(pace.now().minus(begin));
            Finding trouble = trouble(rule, now);
            if (trouble != null) {
                return new Watched(trouble, sofar);
            }
            Duration missing = rule.quietFor().minus(sofar);
            if (missing.isZero() || missing.isNegative()) {
                return new Watched(calm(rule, now), sofar);
            }
            Duration pause = missing.compareTo(BETWEEN_LOOKS) < 0 ? missing : BETWEEN_LOOKS;
            if (pace.now().plus(pause).minus(begin).compareTo(budget) > 0) {
                return new Watched(null, sofar);
            }
            pace.pause(pause);
        }
    }

    private static @Nullable Finding trouble(AlarmRule rule, List<Alarm> now) {
        for (Alarm alarm : now) {
            if (alarm.state() == State.ALARM) {
                return finding(rule, Result.FAIL, "Alarm " + alarm.name() + " is in ALARM"
                        + (alarm.reason().isBlank() ? "" : ": " + alarm.reason()), "ALARM");
            }
            if (alarm.state() == State.MISSING) {
                return finding(rule, Result.INCONCLUSIVE, "There is no alarm " + alarm.name(), "no such alarm");
            }
        }
        return null;
    }

    private static Finding calm(AlarmRule rule, List<Alarm> now) {
        List<String> silent = now.stream().filter(alarm -> alarm.state() == State.INSUFFICIENT_DATA).map(Alarm::name)
                .toList();
        String names = String.join(", ", rule.names());
        return silent.isEmpty()
                ? finding(rule, Result.PASS, names + " stayed quiet for " + rule.quietFor().toSeconds() + " seconds",
                        "quiet")
                : finding(rule, Result.WARN, "No alarm went off in " + rule.quietFor().toSeconds() + " seconds, but "
                        + String.join(", ", silent) + " had no data", "no data");
    }

    private static Finding finding(AlarmRule rule, Result result, String sentence, String seen) {
        return new Finding("alarms", rule.place(), result, true, sentence + " (" + rule.place() + ").",
                "quiet for " + rule.quietFor().toSeconds() + " s", seen, rule.names().size(), null);
    }

    /**
     * What came of it.
     *
     * @param finding null when it is not over
     * @param quiet how long they have been quiet, all in all
     */
    record Watched(@Nullable Finding finding, Duration quiet) {}
}
