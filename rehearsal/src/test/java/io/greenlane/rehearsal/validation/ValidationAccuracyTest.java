package io.greenlane.rehearsal.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.validation.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class ValidationAccuracyTest {
    private static final Path PAGE = Path.of("../docs/validation-accuracy.md");
    private static final Path ANOTHER_PAGE = Path.of("target/validation-accuracy.md");
    private static final int RUNS = Integer.getInteger("greenlane.runs", AccuracyPage.USUAL_RUNS);

    private static AccuracyPage page;

    @BeforeAll
    static void run() {
        page = AccuracyPage.of(RUNS);
    }

    @Test
    void every_deterministic_fault_is_found_every_time() {
        assertThat(page.deterministic()).hasSize(5)
                .allSatisfy(trials -> assertThat(trials.count(Result.FAIL)).isEqualTo(trials.runs()));
    }

    @Test
    void statistical_faults_are_found_nineteen_times_of_twenty() {
        assertThat(page.statistical()).hasSize(3)
                .allSatisfy(trials -> assertThat(trials.share(Result.FAIL)).isGreaterThanOrEqualTo(0.95));
    }

    @Test
    void what_needs_no_comparison_never_passes() {
        assertThat(page.plain()).hasSize(3).allSatisfy(trials -> {
            assertThat(trials.count(Result.PASS)).isZero();
            assertThat(trials.count(Result.WARN)).isZero();
        });
    }

    @Test
    void the_same_image_fails_once_in_a_hundred_at_most() {
        assertThat(page.identical().share(Result.FAIL)).isLessThanOrEqualTo(0.01);
        assertThat(page.disturbed()).hasSize(7)
                .allSatisfy(trials -> assertThat(trials.share(Result.FAIL)).isLessThanOrEqualTo(0.01));
    }

    @Test
    void behind_a_late_test_listener_nothing_broken_passes_and_what_is_well_does() {
        assertThat(page.late()).hasSize(24).allSatisfy(trials -> {
            assertThat(trials.passed()).isZero();
            assertThat(trials.broken().runs()).isEqualTo(1000);
            assertThat(trials.good().count(Result.PASS)).isEqualTo(1000);
        });
        assertThat(page.late()).filteredOn(trials -> trials.slept() > 400).hasSize(20);
    }

    @Test
    void a_load_balancer_that_is_later_than_the_wait_is_the_risk_that_remains() {
        assertThat(page.tooLate().count(Result.PASS)).isPositive();
    }

    @Test
    void the_page_in_the_tree_shows_the_figures_as_they_are() throws IOException {
        assertThat(page.runs()).isGreaterThanOrEqualTo(RUNS);
        if (RUNS != AccuracyPage.USUAL_RUNS) {
            Files.writeString(ANOTHER_PAGE, page.text());
            return;
        }
        if (Boolean.getBoolean("greenlane.draw")) {
            Files.writeString(PAGE, page.text());
        }

        assertThat(PAGE).as("drawn anew with -Dgreenlane.draw=true").exists().hasContent(page.text());
    }
}
