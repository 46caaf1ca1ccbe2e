package io.greenlane.release;

import static io.greenlane.release.World.SHOP;
import static io.greenlane.release.World.START;
import static io.greenlane.release.World.digest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuarantineTest {
    private static final Operator ADA = new Operator("Ada", "The database was down.");
    private final World world = new World();

    private Quarantined failed(char digest, String releaseId) {
        return new Quarantined(digest(digest), world.now, Quarantined.GREENLANE, "GET / answered 500.", releaseId,
                "d-1");
    }

    @Test
    void a_digest_is_released_by_name_and_keeps_its_record() {
        world.quarantine().failed(SHOP, failed('a', "r-1"));
        Done done = world.quarantine().release(SHOP, digest('a'), ADA, world.now);
        assertThat(done.changed()).isTrue();
        assertThat(world.quarantine().find(SHOP, digest('a'))).isNull();
        assertThat(Objects.requireNonNull(world.table.find(done.entryId())).members().toString()).contains("r-1",
                "GET / answered 500.", "Ada", "The database was down.");
        assertThat(world.outbox().announce(done.entryId())).isTrue();
        assertThat(world.announced).singleElement().satisfies(told -> {
            assertThat(told.subject()).isEqualTo("RELEASE_DIGEST shop/shop-api: by Ada");
            assertThat(told.message()).containsEntry("operation", "RELEASE_DIGEST").containsEntry("by", "Ada")
                    .containsEntry("reason", "The database was down.").containsKeys("id", "at", "sentence", "service");
        });
    }

    @Test
    void releasing_again_changes_and_tells_nothing() {
        world.quarantine().failed(SHOP, failed('a', "r-1"));
        String entry = world.quarantine().release(SHOP, digest('a'), ADA, world.now).entryId();
        Done again = world.quarantine().release(SHOP, digest('a'), ADA, world.now);
        assertThat(again.changed()).isFalse();
        assertThat(again.sentence()).contains("not in quarantine for shop/shop-api any more");
        world.outbox().announce(entry);
        world.outbox().announce(again.entryId());
        assertThat(world.announced).hasSize(1);
        assertThat(world.quarantine().release(SHOP, digest('b'), ADA, world.now).sentence()).contains("never was");
    }

    @Test
    void who_asks_for_what_was_released_before_hears_of_the_last_time() {
        for (String release : new String[]{"r-1", "r-2"}) {
            world.quarantine().failed(SHOP, failed('a', release));
            world.quarantine().release(SHOP, digest('a'), ADA, world.now);
        }
        assertThat(world.quarantine().release(SHOP, digest('a'), ADA, world.now).sentence())
                .contains("any more:", "release r-2").doesNotContain("r-1");
    }

    @Test
    void the_next_release_of_a_digest_that_fails_puts_it_there_again() {
        world.quarantine().failed(SHOP, failed('a', "r-1"));
        world.quarantine().release(SHOP, digest('a'), ADA, world.now);
        world.quarantine().failed(SHOP, failed('a', "r-1"));
        assertThat(world.quarantine().find(SHOP, digest('a'))).isNull();
        world.quarantine().failed(SHOP, failed('a', "r-2"));
        assertThat(world.quarantine().find(SHOP, digest('a'))).extracting(Quarantined::releaseId).isEqualTo("r-2");
    }

    @Test
    void the_list_shows_what_is_there_newest_first_even_while_something_is_still_to_be_told() {
        world.quarantine().failed(SHOP, failed('a', "r-1"));
        world.pass(Duration.ofMinutes(1));
        world.quarantine().failed(SHOP, failed('b', "r-2"));
        world.pass(Duration.ofMinutes(1));
        world.quarantine().failed(SHOP, failed('c', "r-3"));
        world.outbox().announce(world.quarantine().release(SHOP, digest('b'), ADA, world.now).entryId());
        assertThat(world.quarantine().list(SHOP, 10)).extracting(Quarantined::digest)
                .containsExactly(digest('c'), digest('a'));
        assertThat(world.quarantine().list(SHOP, 1)).extracting(Quarantined::digest).containsExactly(digest('c'));
        assertThat(world.ledger().overdue(world.now.plus(Duration.ofDays(1)))).isEmpty();
    }

    @Test
    void what_the_channel_does_not_take_stays_due_and_the_digest_comes_back_to_the_list_when_it_fails_again() {
        world.quarantine().failed(SHOP, failed('a', "r-1"));
        world.channelOpen = false;
        String entry = world.quarantine().release(SHOP, digest('a'), ADA, world.now).entryId();
        assertThat(world.outbox().announce(entry)).isFalse();
        world.quarantine().failed(SHOP, failed('a', "r-2"));
        world.channelOpen = true;
        world.pass(Duration.ofMinutes(3));
        assertThat(world.ledger().overdue(world.now)).containsExactly(entry);
        world.outbox().announce(entry);
        assertThat(world.announced).hasSize(1);
        assertThat(world.quarantine().list(SHOP, 10)).extracting(Quarantined::releaseId).containsExactly("r-2");
    }

    @Test
    void a_long_reason_does_not_push_the_way_out_of_the_sentence() {
        Quarantined wordy = new Quarantined(digest('a'), START, Quarantined.GREENLANE, "x".repeat(3000), "r-1", null);
        assertThat(wordy.refusal(SHOP)).hasSizeLessThan(1000).contains("./operate release-digest");
        String longest = "x".repeat(500);
        assertThat(new Quarantined(digest('a'), START, "Ada", longest, null, null).why()).isEqualTo(longest);
        assertThat(new Quarantined(digest('a'), START, "Ada", longest + "x", null, null).why())
                .isEqualTo(longest + "...");
    }

    @Test
    void what_happened_is_told_with_what_is_known_of_it() {
        assertThat(failed('a', "r-1").shown()).isEqualTo("release r-1 (deployment d-1) failed: GET / answered 500.");
        assertThat(new Quarantined(digest('a'), START, "Ada", "Carts are empty", "r-1", null).shown())
                .isEqualTo("Ada rolled release r-1 back: Carts are empty.");
        assertThat(new Quarantined(digest('a'), START, "Ada", "Carts are empty.", null, null).shown())
                .isEqualTo("Ada rolled it back: Carts are empty.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "two\nlines", "right-to-left \u202E"})
    void a_name_or_a_reason_that_cannot_be_told_is_refused(String text) {
        assertThatThrownBy(() -> new Operator(text, "why")).hasMessageContaining("--by must be");
        assertThatThrownBy(() -> new Operator("Ada", text)).hasMessageContaining("--reason must be");
    }
}
