package io.greenlane.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.greenlane.json.Json;
import java.nio.charset.StandardCharsets;

/** Whatever arrives as an event of the registry is read as a push, ignored, or rejected with one line of text. */
class PushEventFuzzTest {
    private static final Registry HOME = new Registry("111122223333", "eu-west-1");
    private static final int LONGEST_REASON = 1_000;

    @FuzzTest(maxDuration = "10m")
    @DictionaryFile(resourcePath = "/io/greenlane/image/push-event.dict")
    void an_event_is_a_push_or_has_a_reason(byte[] bytes) {
        Object event;
        try {
            event = Json.value(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("not JSON");
            return;
        }
        switch (PushEvent.read(event, HOME)) {
            case PushEvent.Arrived(Push push) -> assertTravels(push);
            case PushEvent.Wanted wanted -> assertTravels(wanted.push());
            case PushEvent.Ignored(String reason) -> assertIsOneLine(reason);
            case PushEvent.Rejected(String reason) -> assertIsOneLine(reason);
        }
    }

    private static void assertTravels(Push push) {
        assertThat(push.digest().text()).matches("sha256:[0-9a-f]{64}");
        assertThat(push.tag().text()).matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
        assertThat(push.members()).isEqualTo(Json.object(Json.text(push.members())));
    }

    private static void assertIsOneLine(String reason) {
        assertThat(reason).isNotBlank().hasSizeLessThan(LONGEST_REASON);
        assertThat(reason.chars()).noneMatch(Character::isISOControl);
    }
}
