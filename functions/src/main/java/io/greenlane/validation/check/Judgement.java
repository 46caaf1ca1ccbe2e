package io.greenlane.validation.check;

import io.greenlane.validation.Finding;
import io.greenlane.validation.Place;
import io.greenlane.validation.Result;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What one answer was found to be.
 *
 * @param sentence without its full stop, with the place of each rule it names
 */
record Judgement(Result result, String sentence, String expected, String seen) {
    private static final int NAMED = 3;

    /** Whether one can go on. */
    boolean good() {
        return result == Result.PASS || result == Result.WARN;
    }

    /** As a finding of a rule. */
    Finding finding(String rule, Place place, boolean enforced, int samples) {
        return new Finding(rule, place, result, enforced, sentence + ".", expected, seen, samples, null);
    }

    /** The same, with more said. */
    Judgement adding(String more) {
        return new Judgement(result, sentence + more, expected, seen);
    }

    /**
     * One rule that is not kept.
     *
     * @param told for example {@code GET /health answered 500, expected 200}
     */
    record Violation(Result result, Place place, String told, String expected, String seen) {}

    /** The worst of several comes first; at most {@value #NAMED} are named. */
    static Judgement of(List<Violation> violations) {
        List<Violation> worst = violations.stream().sorted(Comparator.comparing(Violation::result).reversed()).toList();
        String named = worst.stream().limit(NAMED).map(one -> one.told() + " (" + one.place() + ")")
                .collect(Collectors.joining("; "));
        String more = worst.size() > NAMED ? "; and " + (worst.size() - NAMED) + " more" : "";
        return new Judgement(worst.get(0).result(), named + more, worst.get(0).expected(), worst.get(0).seen());
    }
}
