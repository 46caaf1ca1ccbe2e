package io.greenlane.validation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantilesTest {
    private static final Growth P95 = new Growth(0.2, 15);
    private static final double LEVEL = 0.01 / 3;

    @ParameterizedTest(name = "p{0} of 1 to 100 is {1}")
    @CsvSource({"0.5, 50", "0.9, 90", "0.95, 95", "0.99, 99", "1, 100", "0, 1"})
    void a_quantile_is_the_smallest_value_that_so_many_are_not_above(double share, double expected) {
        assertThat(Quantiles.of(IntStream.rangeClosed(1, 100).mapToDouble(i -> 101 - i).toArray(), share))
                .isEqualTo(expected);
    }

    @Test
    void counts_who_is_above_the_quantile_of_both() {
        // 100 of blue at 1..100, 100 of green at 11..110: p90 of both is 95; 6 of blue and 16 of green reach it
        // scipy.stats.fisher_exact([[16,84],[6,94]], alternative='greater')
        double[] blue = IntStream.rangeClosed(1, 100).asDoubleStream().toArray();
        double[] green = IntStream.rangeClosed(11, 110).asDoubleStream().toArray();
        Comparison seen = Quantiles.compare(blue, green, 0.9, new Growth(0, 0), 0.99);
        assertThat(seen.withinLimit()).isCloseTo(0.01998999963710166, within(1e-9));
        assertThat(seen.blue()).isEqualTo(90);
        assertThat(seen.green()).isEqualTo(100);
        assertThat(seen.increase()).isCloseTo(1.0 / 9, within(1e-9));
        assertThat(seen.lowest()).isNegative();
    }

    @ParameterizedTest(name = "p{0} needs {1}")
    @CsvSource({"0.5, 50", "0.9, 100", "0.95, 200", "0.99, 1000"})
    void a_higher_quantile_needs_more_samples(double share, int least) {
        assertThat(Quantiles.least(share)).isEqualTo(least);
        double[] few = new double[least - 1];
        assertThat(Quantiles.compare(few, few, share, P95, 0.99).at(LEVEL)).isEqualTo(Judgement.TOO_FEW);
    }

    @ParameterizedTest(name = "p{0}, spread {1}")
    @CsvSource({"0.5, 0.3", "0.95, 0.3", "0.95, 1", "0.99, 0.3"})
    void green_that_just_keeps_its_limit_is_seldom_called_worse(double share, double spread) {
        assertThat(seen(share, spread, 1000, 1_000, 0.01, Judgement.WORSE, P95::limit)).isLessThanOrEqualTo(0.018);
    }

    @ParameterizedTest(name = "p{0}, spread {1}")
    @CsvSource({"0.5, 0.3", "0.9, 0.3", "0.95, 0.3", "0.95, 0.5"})
    void half_as_slow_again_is_found(double share, double spread) {
        assertThat(seen(share, spread, 1500, 200, LEVEL, Judgement.WORSE, blue -> blue * 1.5))
                .isGreaterThanOrEqualTo(0.95);
    }

    @ParameterizedTest(name = "p{0}, spread {1}")
    @CsvSource({"0.5, 0.5", "0.9, 0.5", "0.95, 0.3", "0.95, 0.5", "0.99, 0.3"})
    void the_same_image_passes(double share, double spread) {
        assertThat(seen(share, spread, 1500, 200, LEVEL, Judgement.NOT_WORSE, blue -> blue))
                .isGreaterThanOrEqualTo(0.99);
    }

    @Test
    void growth_at_the_mark_seldom_goes_by() {
        assertThat(seen(0.99, 0.5, 1500, 500, LEVEL, Judgement.NOT_WORSE, blue -> P95.mark(blue) * 1.001))
                .isLessThanOrEqualTo(0.07);
    }

    @Test
    void latencies_that_are_all_the_same_are_no_error() {
        double[] same = new double[1000];
        double[] more = Arrays.stream(same).map(one -> 31).toArray();
        assertThat(Quantiles.compare(same, more, 0.95, P95, 0.99).at(LEVEL)).isEqualTo(Judgement.WORSE);
        assertThat(Quantiles.compare(same, same, 0.95, P95, 0.99).at(LEVEL)).isEqualTo(Judgement.NOT_WORSE);
    }

    private static double seen(double share, double spread, int samples, int runs, double level, Judgement judgement,
            DoubleUnaryOperator regression) {
        int found = 0;
        for (int run = 0; run < runs; run++) {
            RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7_000L + run);
            double[] blue = Latencies.of(random, samples, 100, spread);
            double[] green = Arrays.stream(Latencies.of(random, samples, 100, spread)).map(regression).toArray();
            if (Quantiles.compare(blue, green, share, P95, 0.99).at(level) == judgement) {
                found++;
            }
        }
        return (double) found / runs;
    }
}
