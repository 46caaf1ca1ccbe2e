package io.greenlane.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushTest {
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    private static Push push(String eventId, String digest, String tag, int second) {
        return new Push(new Registry("111122223333", "eu-west-1"), new RepositoryName("shop/api"),
                new Digest("sha256:" + digest.repeat(64)), new Tag(tag), eventId, NOON.plusSeconds(second));
    }

    @ParameterizedTest
    @CsvSource({"event-1, a, v1, 0, true", "event-1, a, v1, 10, true", "event-1, a, v1, -10, true",
            "event-1, a, v1, 11, false", "event-1, a, v1, -11, false", "event-1, b, v1, 0, false",
            "event-1, a, v2, 0, false", "sweep-2, a, v1, 0, true"})
    void a_push_that_was_found_is_the_one_of_the_event_within_ten_seconds(String eventId, String digest, String tag,
            int second, boolean twin) {
        Push found = push("sweep-1", "a", "v1", 0);
        Push told = push(eventId, digest, tag, second);

        assertThat(found.isFoundTwinOf(told)).isEqualTo(twin);
        assertThat(told.isFoundTwinOf(found)).isEqualTo(twin);
    }

    @Test
    void two_events_are_two_pushes() {
        assertThat(push("event-1", "a", "v1", 0).isFoundTwinOf(push("event-2", "a", "v1", 0))).isFalse();
    }
}
