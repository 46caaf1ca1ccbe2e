package io.greenlane.release;

import static io.greenlane.release.World.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EndingTest {
    private static Ending ending(Outcome outcome, String reason) {
        return new Ending(outcome, reason, null, null, Aftermath.NONE, START, null);
    }

    @Test
    void a_reason_of_2000_characters_is_kept_whole() {
        String longest = "x".repeat(2000);
        assertThat(ending(Outcome.FAILED, longest).reason()).isEqualTo(longest);
        assertThat(ending(Outcome.FAILED, longest + "y").reason()).isEqualTo(longest + "...");
    }

    @ParameterizedTest
    @EnumSource
    void people_are_to_hear_once_of_all_that_was_to_be_done(Outcome outcome) {
        boolean told = outcome != Outcome.DUPLICATE && outcome != Outcome.IGNORED;
        assertThat(ending(outcome, "Told so.").awaitsAnnouncement()).isEqualTo(told);
        assertThat(ending(outcome, "Told so.").announced(START).awaitsAnnouncement()).isFalse();
    }

    @Test
    void a_name_has_100_characters_at_most_and_a_reason_500() {
        Operator longest = new Operator("n".repeat(100), "r".repeat(500));
        assertThat(longest.name()).hasSize(100);
        assertThatIllegalArgumentException().isThrownBy(() -> new Operator("n".repeat(101), "why"))
                .withMessageStartingWith("--by must be 1 to 100");
        assertThatIllegalArgumentException().isThrownBy(() -> new Operator("Ada", "r".repeat(501)))
                .withMessageStartingWith("--reason must be 1 to 500");
    }
}
