package io.greenlane.validation.run;

import io.greenlane.validation.Finding;
import io.greenlane.validation.Result;
import io.greenlane.validation.rules.AlarmRule;
import java.util.List;

/** Alarms that must be quiet for a time; once the hook has failed they are not waited for. */
record AlarmTurn(AlarmRule rule, AlarmWatch watch) implements Turn {
    @Override
    public Progress take(Progress before, Left left) {
        Finding failed = before.conclusion().failed();
        if (failed != null) {
            return before.with(late(before, failed.rule() + " has failed already")).nextStep();
        }
        AlarmWatch.Watched watched = watch.watch(rule, before.quiet(), left.least());
        if (watched.finding() != null) {
            return before.with(List.of(watched.finding())).nextStep();
        }
        if (!left.cutsOff(left.hook())) {
            return before.quietFor(watched.quiet()).with(late(before, "the time of the hook was over")).nextStep();
        }
        if (left.fresh() && watched.quiet().equals(before.quiet())) {
            throw new IllegalArgumentException("A slice of " + left.slice() + " is too short to look at alarms twice");
        }
        return before.quietFor(watched.quiet());
    }

    @Override
    public List<Finding> late(Progress before, String why) {
        return List.of(new Finding("alarms", rule.place(), Result.INCONCLUSIVE, true,
                "Alarms were not watched for " + rule.quietFor().toSeconds() + " seconds, since " + why + " ("
                        + rule.place() + ").",
                "quiet for " + rule.quietFor().toSeconds() + " s", "quiet for " + before.quiet().toSeconds() + " s",
                rule.names().size(), null));
    }
}
