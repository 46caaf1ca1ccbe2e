package io.greenlane.validation.analysis;

import io.greenlane.probe.Request;
import io.greenlane.validation.Bench;
import io.greenlane.validation.Finding;
import io.greenlane.validation.Result;
import io.greenlane.validation.analysis.Plan.Phase;
import io.greenlane.validation.analysis.Plan.Step;
import io.greenlane.validation.check.GreenProof;
import io.greenlane.validation.rules.AnalysisRule;
import io.greenlane.validation.rules.AnalysisRule.Baseline;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One analysis: sends its traffic, and says what its rules find in the answers.
 *
 * <p>It ends before its time when the verdict stands. A threshold is a count of bad answers, so there is a moment from which it is
 * broken, or kept, whatever is still to come: nothing is guessed, and nothing can be a false alarm that would not have been one at
 * the end. A comparison has no such moment: whoever looks often enough sees a difference where there is none. So it is looked
 * at only twice before the end, after one and two thirds of the traffic, each time with a tenth of the chance of a false alarm,
 * and at the end with the other eight tenths; together they are not above what the rule allows. A look can only end the
 * analysis because green is worse, never because it seems as good.
 *
 * <p>Where a request has had so few pairs of answers that a difference in all of them may be chance, it is asked again in the end.
 */
public final class Analysis {
    private static final int THIRDS = 3;
    /** How many times at most it is asked whether the verdict stands. */
    private static final int TIMES = 100;
    private static final int LEAST_BETWEEN = 10;

    private final AnalysisRule rule;
    private final Bench bench;
    private final GreenProof proof;
    private final Plan plan;
    private final Thresholds thresholds;

    /** An analysis of what answers on the bench. */
    public Analysis(AnalysisRule rule, Bench bench, GreenProof proof) {
        this.rule = rule;
        this.bench = bench;
        this.proof = proof;
        this.plan = new Plan(rule, bench.blue() != null);
        this.thresholds = new Thresholds(rule);
    }

    /**
     * Sends traffic until there is nothing more to learn or the budget is used up, whichever is first.
     *
     * @param before what an earlier call has gathered; null for the first one
     * @param budget how long this may take; the longest timeout of a request and three seconds of it are kept to wait for the last
     *            answers
     * @return all that is known by now, with what was known before; it is {@link Evidence#complete()} when no further call is needed
     */
    public Evidence gather(@Nullable Evidence before, Duration budget) {
        Evidence evidence = before == null ? Evidence.none(rule, plan) : before.copy();
        if (evidence.complete()) {
            return evidence;
        }
        Duration begin = bench.pace().now();
        Evidence measured = run(evidence, true, budget);
        if (!measured.toBeConfirmed()) {
            return measured;
        }
        measured.confirm(toConfirm(measured));
        return measured.complete() ? measured : run(measured, false, budget.minus(bench.pace().now().minus(begin)));
    }

    private Evidence run(Evidence evidence, boolean anew, Duration budget) {
        Collector collector = new Collector(rule, proof, bench.pace(), evidence);
        Watch watch = new Watch(collector);
        new Generator(bench, rule.traffic().requests(), collector)
                .run(plan.after(evidence.copy(), anew, bench.random()), budget, watch::over);
        Evidence decided = watch.decided;
        return decided == null ? collector.snapshot() : decided;
    }

    private List<Integer> toConfirm(Evidence evidence) {
        List<String> lines = rule.traffic().requests().stream().map(Request::line).toList();
        return evidence.suspicious().stream().limit(plan.mostConfirmed()).map(lines::indexOf).toList();
    }

    /** What the rules find: first the thresholds in the order of the file, then the comparison with blue. */
    public List<Finding> judge(Evidence evidence) {
        return Stream.concat(thresholds.judge(evidence).stream(), compared(evidence).stream())
                .map(finding -> Findings.counted(rule, finding)).toList();
    }

    private List<Finding> compared(Evidence evidence) {
        Baseline baseline = rule.baseline();
        if (baseline == null) {
            return List.of();
        }
        double confidence = FalseAlarms.confidenceOfNumbers(baseline, evidence.ending());
        return Stream.concat(new Comparisons(rule, baseline).judge(evidence, confidence, unsure(evidence)).stream(),
                new Contents(rule, baseline).judge(evidence, unusable(evidence), unsure(evidence)).stream()).toList();
    }

    /** Why nothing can be said about green against blue; null when something can. */
    private @Nullable String unsure(Evidence evidence) {
        String unusable = unusable(evidence);
        if (unusable != null) {
            return unusable;
        }
        String ofBlue = Doubts.ofBlue(rule, evidence);
        return ofBlue == null ? Doubts.ofGreen(rule, evidence) : ofBlue;
    }

    /** Why nothing can be said, not even that green is worse, however many answers there are; null when there is no such reason. */
    private @Nullable String unusable(Evidence evidence) {
        if (bench.blue() == null) {
            return "there is no blue to compare with";
        }
        if (evidence.ending() == Ending.CERTAIN) {
            return Doubts.ended(evidence, Ending.CERTAIN);
        }
        String ofBlue = Doubts.blueUnwell(rule, evidence);
        return ofBlue == null ? Doubts.greenDoubted(evidence) : ofBlue;
    }

    /** Sees when the verdict stands. */
    private final class Watch {
        private final Collector collector;
        private final boolean comparing = rule.baseline() != null && bench.blue() != null;
        private @Nullable Evidence decided;

        Watch(Collector collector) {
            this.collector = collector;
        }

        boolean over(Step step) {
            if (step.phase() != Phase.MEASURE) {
                return false;
            }
            int index = step.index();
            int planned = plan.steps(Phase.MEASURE);
            if (index > 0 && index % Math.max(LEAST_BETWEEN, planned / TIMES) == 0) {
                decided = collector.endedBy(this::certain);
            }
            if (decided == null && comparing && (index == planned / THIRDS || index == 2 * planned / THIRDS)
                    && index > 0) {
                Evidence now = collector.snapshot();
                Ending ending = look(now);
                decided = ending == null ? null : now.ended(ending);
            }
            return decided != null;
        }

        private @Nullable Ending certain(Evidence now) {
            if (thresholds.surelyBroken(now) || (!comparing && thresholds.surelyKept(now))) {
                return Ending.CERTAIN;
            }
            boolean unwell = comparing && now.errors(Side.BLUE) > Doubts.mostErrorsOfBlue(rule) * now.planned();
            return unwell ? Ending.BLUE_UNWELL : null;
        }

        private @Nullable Ending look(Evidence now) {
            boolean worse = compared(now.copy().ended(Ending.LOOK)).stream()
                    .anyMatch(finding -> finding.result() == Result.FAIL);
            return worse ? Ending.LOOK : null;
        }
    }
}
