package io.greenlane.validation;

import java.util.Comparator;
import java.util.List;

/**
 * What all rules of a hook came to.
 *
 * @param findings in the order in which they were made
 */
public record Conclusion(List<Finding> findings) {
    public Conclusion {
        findings = List.copyOf(findings);
    }

    /** The worst of the enforced findings; pass when there is none. */
    public Result result() {
        return findings.stream().filter(Finding::enforced).map(Finding::result).reduce(Result.PASS, Result::and);
    }

    /** The sentence of the first of the worst enforced findings. */
    public String sentence() {
        return findings.stream().filter(Finding::enforced).max(Comparator.comparing(Finding::result))
                .map(Conclusion::told).orElse("No rule is enforced.");
    }

    private static String told(Finding finding) {
        return finding.sentence();
    }
}
