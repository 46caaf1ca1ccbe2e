package io.greenlane.hook;

import io.greenlane.hook.Probe.Answer;
import io.greenlane.hook.TestTraffic.Green;
import io.greenlane.validation.Pace;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Requests a page of green through the test listener until enough answers in a row agree. An answer counts only while the
 * listener is proven to forward to green alone; what is only not ready yet is asked again, never slept for.
 */
public final class GreenCheck {
    /** A load balancer's own answers when no target can be reached. */
    private static final Set<Integer> NOT_READY = Set.of(502, 503, 504);

    private final TestTraffic traffic;
    private final Probe probe;
    private final Pace pace;
    private final Check check;

    public GreenCheck(TestTraffic traffic, Probe probe, Pace pace, Check check) {
        this.traffic = traffic;
        this.probe = probe;
        this.pace = pace;
        this.check = check;
    }

    /**
     * Checks green.
     *
     * @param budget time left to the one who must report
     */
    public Finding run(Green green, Duration budget) {
        Duration within = budget.compareTo(check.readyWithin()) < 0 ? budget : check.readyWithin();
        Duration end = pace.now().plus(within);
        URI page = green.address().resolve(check.path());
        Streak streak = new Streak();
        while (true) {
            Finding finding = streak.next(observe(green, page));
            if (finding != null) {
                return finding;
            }
            if (pace.now().plus(check.interval()).compareTo(end) >= 0) {
                return new Finding(false, "GET " + page + " was not proven good within " + within.toSeconds()
                        + " seconds; last: " + streak.last);
            }
            pace.pause(check.interval());
        }
    }

    private Observation observe(Green green, URI page) {
        String doubt = doubt(green, traffic.weights(green));
        if (doubt != null) {
            return new Observation(null, doubt);
        }
        return switch (probe.get(page)) {
            case Answer.Nothing(String why) -> new Observation(null, "GET " + page + ": " + why);
            case Answer.Status(int code) -> {
                String said = "GET " + page + " answered " + code;
                yield new Observation(NOT_READY.contains(code) ? null : check.status().includes(code), said);
            }
        };
    }

    /** Why a request might be answered by something else than green; null when it cannot. */
    static @Nullable String doubt(Green green, Map<String, Integer> weights) {
        if (weights.getOrDefault(green.targetGroup(), 0) <= 0) {
            return "The test listener does not forward to green's target group " + name(green.targetGroup());
        }
        return weights.entrySet().stream()
                .filter(other -> other.getValue() > 0 && !other.getKey().equals(green.targetGroup())).findFirst()
                .map(other -> "The test listener still forwards to " + name(other.getKey()) + " besides green's "
                        + name(green.targetGroup()))
                .orElse(null);
    }

    private static String name(String targetGroupArn) {
        String[] parts = targetGroupArn.split("/", -1);
        return parts.length == 3 ? parts[1] : targetGroupArn;
    }

    /** Right, wrong, or (null) nothing that counts. */
    private record Observation(@Nullable Boolean right, String said) {}

    /**
     * What the check came to.
     *
     * @param sentence what was seen, and what was expected
     */
    public record Finding(boolean passed, String sentence) {}

    /** Answers in a row that agree. */
    private final class Streak {
        private String last = "nothing was asked";
        private int right;
        private int wrong;

        @Nullable
        Finding next(Observation observation) {
            last = observation.said();
            right = Boolean.TRUE.equals(observation.right()) ? right + 1 : 0;
            wrong = Boolean.FALSE.equals(observation.right()) ? wrong + 1 : 0;
            if (right == check.inARow()) {
                return new Finding(true, last + ", " + right + " times in a row, from green alone.");
            }
            return wrong == check.inARow()
                    ? new Finding(false, last + ", " + wrong + " times in a row; expected " + check.status() + ".")
                    : null;
        }
    }
}
