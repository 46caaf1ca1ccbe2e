package io.greenlane.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.image.Digest;
import io.greenlane.image.RepositoryName;
import io.greenlane.release.Admission.Answer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServiceHeadTest {
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    private static Turn turn(String release, char digest, int second) {
        return new Turn(release, World.SHOP.repository(), World.digest(digest), NOON.plusSeconds(second), null);
    }

    private static Turn other(String release, char digest, int second) {
        return new Turn(release, new RepositoryName("shop/proxy"), World.digest(digest), NOON.plusSeconds(second),
                null);
    }

    private static ServiceHead after(Turn... turns) {
        ServiceHead head = ServiceHead.IDLE;
        for (Turn turn : turns) {
            head = head.admit(turn, null).head();
        }
        return head;
    }

    private static Answer answer(ServiceHead head, Turn turn, @Nullable Digest serving) {
        return head.admit(turn, serving).answer();
    }

    @Test
    void the_first_release_of_an_idle_service_starts_and_starts_again_when_its_answer_was_lost() {
        assertThat(answer(ServiceHead.IDLE, turn("a", 'a', 0), null)).isEqualTo(Answer.START);
        assertThat(answer(after(turn("a", 'a', 0)), turn("a", 'a', 0), null)).isEqualTo(Answer.START);
    }

    @Test
    void a_release_of_what_runs_already_is_a_duplicate() {
        Admission admission = ServiceHead.IDLE.admit(turn("a", 'a', 0), World.digest('a'));
        assertThat(admission.answer()).isEqualTo(Answer.DUPLICATE);
        assertThat(admission.reason()).contains("already runs");
        assertThat(admission.head().running()).isNull();
    }

    @Test
    void a_push_during_a_release_waits_and_does_not_stop_it() {
        Admission admission = after(turn("a", 'a', 0)).admit(turn("b", 'b', 1), World.digest('0'));
        assertThat(admission.answer()).isEqualTo(Answer.WAIT);
        assertThat(admission.head().running()).isEqualTo(turn("a", 'a', 0));
        assertThat(admission.head().waiting()).containsExactly(turn("b", 'b', 1));
    }

    @Test
    void only_the_newest_waits_and_the_one_before_is_displaced() {
        Admission admission = after(turn("a", 'a', 0), turn("b", 'b', 1)).admit(turn("c", 'c', 2), null);
        assertThat(admission.answer()).isEqualTo(Answer.WAIT);
        assertThat(admission.displaced()).containsExactly(turn("b", 'b', 1));
        assertThat(answer(admission.head(), turn("b", 'b', 1), null)).isEqualTo(Answer.SUPERSEDED);
    }

    @Test
    void a_late_event_of_an_older_push_is_superseded_whether_a_release_runs_or_not() {
        assertThat(answer(after(turn("b", 'b', 5)), turn("a", 'a', 0), null)).isEqualTo(Answer.SUPERSEDED);
        assertThat(answer(after(turn("b", 'b', 5)).after("b"), turn("a", 'a', 0), null)).isEqualTo(Answer.SUPERSEDED);
    }

    @Test
    void in_the_same_second_the_later_arrival_wins_and_stays_the_winner() {
        ServiceHead head = after(turn("run", 'f', 0), turn("a", 'a', 5), turn("b", 'b', 5));
        assertThat(head.waiting()).containsExactly(turn("b", 'b', 5));
        assertThat(answer(head, turn("a", 'a', 5), null)).isEqualTo(Answer.SUPERSEDED);
        assertThat(answer(head, turn("b", 'b', 5), null)).isEqualTo(Answer.WAIT);
    }

    @Test
    void the_digest_in_flight_pushed_again_makes_what_waited_since_step_back() {
        ServiceHead head = after(turn("a", 'a', 0), turn("b", 'b', 1));
        Admission joined = head.join("a", World.SHOP.repository(), NOON.plusSeconds(2));
        assertThat(joined.answer()).isEqualTo(Answer.DUPLICATE);
        assertThat(joined.displaced()).containsExactly(turn("b", 'b', 1));
        assertThat(answer(joined.head(), turn("b", 'b', 1), null)).isEqualTo(Answer.SUPERSEDED);
    }

    @Test
    void a_late_event_that_joins_does_not_displace_a_newer_push() {
        Admission joined = after(turn("a", 'a', 0), turn("b", 'b', 5)).join("a", World.SHOP.repository(),
                NOON.plusSeconds(2));
        assertThat(joined.displaced()).isEmpty();
        assertThat(joined.head().waiting()).containsExactly(turn("b", 'b', 5));
    }

    @Test
    void releases_of_two_repositories_wait_beside_each_other_and_the_earlier_push_is_next() {
        ServiceHead head = after(turn("a", 'a', 0), other("x", 'd', 2), turn("b", 'b', 1));
        assertThat(head.waiting()).hasSize(2);
        assertThat(head.next()).isNull();
        assertThat(head.after("a").next()).isEqualTo(turn("b", 'b', 1));
        assertThat(head.after("a").after("b").next()).isEqualTo(other("x", 'd', 2));
    }

    @Test
    void a_held_service_admits_nobody_and_keeps_nobody_waiting() {
        ServiceHead held = new ServiceHead(null, List.of(), ServiceHead.IDLE.newest(), "frozen until Monday");
        Admission admission = held.admit(turn("a", 'a', 0), null);
        assertThat(admission.answer()).isEqualTo(Answer.HELD);
        assertThat(admission.reason()).contains("frozen until Monday");
        assertThat(admission.head()).isEqualTo(held);
    }

    @Test
    void the_queue_survives_the_ledger() {
        ServiceHead head = after(turn("a", 'a', 0), other("x", 'd', 2).sleepingOn("token"), turn("b", 'b', 0));
        Entry entry = new Entry(HeadEntry.id(World.SHOP), 1, "w", HeadEntry.write(head, null));
        assertThat(HeadEntry.read(entry)).isEqualTo(head);
    }
}
