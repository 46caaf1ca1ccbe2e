package io.greenlane.release;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LaunchTest {
    private static final Launch FIRST = Launch.NONE.begun(0, "token-0", "arn:7", "{\"spec\":1}", 2);

    private static Launch next(Launch launch) {
        return launch.begun(1, "token-1", "arn:8", "{\"spec\":2}", 3);
    }

    @Test
    void each_look_is_an_attempt_of_its_own_with_its_own_token() {
        assertThat(FIRST).isEqualTo(new Launch(0, "token-0", 1, "arn:7", "{\"spec\":1}", null, null, null, 2));
        assertThat(next(FIRST)).isEqualTo(new Launch(1, "token-1", 2, "arn:8", "{\"spec\":2}", null, null, null, 3));
    }

    @Test
    void what_may_have_reached_codedeploy_stays_what_is_looked_for() {
        Launch sent = FIRST.sent(World.START);
        assertThat(next(sent)).isEqualTo(
                new Launch(1, "token-1", 2, "arn:7", "{\"spec\":1}", World.START, null, null, 2));
        assertThat(next(sent.known("d-1"))).isEqualTo(
                new Launch(1, "token-1", 2, "arn:7", "{\"spec\":1}", null, "d-1", null, 2));
        assertThat(next(sent.notSent()).appSpec()).isEqualTo("{\"spec\":2}");
    }

    @Test
    void a_deployment_that_was_claimed_before_any_look_brings_no_appspec() {
        assertThat(Launch.NONE.known("d-1").hasSent()).isFalse();
        assertThat(next(Launch.NONE.known("d-1")).appSpec()).isEqualTo("{\"spec\":2}");
    }
}
