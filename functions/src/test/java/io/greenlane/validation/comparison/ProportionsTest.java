package io.greenlane.validation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.greenlane.validation.comparison.Proportions.Share;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionsTest {
    /** One of three metrics at 99 %: what Holm leaves for the first. */
    private static final double LEVEL = 0.01 / 3;

    @ParameterizedTest(name = "{0} of {1} against {2} of {3}: p {4}")
    @CsvSource({"15, 1500, 0, 1500, 2.9462925910250242e-05", "8, 1500, 0, 1500, 0.003869870716388031",
            "30, 1000, 18, 1200, 0.012243755416223936"})
    void without_an_allowance_it_is_the_test_of_fisher(int green, int ofGreen, int blue, int ofBlue, double expected) {
        // scipy.stats.fisher_exact([[green, ofGreen-green], [blue, ofBlue-blue]], alternative='greater')
        Comparison seen = Proportions.compare(new Share(blue, ofBlue), new Share(green, ofGreen), 0, 0.99);
        assertThat(seen.withinLimit()).isCloseTo(expected, within(1e-9));
        assertThat(seen.method()).contains("Fisher");
    }

    @Test
    void the_score_is_the_one_of_farrington_and_manning() {
        // maximum of binom.logpmf(5,1500,p)+binom.logpmf(25,1500,p+0.005) by scipy.optimize.minimize_scalar, put into the formula
        assertThat(Proportions.score(new Share(5, 1500), new Share(25, 1500), 0.005))
                .isCloseTo(2.4403411706, within(1e-6));
        Comparison many = Proportions.compare(new Share(60, 1500), new Share(110, 1500), 0.005, 0.99);
        assertThat(many.withinLimit()).isCloseTo(0.000371839541, within(1e-7));
        assertThat(many.method()).contains("normal");
    }

    @Test
    void few_failures_are_counted_exactly_at_the_least_favourable_rate() {
        // sum of binom.pmf * binom.sf over the tables with at least this score, largest over 121 rates from 0 to 3 %
        Comparison few = Proportions.compare(new Share(1, 400), new Share(9, 400), 0.005, 0.99);
        assertThat(few.withinLimit()).isCloseTo(0.02328601, within(2e-4));
        assertThat(few.method()).contains("exact");
    }

    @Test
    void the_interval_is_newcombes() {
        // Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10: 56/70 - 48/80 is 0.0524 to 0.3339
        Comparison seen = Proportions.compare(new Share(48, 80), new Share(56, 70), 0, 0.95);
        assertThat(seen.lowest()).isCloseTo(0.0524, within(5e-5));
        assertThat(seen.highest()).isCloseTo(0.3339, within(5e-5));
        assertThat(seen.increase()).isCloseTo(0.2, within(1e-12));
    }

    @ParameterizedTest(name = "{0} of {1} in blue, {2} in green, at most {3} more: {4}")
    @CsvSource({"0, 1500, 0, 0, NOT_WORSE", "0, 1500, 2, 0, NOT_WORSE", "0, 1500, 15, 0, WORSE",
            "0, 1500, 15, 0.005, UNDECIDED", "0, 1500, 40, 0.005, WORSE", "3, 1500, 4, 0, NOT_WORSE",
            "0, 100, 0, 0, UNDECIDED", "0, 100, 1, 0, UNDECIDED", "0, 19, 19, 0, TOO_FEW", "0, 0, 0, 0, TOO_FEW",
            "0, 20, 20, 0, WORSE", "1500, 1500, 1500, 0, NOT_WORSE", "0, 1500, 1500, 0.005, WORSE"})
    void says_what_can_be_said(int blue, int of, int green, double max, Judgement expected) {
        assertThat(Proportions.compare(new Share(blue, of), new Share(green, of), max, 0.99).at(LEVEL))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "blue fails {0}, green may fail {1} more and does")
    @CsvSource({"0.0005, 0", "0.005, 0", "0.05, 0", "0, 0.005", "0.002, 0.005", "0.02, 0.01", "0.1, 0.02"})
    void green_that_just_keeps_its_limit_is_seldom_called_worse(double rate, double max) {
        assertThat(worse(rate, rate + max, max, 1500, 2_000, 0.01)).isLessThanOrEqualTo(0.015);
    }

    @Test
    void one_percent_of_failures_against_none_is_found_with_1500_answers_at_99_percent_over_three_metrics() {
        assertThat(worse(0, 0.01, 0, 1500, 4_000, LEVEL)).isGreaterThanOrEqualTo(0.95);
        BinomialDistribution failed = BinomialDistribution.of(1500, 0.01);
        assertThat(failed.survivalProbability(8)).as("nine or more").isGreaterThan(0.96);
    }

    @Test
    void failures_a_point_beyond_the_limit_seldom_go_by_however_few_the_answers() {
        for (int answers : new int[]{100, 300, 500, 1500, 5000}) {
            assertThat(share(0.002, 0.0121, 0, answers, 2_000, LEVEL, Judgement.NOT_WORSE)).as("%d answers", answers)
                    .isLessThanOrEqualTo(0.065);
        }
    }

    @Test
    void the_same_image_passes_with_1500_answers_unless_it_fails_often() {
        assertThat(share(0, 0, 0, 1500, 100, LEVEL, Judgement.NOT_WORSE)).isEqualTo(1);
        assertThat(share(0.001, 0.001, 0, 1500, 2_000, LEVEL, Judgement.NOT_WORSE)).isGreaterThan(0.995);
    }

    @Test
    void refuses_more_failures_than_answers() {
        assertThatThrownBy(() -> new Share(2, 1)).hasMessageContaining("2 of 1");
    }

    private static double worse(double blue, double green, double max, int answers, int runs, double level) {
        return share(blue, green, max, answers, runs, level, Judgement.WORSE);
    }

    private static double share(double blue, double green, double max, int answers, int runs, double level,
            Judgement judgement) {
        SplittableRandom random = new SplittableRandom(20_000 + answers);
        BinomialDistribution ofBlue = BinomialDistribution.of(answers, blue);
        BinomialDistribution ofGreen = BinomialDistribution.of(answers, green);
        Map<List<Integer>, Judgement> known = new HashMap<>();
        int found = 0;
        for (int run = 0; run < runs; run++) {
            int one = ofBlue.inverseCumulativeProbability(random.nextDouble());
            int other = ofGreen.inverseCumulativeProbability(random.nextDouble());
            if (known.computeIfAbsent(List.of(one, other), counts -> Proportions
                    .compare(new Share(one, answers), new Share(other, answers), max, 0.99)
                    .at(level)) == judgement) {
                found++;
            }
        }
        return (double) found / runs;
    }
}
