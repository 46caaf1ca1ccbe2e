package io.greenlane.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Many findings, one result and one sentence. */
class ConclusionTest {
    private static Finding finding(String rule, Result result, boolean enforced) {
        return new Finding(rule, new Place("validation.yaml", 4, 3), result, enforced, "About " + rule + ".", "", "", 1,
                null);
    }

    @Test
    void the_first_of_the_worst_enforced_findings_speaks() {
        Conclusion conclusion = new Conclusion(List.of(finding("a", Result.WARN, true),
                finding("b", Result.FAIL, false), finding("c", Result.INCONCLUSIVE, true),
                finding("d", Result.INCONCLUSIVE, true)));

        assertThat(conclusion.result()).isEqualTo(Result.INCONCLUSIVE);
        assertThat(conclusion.sentence()).isEqualTo("About c.");
        assertThat(conclusion.failed()).isNull();
    }

    @Test
    void a_single_rule_that_passes_speaks_for_itself() {
        assertThat(new Conclusion(List.of(finding("a", Result.PASS, true))).sentence()).isEqualTo("About a.");
    }

    @Test
    void trial_rules_alone_make_a_pass_that_says_so() {
        Conclusion conclusion = new Conclusion(List.of(finding("a", Result.FAIL, false),
                finding("b", Result.WARN, false)));

        assertThat(conclusion.result()).isEqualTo(Result.PASS);
        assertThat(conclusion.sentence()).isEqualTo("No rule is enforced. Of the trial rules, which block nothing, 2 "
                + "did not pass: a, b.");
    }
}
