package io.greenlane.validation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SignTestTest {
    @Test
    void it_is_the_tail_of_tossing_a_coin() {
        assertThat(SignTest.chance(10, 0)).isCloseTo(1 / 1024.0, within(1e-12));
        assertThat(SignTest.chance(8, 2)).as("(45 + 10 + 1) / 1024").isCloseTo(56 / 1024.0, within(1e-12));
        assertThat(SignTest.chance(0, 10)).isEqualTo(1);
        assertThat(SignTest.chance(0, 0)).isEqualTo(1);
    }
}
