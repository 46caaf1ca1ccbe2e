package io.greenlane.validation.analysis;

import io.greenlane.validation.rules.AnalysisRule;
import io.greenlane.validation.rules.AnalysisRule.Baseline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which request is due when. One step per period of the rate: its first request at a random moment in the first half of the period, so
 * that the load does not beat in time with something in the service, and with a blue the same request to the other side half a
 * period later (but no more than {@link #MOST_APART}), the order drawn for each pair. While noise is learnt both go to blue, at half
 * the rate, so that blue gets no more than the rate. The requests come in random order, each as often as the others. Requests that are
 * confirmed come in turn, each once to blue and blue and once to blue and green.
 */
final class Plan {
    /** Pairs further apart would see different times of a page. */
    static final Duration MOST_APART = Duration.ofMillis(100);
    /** So many pairs of each sort are enough to tell what always differs from what differs by chance. */
    static final int CONFIRMING_PAIRS = 12;
    private static final int MOST_CONFIRMED = 10;
    /** How long connections of a new call are warmed up before it goes on. */
    private static final Duration WARM_UP_AGAIN = Duration.ofSeconds(2);

    private final AnalysisRule rule;
    private final boolean withBlue;

    /**
     * The plan of a rule.
     *
     * @param withBlue whether there is a blue to compare with
     */
    Plan(AnalysisRule rule, boolean withBlue) {
        this.rule = rule;
        this.withBlue = withBlue && rule.baseline() != null;
    }

    /** What the requests of a step are for. */
    enum Phase {
        /** Answers are kept apart. */
        WARM_UP,
        /** Blue against blue. */
        LEARN,
        /** Answers that count. */
        MEASURE,
        /** Blue against blue and green against blue, where there were too few pairs to tell a difference from noise. */
        CONFIRM
    }

    /**
     * What is due in one period.
     *
     * @param again whether it warms up a call that goes on where another ended, and is no part of the plan's number
     * @param index of the period in its phase
     * @param position of the period, as time since the begin of the phase
     * @param request index into the rule's requests
     */
    record Step(Phase phase, boolean again, int index, Duration position, int request, List<Leg> legs) {}

    /**
     * One request.
     *
     * @param due since the begin of this call
     */
    record Leg(Side side, Duration due) {}

    /** How many steps a phase has; none where that shows only on the way. */
    int steps(Phase phase) {
        double perSecond = rule.traffic().perSecond();
        Baseline baseline = rule.baseline();
        return switch (phase) {
            case WARM_UP -> (int) Math.round(perSecond * seconds(rule.traffic().warmUp()));
            case LEARN -> baseline != null && comparesAnswers() ? baseline.learn() : 0;
            case MEASURE -> Math.max(1, (int) Math.round(perSecond * seconds(rule.traffic().duration())));
            case CONFIRM -> 0;
        };
    }

    /** Whether it is compared what answers of blue and green hold. */
    boolean comparesAnswers() {
        Baseline baseline = rule.baseline();
        return withBlue && baseline != null && baseline.comparesAnswers();
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private Duration period(Phase phase) {
        return Duration.ofNanos(
                (long) (1e9 / rule.traffic().perSecond() * (phase == Phase.MEASURE || phase == Phase.WARM_UP ? 1 : 2)));
    }

    /** Of so many requests at most it is confirmed that they differ: what takes half as long as the traffic that counts, but one at least. */
    int mostConfirmed() {
        long longest = rule.traffic().duration().dividedBy(2)
                .dividedBy(period(Phase.CONFIRM).multipliedBy(2L * CONFIRMING_PAIRS));
        return Math.clamp(longest, 1, MOST_CONFIRMED);
    }

    /**
     * The steps that are left, from the first moment on.
     *
     * @param anew whether a call goes on where another ended, so that connections are warmed up again
     */
    Iterator<Step> after(Evidence before, boolean anew, RandomGenerator random) {
        List<Stretch> stretches = new ArrayList<>();
        int warmed = before.steps(Phase.WARM_UP);
        if (anew && warmed > 0) {
            int again = (int) Math.round(rule.traffic().perSecond() * seconds(WARM_UP_AGAIN));
            stretches.add(new Stretch(Phase.WARM_UP, true, 0, Math.min(again, steps(Phase.WARM_UP))));
        }
        for (Phase phase : Phase.values()) {
            stretches.add(new Stretch(phase, false, before.steps(phase), before.planned(phase)));
        }
        return new Steps(stretches, before.confirming(), random);
    }

    private record Stretch(Phase phase, boolean again, int from, int to) {}

    private final class Steps implements Iterator<Step> {
        private final List<Stretch> stretches;
        private final List<Integer> confirming;
        private final RandomGenerator random;
        private final Deque<Integer> requests = new ArrayDeque<>();
        private int stretch;
        private int done;
        private Duration due = Duration.ZERO;

        Steps(List<Stretch> stretches, List<Integer> confirming, RandomGenerator random) {
            this.stretches = stretches.stream().filter(one -> one.to() > one.from()).toList();
            this.confirming = confirming;
            this.random = random;
        }

        @Override
        public boolean hasNext() {
            return stretch < stretches.size();
        }

        @Override
        public Step next() {
            if (!hasNext()) {
                throw new NoSuchElementException("The plan has ended");
            }
            Stretch now = stretches.get(stretch);
            Duration period = period(now.phase());
            int index = now.from() + done;
            boolean confirms = now.phase() == Phase.CONFIRM;
            Step step = new Step(now.phase(), now.again(), index, period.multipliedBy(index),
                    confirms ? confirming.get(index / 2 % confirming.size()) : request(),
                    legs(now.phase() == Phase.LEARN || (confirms && index % 2 == 0), period));
            due = due.plus(period);
            done++;
            if (index + 1 == now.to()) {
                stretch++;
                done = 0;
            }
            return step;
        }

        private int request() {
            if (requests.isEmpty()) {
                List<Integer> once = IntStream.range(0, rule.traffic().requests().size()).boxed()
                        .collect(Collectors.toCollection(ArrayList::new));
                Collections.shuffle(once, Random.from(random));
                requests.addAll(once);
            }
            return requests.remove();
        }

        private List<Leg> legs(boolean blueAlone, Duration period) {
            Duration half = period.dividedBy(2);
            Duration first = due.plusNanos((long) (random.nextDouble() * half.toNanos()));
            if (!withBlue) {
                return List.of(new Leg(Side.GREEN, first));
            }
            Duration second = first.plus(half.compareTo(MOST_APART) < 0 ? half : MOST_APART);
            if (blueAlone) {
                return List.of(new Leg(Side.BLUE, first), new Leg(Side.BLUE, second));
            }
            boolean greenFirst = random.nextBoolean();
            return List.of(new Leg(greenFirst ? Side.GREEN : Side.BLUE, first),
                    new Leg(greenFirst ? Side.BLUE : Side.GREEN, second));
        }
    }
}
