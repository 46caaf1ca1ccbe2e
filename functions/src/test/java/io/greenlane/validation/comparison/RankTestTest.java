package io.greenlane.validation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RankTestTest {
    private static final Growth DEFAULT = new Growth(0.1, 5);
    private static final double LEVEL = 0.01 / 3;
    private static final double[] BLUE = IntStream.range(0, 60).mapToDouble(i -> 10 + 0.1 * i * i % 7 + i * 0.3)
            .toArray();
    private static final double[] GREEN = IntStream.range(0, 70).mapToDouble(i -> 11 + 0.1 * i * i % 5 + i * 0.33)
            .toArray();

    @Test
    void agrees_with_the_test_of_mann_and_whitney() {
        // b=[10+0.1*i*i%7+i*0.3 for i in range(60)]; g=[11+0.1*i*i%5+i*0.33 for i in range(70)]
        // scipy.stats.mannwhitneyu(g, [max(x*1.1,x+.5) for x in b], alternative='greater', method='asymptotic')
        // scipy.stats.mannwhitneyu(g, [max(x*1.2,x+1) for x in b], alternative='less', method='asymptotic')
        Comparison seen = RankTest.compare(BLUE, GREEN, new Growth(0.1, 0.5), 0.99);
        assertThat(seen.withinLimit()).isCloseTo(0.4618633054979058, within(1e-9));
        assertThat(seen.beyondMark()).isCloseTo(0.05280586821022317, within(1e-9));
        assertThat(seen.at(0.01)).isEqualTo(Judgement.UNDECIDED);
    }

    @Test
    void estimates_the_growth_by_the_median_of_all_ratios() {
        // numpy.median(numpy.divide.outer(g,b)); the ends are the ordered ratios at 2100 -+ 2.5758*sqrt(4200*131/12)
        Comparison seen = RankTest.compare(BLUE, GREEN, new Growth(0.1, 0.5), 0.99);
        assertThat(seen.increase()).isCloseTo(0.107699312714777, within(1e-4));
        assertThat(seen.lowest()).isCloseTo(0.9690298507462688 - 1, within(1e-9));
        assertThat(seen.highest()).isCloseTo(0.2660869565217399, within(1e-9));
    }

    @ParameterizedTest(name = "median {0} ms, spread {1}, limit kept exactly")
    @CsvSource({"50, 0.3", "50, 1", "20, 0.3", "200, 0.5"})
    void green_that_just_keeps_its_limit_is_seldom_called_worse(double median, double spread) {
        assertThat(share(median, spread, 300, 1_000, 0.01, Judgement.WORSE, DEFAULT::limit)).isLessThanOrEqualTo(0.018);
    }

    @ParameterizedTest(name = "median {0} ms, spread {1}")
    @CsvSource({"40, 0.3", "50, 0.3", "100, 0.3", "100, 0.5", "400, 0.5"})
    void twenty_percent_more_is_found_at_default_settings(double median, double spread) {
        assertThat(share(median, spread, 1500, 200, LEVEL, Judgement.WORSE, blue -> blue * 1.2))
                .isGreaterThanOrEqualTo(0.95);
    }

    @ParameterizedTest(name = "median {0} ms, spread {1}")
    @CsvSource({"100, 0.7", "400, 1"})
    void twenty_percent_more_of_an_uneven_service_is_never_let_pass_often(double median, double spread) {
        assertThat(share(median, spread, 1500, 200, LEVEL, Judgement.NOT_WORSE, blue -> blue * 1.2))
                .isLessThanOrEqualTo(0.05);
    }

    @ParameterizedTest(name = "median {0} ms, spread {1}")
    @CsvSource({"2, 0.3", "2, 1", "50, 0.3", "50, 1", "400, 0.6"})
    void the_same_image_passes_at_default_settings(double median, double spread) {
        assertThat(share(median, spread, 1500, 200, LEVEL, Judgement.NOT_WORSE, blue -> blue))
                .isGreaterThanOrEqualTo(0.99);
    }

    @Test
    void growth_at_the_mark_seldom_goes_by_however_few_the_samples_and_however_uneven() {
        for (int samples : new int[]{60, 200, 500}) {
            assertThat(share(50, 1, samples, 500, LEVEL, Judgement.NOT_WORSE, blue -> DEFAULT.mark(blue) * 1.0001))
                    .as("%d samples", samples).isLessThanOrEqualTo(0.08);
        }
    }

    @Test
    void growth_that_is_too_small_to_matter_is_no_growth() {
        double[] blue = Latencies.of(random(1), 1500, 4, 0.2);
        double[] green = Arrays.stream(blue).map(one -> one * 2).toArray();
        assertThat(RankTest.compare(blue, green, DEFAULT, 0.99).at(LEVEL)).isEqualTo(Judgement.NOT_WORSE);
        assertThat(RankTest.compare(blue, green, new Growth(0.1, 0), 0.99).at(LEVEL)).isEqualTo(Judgement.WORSE);
    }

    @Test
    void few_samples_are_too_few_and_none_are_no_error() {
        assertThat(RankTest.compare(new double[49], new double[1000], DEFAULT, 0.99).at(LEVEL))
                .isEqualTo(Judgement.TOO_FEW);
        assertThat(RankTest.compare(new double[0], new double[0], DEFAULT, 0.99).at(LEVEL))
                .isEqualTo(Judgement.TOO_FEW);
    }

    @Test
    void latencies_that_are_all_the_same_are_no_error() {
        double[] zeros = new double[100];
        assertThat(RankTest.compare(zeros, zeros, DEFAULT, 0.99).at(LEVEL)).isEqualTo(Judgement.NOT_WORSE);
        assertThat(RankTest.compare(zeros, zeros, DEFAULT, 0.99).increase()).isCloseTo(0, within(1e-9));
    }

    @Test
    void looks_at_a_hundred_thousand_samples_at_once() {
        double[] blue = Latencies.of(random(2), 100_000, 50, 0.5);
        double[] green = Latencies.of(random(3), 100_000, 56, 0.5);
        Comparison seen = RankTest.compare(blue, green, new Growth(0.1, 0), 0.99);
        assertThat(seen.increase()).isCloseTo(0.12, within(0.01));
        assertThat(seen.at(LEVEL)).isEqualTo(Judgement.WORSE);
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static double share(double median, double spread, int samples, int runs, double level, Judgement judgement,
            java.util.function.DoubleUnaryOperator regression) {
        int found = 0;
        for (int run = 0; run < runs; run++) {
            RandomGenerator random = random(1_000L * samples + run);
            double[] blue = Latencies.of(random, samples, median, spread);
            double[] green = Arrays.stream(Latencies.of(random, samples, median, spread)).map(regression).toArray();
            if (RankTest.compare(blue, green, DEFAULT, 0.99).at(level) == judgement) {
                found++;
            }
        }
        return (double) found / runs;
    }
}
