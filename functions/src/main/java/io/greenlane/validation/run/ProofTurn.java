package io.greenlane.validation.run;

import io.greenlane.validation.Finding;
import io.greenlane.validation.Result;
import io.greenlane.validation.check.GreenProof;
import io.greenlane.validation.rules.HookRules;
import java.time.Duration;
import java.util.List;

/** Proves green first; when that does not succeed, nothing else is asked. */
record ProofTurn(HookRules rules, GreenProof proof) implements Turn {
    @Override
    public Progress take(Progress before, Left left) {
        Duration longest = rules.readyWithin().minus(before.used());
        Finding finding = proof.prove(left.atMost(longest), rules.readyWithin());
        if (finding.result() == Result.PASS) {
            return before.with(List.of(finding)).nextStep();
        }
        return left.cutsOff(longest) ? before : before.with(List.of(finding)).finished();
    }

    @Override
    public List<Finding> late(Progress before, String why) {
        return List.of(new Finding("green", rules.place(), Result.INCONCLUSIVE, true,
                "Green was not proven, since " + why + ".", "an answer of green", "nothing", 0, null));
    }
}
