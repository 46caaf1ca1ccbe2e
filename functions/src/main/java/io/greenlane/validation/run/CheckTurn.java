package io.greenlane.validation.run;

import io.greenlane.validation.Finding;
import io.greenlane.validation.Pace;
import io.greenlane.validation.Place;
import io.greenlane.validation.Result;
import io.greenlane.validation.check.Checks;
import io.greenlane.validation.rules.CheckRule;
import io.greenlane.validation.rules.Retry;
import io.greenlane.validation.rules.ScenarioRule;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * A check or a scenario. It is never cut in half: when the slice ends in its middle, it begins anew in the next one, as what it
 * found by then would say more about the slice than about green.
 *
 * @param takes how long it may take while green is in no doubt
 * @param doubts how much longer it may take for answers that do not count
 * @param run runs it within a budget
 */
record CheckTurn(String name, Place place, boolean enforced, Duration takes, Duration doubts, Pace pace,
        Function<Duration, Finding> run) implements Turn {
    static CheckTurn of(CheckRule rule, Duration doubts, Checks checks, Pace pace) {
        Retry retry = rule.retry();
        return new CheckTurn("checks." + rule.name(), rule.place(), rule.enforced(),
                retry.every().multipliedBy(retry.attempts() - 1L)
                        .plus(rule.request().timeout().multipliedBy(retry.attempts())),
                doubts, pace, budget -> checks.run(rule, budget));
    }

    static CheckTurn of(ScenarioRule rule, Duration doubts, Checks checks, Pace pace) {
        return new CheckTurn("scenarios." + rule.name(), rule.place(), rule.enforced(),
                rule.steps().stream().map(step -> step.request().timeout()).reduce(Duration.ZERO, Duration::plus),
                doubts, pace, budget -> checks.run(rule, budget));
    }

    @Override
    public Progress take(Progress before, Left left) {
        if (left.cutsOff(takes) && !left.fresh()) {
            return before;
        }
        Duration longest = takes.plus(doubts);
        Duration budget = left.atMost(longest);
        Duration end = pace.now().plus(budget);
        Finding finding = run.apply(budget);
        return left.cutsOff(longest) && pace.now().compareTo(end) >= 0
                ? before
                : before.with(List.of(finding)).nextStep();
    }

    @Override
    public List<Finding> late(Progress before, String why) {
        return List.of(new Finding(name, place, Result.INCONCLUSIVE, enforced,
                name + " was not tried, since " + why + " (" + place + ").", "an answer of green", "nothing", 0, null));
    }
}
