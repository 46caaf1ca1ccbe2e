package io.greenlane.validation.run;

import io.greenlane.json.JsonObject;
import io.greenlane.validation.Bench;
import io.greenlane.validation.Finding;
import io.greenlane.validation.Result;
import io.greenlane.validation.analysis.Analysis;
import io.greenlane.validation.analysis.Evidence;
import io.greenlane.validation.check.GreenProof;
import io.greenlane.validation.rules.AnalysisRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An analysis; it goes on in the next slice where it was. Once the hook has failed it sends no traffic any more. */
final class AnalysisTurn implements Turn {
    private final AnalysisRule rule;
    private final Analysis analysis;

    AnalysisTurn(AnalysisRule rule, Bench bench, GreenProof proof) {
        this.rule = rule;
        this.analysis = new Analysis(rule, bench, proof);
    }

    @Override
    public Progress take(Progress before, Left left) {
        Finding failed = before.conclusion().failed();
        if (failed != null) {
            return before.with(List.of(notRun(failed.rule() + " has failed already"))).nextStep();
        }
        Evidence known = known(before);
        Evidence evidence = analysis.gather(known, left.least());
        Progress after = before.with(rule.name(), evidence.members());
        if (evidence.complete() || !left.cutsOff(left.hook())) {
            return after.with(analysis.judge(evidence)).nextStep();
        }
        if (left.fresh() && known != null && evidence.members().equals(known.members())) {
            throw new IllegalArgumentException("A slice of " + left.slice() + " is too short to send a request of the"
                    + " analysis " + rule.name() + " (" + rule.place() + ") and wait for its answer");
        }
        return after;
    }

    @Override
    public List<Finding> late(Progress before, String why) {
        Evidence evidence = known(before);
        return evidence == null ? List.of(notRun(why)) : analysis.judge(evidence);
    }

    private @Nullable Evidence known(Progress progress) {
        Map<String, Object> kept = progress.evidence().get(rule.name());
        return kept == null ? null : Evidence.from(new JsonObject("evidence." + rule.name(), kept));
    }

    private Finding notRun(String why) {
        return new Finding("analyses." + rule.name(), rule.place(), Result.INCONCLUSIVE, rule.enforced(),
                "The analysis " + rule.name() + " was not run, since " + why + " (" + rule.place() + ").",
                "traffic for " + rule.traffic().duration().toSeconds() + " s", "nothing", 0, null);
    }
}
