package io.greenlane.validation.check;

import io.greenlane.probe.Answer;
import io.greenlane.probe.Request;
import io.greenlane.validation.Result;
import io.greenlane.validation.check.Judgement.Violation;
import io.greenlane.validation.rules.ScenarioRule;
import io.greenlane.validation.rules.ScenarioRule.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One way through the steps of a scenario. */
final class Journey {
    private final Values values = new Values();
    private final List<Judgement> warnings = new ArrayList<>();
    private int answers;

    private Journey() {}

    /** How far it came. */
    sealed interface Reached {}

    /** To its end, or to a step that did not go well. */
    record Ended(Judgement judgement, int answers) implements Reached {}

    /** Green was in doubt on the way. */
    record Broken(String doubt) implements Reached {}

    static Reached go(ScenarioRule rule, Proven proven, Duration end) {
        return new Journey().steps(rule, proven, end);
    }

    private Reached steps(ScenarioRule rule, Proven proven, Duration end) {
        for (Step step : rule.steps()) {
            Request request;
            try {
                request = values.fill(step.request());
            } catch (IllegalArgumentException e) {
                return new Ended(violated(step, step.request().line() + " could not be sent: " + e.getMessage()),
                        answers);
            }
            switch (proven.ask(request, end.minus(proven.bench().pace().now()))) {
                case Proven.Doubted(String why) -> {
                    return new Broken(why);
                }
                case Proven.Counts(Answer answer) -> {
                    answers++;
                    Judgement judgement = judge(step, request, answer);
                    if (!judgement.good()) {
                        return new Ended(judgement, answers);
                    }
                    if (judgement.result() == Result.WARN) {
                        warnings.add(judgement);
                    }
                }
            }
        }
        return new Ended(warnings.isEmpty()
                ? new Judgement(Result.PASS, "All " + answers + " steps of scenario " + rule.name()
                        + " went as expected (" + rule.place() + ")", answers + " good steps", answers + " good steps")
                : warnings.get(0), answers);
    }

    private Judgement judge(Step step, Request request, Answer answer) {
        Judgement judgement = new Expected(step.expect(), step.place()).judge(request, answer);
        if (!judgement.good() || !(answer instanceof Answer.Response response) || step.save().isEmpty()) {
            return judgement;
        }
        String missing = save(step.save(), response);
        return missing == null ? judgement : violated(step, request.line() + " " + missing);
    }

    private @Nullable String save(Map<String, String> save, Answer.Response response) {
        return switch (JsonBody.of(response)) {
            case JsonBody.Unreadable(String why) -> why + ", so there is nothing to save from it";
            case JsonBody.Parsed parsed -> save.entrySet().stream().sorted(Map.Entry.comparingByKey()).map(entry -> {
                Found found = Found.at(entry.getValue(), parsed);
                Object value = found.single() ? found.values().get(0) : null;
                if (value == null) {
                    return "has " + (found.values().size() > 1 ? "more than one value" : "no value") + " at "
                            + entry.getValue() + " to save as " + entry.getKey();
                }
                values.put(entry.getKey(), value);
                return "";
            }).filter(problem -> !problem.isEmpty()).findFirst().orElse(null);
        };
    }

    private static Judgement violated(Step step, String told) {
        return Judgement.of(List.of(new Violation(Result.FAIL, step.place(), told, "a value to carry on", "none")));
    }
}
