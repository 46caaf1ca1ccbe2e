package io.greenlane.validation;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What all rules of a hook came to.
 *
 * @param findings in the order in which they were made
 */
public record Conclusion(List<Finding> findings) {
    private static final int NAMED = 3;

    public Conclusion {
        findings = List.copyOf(findings);
    }

    /** The worst of the enforced findings; pass when there is none. */
    public Result result() {
        return enforced().map(Finding::result).reduce(Result.PASS, Result::and);
    }

    /** The first enforced finding that failed, which makes the conclusion what it is; null when none has. */
    public @Nullable Finding failed() {
        return enforced().filter(finding -> finding.result() == Result.FAIL).findFirst().orElse(null);
    }

    /** The sentence of the first of the worst enforced findings; of a pass, how many rules it rests on, and the trial rules that would not have passed. */
    public String sentence() {
        Result result = result();
        return result == Result.PASS
                ? passed() + trials()
                : enforced().filter(finding -> finding.result() == result).map(Finding::sentence).findFirst()
                        .orElseThrow();
    }

    private String passed() {
        List<Finding> passed = enforced().toList();
        return switch (passed.size()) {
            case 0 -> "No rule is enforced.";
            case 1 -> passed.get(0).sentence();
            default -> passed.size() + " rules passed: " + named(passed) + ".";
        };
    }

    private String trials() {
        List<Finding> others = findings.stream()
                .filter(finding -> !finding.enforced() && finding.result() != Result.PASS).toList();
        return others.isEmpty()
                ? ""
                : " Of the trial rules, which block nothing, " + others.size() + " did not pass: " + named(others)
                        + ".";
    }

    private static String named(List<Finding> findings) {
        String named = findings.stream().limit(NAMED).map(Finding::rule).collect(Collectors.joining(", "));
        return findings.size() > NAMED ? named + " and " + (findings.size() - NAMED) + " more" : named;
    }

    private Stream<Finding> enforced() {
        return findings.stream().filter(Finding::enforced);
    }
}
