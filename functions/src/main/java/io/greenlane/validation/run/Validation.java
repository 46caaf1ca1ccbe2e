package io.greenlane.validation.run;

import io.greenlane.validation.Alarms;
import io.greenlane.validation.Bench;
import io.greenlane.validation.Finding;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Place;
import io.greenlane.validation.Result;
import io.greenlane.validation.check.Checks;
import io.greenlane.validation.check.GreenProof;
import io.greenlane.validation.check.Mask;
import io.greenlane.validation.rules.HookRules;
import io.greenlane.validation.rules.ValidationRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The rules of one hook, one after the other: the proof of green, checks, scenarios, analyses, alarms. It goes on where an earlier
 * slice ended, in this process or another, and comes to the same result as without a break. Nothing that it hands out holds a
 * secret.
 *
 * <p>Checks and scenarios all run, even when one has failed: they are quick, and people want to know all that is wrong. What takes
 * minutes is left out once the verdict stands.
 */
public final class Validation {
    private final ValidationRules rules;
    private final HookEvent hook;
    private final Bench bench;
    private final Alarms alarms;
    private final Mask mask;

    /**
     * A validation.
     *
     * @param bench what the rules are tried on; each slice may have its own
     */
    public Validation(ValidationRules rules, HookEvent hook, Bench bench, Alarms alarms) {
        this.rules = rules;
        this.hook = hook;
        this.bench = bench;
        this.alarms = alarms;
        this.mask = new Mask(rules.secrets());
    }

    /**
     * Goes on until all is done or the budget is used up, whichever is first. Whatever goes wrong in a way that no rule foresees
     * is thrown.
     *
     * @param before what earlier slices came to; {@link Progress#NONE} for the first one
     * @param budget how long this may take, by the bench's pace
     * @return {@link Progress#done()} when no further slice is needed
     * @throws IllegalArgumentException when the budget is too short for any progress, so that slices would follow without end
     */
    public Progress go(Progress before, Duration budget) {
        return go(before, budget, progress -> {
        });
    }

    /**
     * The same for somebody who looks on.
     *
     * @param told how far it has come, after each rule; the last one before this returns is what it returns
     */
    public Progress go(Progress before, Duration budget, Consumer<Progress> told) {
        HookRules today = rules.hooks().get(hook);
        if (before.done()) {
            return before;
        }
        Progress progress = today == null
                ? before.with(List.of(nothingToDo())).finished()
                : go(today, before, budget, told);
        told.accept(progress);
        return progress;
    }

    private Progress go(HookRules today, Progress before, Duration budget, Consumer<Progress> told) {
        GreenProof proof = new GreenProof(bench, rules.identity(), today.readyWithin(), steady(before));
        List<Turn> turns = turns(today, proof);
        Duration begin = bench.pace().now();
        Progress progress = before;
        while (!progress.done()) {
            if (progress.steps() == turns.size()) {
                return progress.finished();
            }
            Left left = new Left(budget.minus(bench.pace().now().minus(begin)), today.within().minus(progress.used()),
                    progress.steps() == before.steps());
            if (!left.hook().isPositive()) {
                return masked(progress, late(today, turns, progress)).finished();
            }
            if (!left.slice().isPositive()) {
                return progress;
            }
            Progress after = masked(progress, turns.get(progress.steps()).take(progress, left))
                    .after(before.used().plus(bench.pace().now().minus(begin)), proof.steady());
            if (after.steps() == progress.steps() && !after.done()) {
                return after;
            }
            progress = after;
            told.accept(progress);
        }
        return progress;
    }

    /**
     * For how long the load balancer has said that it forwards to green alone. BeforeAllowTraffic does not begin without the verdict of
     * AfterAllowTestTraffic, which has waited for the same listener.
     */
    private Duration steady(Progress before) {
        boolean provenBefore = hook == HookEvent.BEFORE_ALLOW_TRAFFIC && before.equals(Progress.NONE)
                && rules.hooks().containsKey(HookEvent.AFTER_ALLOW_TEST_TRAFFIC);
        return provenBefore ? bench.routing().lag() : before.steady();
    }

    private List<Turn> turns(HookRules today, GreenProof proof) {
        Checks checks = new Checks(bench, proof);
        List<Turn> turns = new ArrayList<>();
        turns.add(new ProofTurn(today, proof));
        today.checks().forEach(rule -> turns.add(CheckTurn.of(rule, today.readyWithin(), checks, bench.pace())));
        today.scenarios().forEach(rule -> turns.add(CheckTurn.of(rule, today.readyWithin(), checks, bench.pace())));
        today.analyses().forEach(rule -> turns.add(new AnalysisTurn(rule, bench, proof)));
        if (today.alarms() != null) {
            turns.add(new AlarmTurn(today.alarms(), new AlarmWatch(alarms, bench.pace())));
        }
        return turns;
    }

    private static Progress late(HookRules today, List<Turn> turns, Progress progress) {
        String why = "the " + today.within().toSeconds() + " seconds that the hook may take (" + today.place()
                + ") were over";
        Progress told = progress;
        for (Turn turn : turns.subList(progress.steps(), turns.size())) {
            told = told.with(turn.late(told, why)).nextStep();
        }
        return told;
    }

    /** What has come is masked; what was there before already is. */
    private Progress masked(Progress before, Progress after) {
        return after.masked(before.findings().size(), mask);
    }

    private Finding nothingToDo() {
        return new Finding("hooks." + hook, new Place(rules.source(), 0, 0), Result.PASS, true,
                rules.source() + " says nothing about " + hook + ", so there is nothing to validate.", "nothing",
                "nothing", 0, null);
    }
}
