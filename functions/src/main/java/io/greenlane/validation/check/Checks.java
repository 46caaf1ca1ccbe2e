package io.greenlane.validation.check;

import io.greenlane.validation.Bench;
import io.greenlane.validation.Finding;
import io.greenlane.validation.Pace;
import io.greenlane.validation.Place;
import io.greenlane.validation.Result;
import io.greenlane.validation.rules.CheckRule;
import io.greenlane.validation.rules.ScenarioRule;
import java.time.Duration;

/**
 * Tries checks and scenarios on green. An answer that may not be green's never counts, neither as good nor as bad: it is asked
 * for again as long as the budget lasts.
 */
public final class Checks {
    private static final Duration BETWEEN_DOUBTS = Duration.ofSeconds(1);

    private final Pace pace;
    private final Proven proven;

    public Checks(Bench bench, GreenProof proof) {
        this.pace = bench.pace();
        this.proven = new Proven(bench, proof);
    }

    /**
     * Tries a check as often as its rule allows.
     *
     * @param budget the longest it may take
     * @return PASS or WARN after enough good answers in a row; FAIL or INCONCLUSIVE by the last bad one; INCONCLUSIVE when no
     *         answer counted
     */
    public Finding run(CheckRule rule, Duration budget) {
        Duration end = pace.now().plus(budget);
        Expected expected = new Expected(rule.expect(), rule.place());
        Tries tries = new Tries(rule.retry());
        String doubt = "there was no time to ask";
        while (pace.now().compareTo(end) < 0) {
            Duration next = pace.now().plus(rule.retry().every());
            switch (proven.ask(rule.request(), end.minus(pace.now()))) {
                case Proven.Doubted(String why) -> {
                    tries.doubted();
                    doubt = why;
                    next = pace.now().plus(BETWEEN_DOUBTS);
                }
                case Proven.Counts counts -> {
                    Judgement verdict = tries.next(expected.judge(rule.request(), counts.answer()));
                    if (verdict != null) {
                        return finding(rule, verdict, tries.counted());
                    }
                }
            }
            pauseUntil(next, end);
        }
        Judgement late = tries.outOfTime();
        return finding(rule, late == null ? uncounted(rule.request().line(), doubt, budget, rule.place()) : late,
                tries.counted());
    }

    private static Finding finding(CheckRule rule, Judgement judgement, int samples) {
        return judgement.finding("checks." + rule.name(), rule.place(), rule.enforced(), samples);
    }

    /**
     * Goes through a scenario, again from its first step when green was in doubt on the way.
     *
     * @param budget the longest it may take
     * @return PASS or WARN after the last step; FAIL or INCONCLUSIVE by the first step that did not go well; INCONCLUSIVE when
     *         green was in doubt all the time
     */
    public Finding run(ScenarioRule rule, Duration budget) {
        Duration end = pace.now().plus(budget);
        String name = "scenarios." + rule.name();
        String doubt = "there was no time to ask";
        while (pace.now().compareTo(end) < 0) {
            switch (Journey.go(rule, proven, end)) {
                case Journey.Ended(Judgement judgement, int answers) -> {
                    return judgement.finding(name, rule.place(), rule.enforced(), answers);
                }
                case Journey.Broken(String why) -> doubt = why;
            }
            pauseUntil(pace.now().plus(BETWEEN_DOUBTS), end);
        }
        return uncounted("scenario " + rule.name(), doubt, budget, rule.place()).finding(name, rule.place(),
                rule.enforced(), 0);
    }

    private void pauseUntil(Duration next, Duration end) {
        Duration pause = (next.compareTo(end) < 0 ? next : end).minus(pace.now());
        if (pause.isPositive()) {
            pace.pause(pause);
        }
    }

    private static Judgement uncounted(String asked, String doubt, Duration budget, Place place) {
        return new Judgement(Result.INCONCLUSIVE, "No answer to " + asked + " counted within " + Told.time(budget)
                + ", since none was proven to be green's: " + doubt + " (" + place + ")", "an answer of green", doubt);
    }
}
