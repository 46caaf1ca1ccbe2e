package io.greenlane.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.image.Digest;
import io.greenlane.image.RepositoryName;
import io.greenlane.release.Admission.Answer;
import io.greenlane.service.Overlap.Policy;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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
        return after(Policy.NEWEST_WINS, turns);
    }

    private static ServiceHead after(Policy policy, Turn... turns) {
        ServiceHead head = ServiceHead.IDLE;
        for (Turn turn : turns) {
            head = head.admit(turn, null, policy).head();
        }
        return head;
    }

    private static Admission admit(ServiceHead head, Turn turn, @Nullable Digest serving) {
        return head.admit(turn, serving, Policy.NEWEST_WINS);
    }

    private static Answer answer(ServiceHead head, Turn turn, @Nullable Digest serving) {
        return admit(head, turn, serving).answer();
    }

    private static Answer queued(ServiceHead head, Turn turn) {
        return head.admit(turn, null, Policy.QUEUE).answer();
    }

    private static Admission join(ServiceHead head, String release, int second, Policy policy) {
        return Objects.requireNonNull(head.join(release, World.SHOP.repository(), NOON.plusSeconds(second), policy));
    }

    @Test
    void the_first_release_of_an_idle_service_starts_and_starts_again_when_its_answer_was_lost() {
        assertThat(answer(ServiceHead.IDLE, turn("a", 'a', 0), null)).isEqualTo(Answer.START);
        assertThat(answer(after(turn("a", 'a', 0)), turn("a", 'a', 0), null)).isEqualTo(Answer.START);
    }

    @Test
    void a_release_of_what_runs_already_is_a_duplicate() {
        Admission admission = admit(ServiceHead.IDLE, turn("a", 'a', 0), World.digest('a'));
        assertThat(admission.answer()).isEqualTo(Answer.DUPLICATE);
        assertThat(admission.reason()).contains("already runs");
        assertThat(admission.head().running()).isNull();
    }

    @Test
    void a_push_during_a_release_waits_and_that_one_makes_way() {
        Admission admission = admit(after(turn("a", 'a', 0)), turn("b", 'b', 1), World.digest('0'));
        assertThat(admission.answer()).isEqualTo(Answer.WAIT);
        assertThat(admission.reason()).contains("makes way");
        assertThat(admission.head().objection("a")).isEqualTo(new Objection(Outcome.SUPERSEDED,
                "A newer push took its place before production moved (release b)."));
        assertThat(admission.head().waiting()).containsExactly(turn("b", 'b', 1));
        assertThat(admit(admission.head(), turn("b", 'b', 1), null).head()).isEqualTo(admission.head());
        assertThat(answer(admission.head(), turn("a", 'a', 0), null)).isEqualTo(Answer.SUPERSEDED);
        assertThat(answer(admission.head().after("a"), turn("b", 'b', 1), null)).isEqualTo(Answer.START);
    }

    @Test
    void a_release_that_production_may_move_to_is_left_to_end_and_the_push_waits() {
        Admission admission = admit(after(turn("a", 'a', 0)).cleared("a"), turn("b", 'b', 1), World.digest('0'));
        assertThat(admission.answer()).isEqualTo(Answer.WAIT);
        assertThat(admission.reason()).contains("has not ended");
        assertThat(admission.head().objection("a")).isNull();
    }

    @Test
    void an_overtaken_release_stays_so_whatever_comes_after() {
        ServiceHead head = after(turn("a", 'a', 0), turn("b", 'b', 1));
        assertThat(head.join("a", World.SHOP.repository(), NOON.plusSeconds(2), Policy.NEWEST_WINS)).isNull();
        Admission again = admit(head, turn("a2", 'a', 2), null);
        assertThat(again.answer()).isEqualTo(Answer.WAIT);
        assertThat(again.displaced()).containsExactly(turn("b", 'b', 1));
        assertThat(Objects.requireNonNull(again.head().running()).overtakenBy()).isEqualTo("b");
    }

    @Test
    void a_push_to_another_repository_overtakes_nobody() {
        ServiceHead head = after(turn("a", 'a', 0), other("x", 'd', 2));
        assertThat(head.objection("a")).isNull();
        assertThat(answer(head.after("a"), other("x", 'd', 2), null)).isEqualTo(Answer.START);
    }

    @Test
    void in_a_queue_all_wait_in_the_order_of_their_pushes_and_nobody_is_stopped() {
        ServiceHead head = after(Policy.QUEUE, turn("a", 'a', 0), turn("c", 'c', 2), turn("d", 'd', 2),
                turn("b", 'b', 1));
        assertThat(head.objection("a")).isNull();
        assertThat(head.waiting()).hasSize(3);
        ServiceHead idle = head.admit(turn("c", 'c', 2).sleepingOn("token"), null, Policy.QUEUE).head().after("a");
        assertThat(queued(idle, turn("c", 'c', 2))).isEqualTo(Answer.WAIT);
        assertThat(queued(idle, turn("e", 'e', 3))).isEqualTo(Answer.WAIT);
        assertThat(idle.next()).isEqualTo(turn("b", 'b', 1));
        assertThat(queued(idle, turn("b", 'b', 1))).isEqualTo(Answer.START);
        assertThat(queued(idle.after("b"), turn("d", 'd', 2))).isEqualTo(Answer.WAIT);
        assertThat(queued(idle.after("b"), turn("c", 'c', 2))).isEqualTo(Answer.START);
    }

    @Test
    void in_a_queue_a_push_that_comes_after_a_newer_one_had_its_turn_is_superseded() {
        ServiceHead head = after(Policy.QUEUE, turn("b", 'b', 5));
        assertThat(queued(head, turn("a", 'a', 0))).isEqualTo(Answer.SUPERSEDED);
        assertThat(queued(head.after("b"), turn("a", 'a', 0))).isEqualTo(Answer.SUPERSEDED);
    }

    @Test
    void in_a_queue_the_same_image_has_another_turn_when_others_come_between() {
        ServiceHead head = after(Policy.QUEUE, turn("a", 'a', 0));
        assertThat(queued(head, turn("a2", 'a', 1))).isEqualTo(Answer.DUPLICATE);
        assertThat(join(head, "a", 1, Policy.QUEUE).answer()).isEqualTo(Answer.DUPLICATE);
        ServiceHead two = head.admit(turn("b", 'b', 1), null, Policy.QUEUE).head();
        assertThat(two.join("a", World.SHOP.repository(), NOON.plusSeconds(2), Policy.QUEUE)).isNull();
        assertThat(queued(two, turn("a2", 'a', 2))).isEqualTo(Answer.WAIT);
        assertThat(join(two, "b", 2, Policy.QUEUE).displaced()).isEmpty();
        ServiceHead three = two.admit(turn("c", 'c', 2), null, Policy.QUEUE).head();
        assertThat(three.join("b", World.SHOP.repository(), NOON.plusSeconds(3), Policy.QUEUE)).isNull();
    }

    @Test
    void in_a_queue_a_push_joins_a_release_that_waits_only_when_nobody_comes_after_it() {
        ServiceHead head = after(Policy.QUEUE, turn("a", 'a', 0), turn("d", 'd', 2), turn("b", 'b', 1),
                turn("e", 'e', 2));
        assertThat(head.canJoin("e", Policy.QUEUE)).isTrue();
        assertThat(head.canJoin("d", Policy.QUEUE)).as("e came later in the same second").isFalse();
        assertThat(head.after("e").canJoin("d", Policy.QUEUE)).as("b was pushed earlier").isTrue();
        assertThat(head.after("e").canJoin("b", Policy.QUEUE)).isFalse();
        assertThat(head.canJoin("x", Policy.QUEUE)).isFalse();
    }

    @Test
    void a_push_that_joins_makes_the_release_as_new_as_itself_wherever_that_stands() {
        ServiceHead head = admit(after(turn("a", 'a', 0)).cleared("a"), turn("b", 'b', 1), null).head();
        assertThat(join(head, "a", 2, Policy.NEWEST_WINS).head().running())
                .extracting(Turn::pushedAt).isEqualTo(NOON.plusSeconds(2));
        assertThat(join(head, "b", 2, Policy.NEWEST_WINS).head()).satisfies(joined -> {
            assertThat(joined.running()).isEqualTo(head.running());
            assertThat(joined.waiting()).containsExactly(turn("b", 'b', 2));
        });
    }

    @Test
    void a_release_that_waits_or_is_gone_may_not_go_on() {
        ServiceHead head = after(turn("a", 'a', 0), turn("b", 'b', 1));
        Objection objection = new Objection(Outcome.FAILED, "It is not the turn of release b.");
        assertThat(head.objection("b")).isEqualTo(objection);
        assertThat(ServiceHead.IDLE.objection("b")).isEqualTo(objection);
    }

    @Test
    void where_pushes_are_refused_only_an_idle_service_takes_one() {
        ServiceHead head = after(Policy.REFUSE, turn("a", 'a', 0));
        Admission refused = head.admit(turn("b", 'b', 1), null, Policy.REFUSE);
        assertThat(refused.answer()).isEqualTo(Answer.REJECTED);
        assertThat(refused.reason()).isEqualTo("Release a of this service has not ended, and the service takes no push"
                + " meanwhile (overlap refuse): push again when it has.");
        assertThat(refused.head()).isEqualTo(head);
        assertThat(head.admit(turn("a2", 'a', 1), null, Policy.REFUSE).answer()).isEqualTo(Answer.DUPLICATE);
        assertThat(head.after("a").admit(turn("b", 'b', 1), null, Policy.REFUSE).answer()).isEqualTo(Answer.START);
    }

    /** Every state of the queue that up to four pushes, clearances and ends can lead to, under every policy. */
    @Test
    void in_every_state_no_release_is_both_cleared_and_overtaken_and_every_answer_is_given_twice() {
        Set<ServiceHead> seen = new HashSet<>();
        Deque<ServiceHead> open = new ArrayDeque<>(List.of(ServiceHead.IDLE));
        List<Turn> pushes = List.of(turn("a", 'a', 1), turn("b", 'b', 1), turn("a2", 'a', 2), other("x", 'd', 1));
        while (!open.isEmpty()) {
            ServiceHead head = open.remove();
            if (!seen.add(head)) {
                continue;
            }
            Turn running = head.running();
            assertThat(head.waiting()).doesNotContain(running);
            if (running != null) {
                assertThat(running.cleared() && running.overtakenBy() != null).isFalse();
                if (head.objection(running.releaseId()) == null) {
                    open.add(head.cleared(running.releaseId()));
                }
                open.add(head.after(running.releaseId()));
            }
            Turn next = head.next();
            if (next != null) {
                assertThat(Policy.values()).allSatisfy(policy -> assertThat(head.admit(next, null, policy).answer())
                        .isNotEqualTo(Answer.WAIT));
            }
            for (Turn push : pushes) {
                for (Policy policy : Policy.values()) {
                    Admission admission = head.admit(push, null, policy);
                    Admission again = admission.head().admit(push, null, policy);
                    assertThat(again.answer()).isEqualTo(admission.answer());
                    assertThat(again.head()).isEqualTo(admission.head());
                    assertThat(again.displaced()).isEmpty();
                    Turn runs = admission.head().running();
                    if (running != null && running.cleared()) {
                        assertThat(runs).isEqualTo(running);
                    }
                    if (running != null && policy != Policy.NEWEST_WINS) {
                        assertThat(runs).isEqualTo(running);
                        assertThat(admission.head().waiting().stream().map(Turn::releaseId).toList())
                                .containsAll(head.waiting().stream().map(Turn::releaseId)
                                        .filter(waits -> !waits.equals(push.releaseId())).toList());
                    }
                    open.add(admission.head());
                }
            }
        }
        assertThat(seen).hasSizeGreaterThan(500);
    }

    @Test
    void only_the_newest_waits_and_the_one_before_is_displaced() {
        Admission admission = admit(after(turn("a", 'a', 0), turn("b", 'b', 1)), turn("c", 'c', 2), null);
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
        ServiceHead head = admit(after(turn("a", 'a', 0)).cleared("a"), turn("b", 'b', 1), null).head();
        Admission joined = join(head, "a", 2, Policy.NEWEST_WINS);
        assertThat(joined.answer()).isEqualTo(Answer.DUPLICATE);
        assertThat(joined.displaced()).containsExactly(turn("b", 'b', 1));
        assertThat(answer(joined.head(), turn("b", 'b', 1), null)).isEqualTo(Answer.SUPERSEDED);
    }

    @Test
    void a_late_event_that_joins_does_not_displace_a_newer_push() {
        Admission joined = join(admit(after(turn("a", 'a', 0)).cleared("a"), turn("b", 'b', 5), null).head(), "a", 2,
                Policy.NEWEST_WINS);
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
        Admission admission = admit(held, turn("a", 'a', 0), null);
        assertThat(admission.answer()).isEqualTo(Answer.HELD);
        assertThat(admission.reason()).contains("frozen until Monday");
        assertThat(admission.head()).isEqualTo(held);
    }

    @Test
    void the_queue_survives_the_ledger() {
        ServiceHead head = after(turn("a", 'a', 0), other("x", 'd', 2).sleepingOn("token"), turn("b", 'b', 0));
        Entry entry = new Entry(HeadEntry.id(World.SHOP), 1, "w", HeadEntry.write(head, null));
        assertThat(HeadEntry.read(entry)).isEqualTo(head);
        ServiceHead cleared = after(turn("a", 'a', 0)).cleared("a");
        assertThat(HeadEntry.read(new Entry("x", 1, "w", HeadEntry.write(cleared, null)))).isEqualTo(cleared);
    }
}
