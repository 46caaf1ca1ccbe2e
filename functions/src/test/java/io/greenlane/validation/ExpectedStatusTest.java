package io.greenlane.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectedStatusTest {
    @Test
    void codes_and_ranges_are_read() {
        ExpectedStatus status = ExpectedStatus.parse("200-299, 304,401");
        assertThat(status.toString()).isEqualTo("200-299,304,401");
        assertThat(status.includes(200)).isTrue();
        assertThat(status.includes(299)).isTrue();
        assertThat(status.includes(304)).isTrue();
        assertThat(status.includes(300)).isFalse();
        assertThat(status.includes(199)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2xx", "200-", "299-200", "99", "600", "200,,304", "200 304", "-200"})
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> ExpectedStatus.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
