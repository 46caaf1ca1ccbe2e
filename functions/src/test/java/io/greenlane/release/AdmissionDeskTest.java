package io.greenlane.release;

import static io.greenlane.release.World.SHOP;
import static io.greenlane.release.World.START;
import static io.greenlane.release.World.digest;
import static io.greenlane.release.World.execution;
import static io.greenlane.release.World.push;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.image.Push;
import io.greenlane.image.Tag;
import io.greenlane.release.AdmissionDesk.Reply;
import io.greenlane.release.OutcomeDesk.Verdict;
import io.greenlane.service.Overlap.Policy;
import io.greenlane.service.ServiceReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdmissionDeskTest {
    private final World world = new World();

    private Reply ask(Push push, String execution, @Nullable String token) {
        return world.admissionDesk().ask(push, SHOP, execution(execution), Policy.NEWEST_WINS, digest('0'), token);
    }

    private void end(Push push, String execution, Outcome outcome) {
        world.outcomeDesk().record(push, SHOP, execution(execution), new Verdict(outcome, "Told so.", null));
    }

    @Test
    void the_same_event_delivered_twice_is_one_release() {
        Push push = push('a', "event-1", START);
        assertThat(ask(push, "one", null).decision()).isEqualTo("START");
        Reply again = ask(push, "two", null);
        assertThat(again.decision()).isEqualTo("DUPLICATE");
        assertThat(again.reason()).contains("event-1 was delivered before");
        end(push, "one", Outcome.DEPLOYED);
        assertThat(ask(push, "three", null).decision()).isEqualTo("DUPLICATE");
    }

    @Test
    void an_event_that_comes_after_the_sweep_has_found_its_push_changes_nothing_however_that_ended() {
        Push found = push('a', Push.FOUND + "1", START.plusMillis(300));
        ask(found, "one", null);
        end(found, "one", Outcome.FAILED);

        Reply late = ask(push('a', "event-1", START), "two", null);
        Reply pushedAgain = ask(push('a', "event-2", START.plusSeconds(60)), "three", null);

        assertThat(late.decision()).isEqualTo("DUPLICATE");
        assertThat(late.reason()).contains("event-1 tells of a push that was found before it came");
        assertThat(pushedAgain.decision()).isEqualTo("START");
    }

    @Test
    void one_image_under_two_tags_is_one_release() {
        assertThat(ask(push('a', "event-1", START), "one", null).decision()).isEqualTo("START");
        assertThat(ask(push('a', "event-2", START), "two", null).decision()).isEqualTo("DUPLICATE");
        assertThat(ask(push('a', "event-2", START), "three", null).decision()).isEqualTo("DUPLICATE");
    }

    @Test
    void an_older_image_pushed_again_on_purpose_is_released_again() {
        Push first = push('a', "event-1", START);
        String firstId = ask(first, "one", null).releaseId();
        end(first, "one", Outcome.DEPLOYED);
        Push second = push('b', "event-2", START.plusSeconds(60));
        ask(second, "two", null);
        end(second, "two", Outcome.DEPLOYED);
        Reply back = ask(push('a', "event-3", START.plusSeconds(120)), "three", null);
        assertThat(back.decision()).isEqualTo("START");
        assertThat(back.releaseId()).isNotEqualTo(firstId).matches(ReleaseId.FORM);
    }

    @Test
    void while_one_runs_the_next_sleeps_and_is_woken_by_its_end() {
        Push first = push('a', "event-1", START);
        Push second = push('b', "event-2", START.plusSeconds(1));
        ask(first, "one", null);
        assertThat(ask(second, "two", null).decision()).isEqualTo("WAIT");
        ask(second, "two", world.asleep("token-2"));
        assertThat(world.told).isEmpty();
        end(first, "one", Outcome.DEPLOYED);
        assertThat(world.told).extracting(World.Told::token).containsExactly("token-2");
        assertThat(ask(second, "two", null).decision()).isEqualTo("START");
    }

    @Test
    void a_turn_that_came_between_asking_and_sleeping_is_not_slept_through() {
        Push first = push('a', "event-1", START);
        Push second = push('b', "event-2", START.plusSeconds(1));
        ask(first, "one", null);
        assertThat(ask(second, "two", null).decision()).isEqualTo("WAIT");
        end(first, "one", Outcome.DEPLOYED);
        ask(second, "two", world.asleep("token-2"));
        assertThat(world.told).extracting(World.Told::token).containsExactly("token-2");
    }

    @Test
    void a_waiting_release_that_is_overtaken_wakes_to_hear_it() {
        ask(push('a', "event-1", START), "one", null);
        Push second = push('b', "event-2", START.plusSeconds(1));
        ask(second, "two", world.asleep("token-2"));
        assertThat(ask(push('c', "event-3", START.plusSeconds(2)), "three", null).decision()).isEqualTo("WAIT");
        assertThat(world.told).extracting(World.Told::token).containsExactly("token-2");
        assertThat(ask(second, "two", null).decision()).isEqualTo("SUPERSEDED");
    }

    @Test
    void an_image_pushed_again_while_its_release_makes_way_is_a_release_of_its_own_also_after_a_crash_at_any_call() {
        int calls = Faults.atEachCall(faults -> {
            World broken = new World();
            String first = broken.admissionDesk().ask(push('a', "event-1", START), SHOP, execution("one"),
                    Policy.NEWEST_WINS, null, null).releaseId();
            broken.admissionDesk().ask(push('b', "event-2", START.plusSeconds(1)), SHOP, execution("two"),
                    Policy.NEWEST_WINS, null, null);
            Push again = push('a', "event-3", START.plusSeconds(2));
            try {
                broken.breaking(faults).admissionDesk().ask(again, SHOP, execution("three"), Policy.NEWEST_WINS,
                        null, null);
            } catch (Faults.Injected e) {
                broken.breaking(Faults.none()).outcomeDesk().record(push('a', "event-1", START), SHOP,
                        execution("one"), new Verdict(Outcome.SUPERSEDED, "Overtaken.", null));
            }
            Reply reply = broken.breaking(Faults.none()).admissionDesk().ask(again, SHOP, execution("three"),
                    Policy.NEWEST_WINS, null, null);
            assertThat(reply.releaseId()).isNotEqualTo(first);
            assertThat(reply.decision()).isEqualTo(faults.happened() ? "START" : "WAIT");
            assertThat(broken.queue().head(SHOP).waiting()).noneMatch(turn -> turn.digest().equals(digest('b')));
        });
        assertThat(calls).isGreaterThan(5);
    }

    @Test
    void a_push_of_the_image_in_flight_that_broke_off_before_it_joined_joins_when_asked_again() {
        int calls = Faults.atEachCall(faults -> {
            World broken = new World();
            String first = broken.admissionDesk().ask(push('a', "event-1", START), SHOP, execution("one"),
                    Policy.NEWEST_WINS, null, null).releaseId();
            broken.queue().clear(SHOP, first);
            broken.admissionDesk().ask(push('b', "event-2", START.plusSeconds(1)), SHOP, execution("two"),
                    Policy.NEWEST_WINS, null, null);
            Push again = push('a', "event-3", START.plusSeconds(2));
            try {
                broken.breaking(faults).admissionDesk().ask(again, SHOP, execution("three"), Policy.NEWEST_WINS,
                        null, null);
            } catch (Faults.Injected e) {
                broken.breaking(Faults.none()).admissionDesk().ask(again, SHOP, execution("three"),
                        Policy.NEWEST_WINS, null, null);
            }
            broken.breaking(Faults.none());
            assertThat(broken.queue().head(SHOP).waiting()).isEmpty();
        });
        assertThat(calls).isGreaterThan(3);
    }

    @Test
    void a_release_that_asks_for_its_turn_is_looked_after() {
        Push push = push('a', "event-1", START);
        ask(push, "one", null);
        world.pass(Duration.ofMinutes(29));
        ask(push, "one", null);
        world.pass(Duration.ofMinutes(29));
        assertThat(world.ledger().overdue(world.now)).isEmpty();
        world.pass(Duration.ofMinutes(2));
        assertThat(world.ledger().overdue(world.now)).hasSize(1);
    }

    @Test
    void in_a_queue_every_push_has_its_turn() {
        List<Push> pushes = List.of(push('a', "event-1", START), push('b', "event-2", START.plusSeconds(1)),
                push('a', "event-3", START.plusSeconds(2)));
        List<String> decisions = new ArrayList<>();
        for (Push push : pushes) {
            decisions.add(world.admissionDesk().ask(push, SHOP, execution(push.eventId()), Policy.QUEUE, null,
                    world.asleep(push.eventId())).decision());
        }
        assertThat(decisions).containsExactly("START", "WAIT", "WAIT");
        for (Push push : pushes) {
            assertThat(world.told).last().extracting(World.Told::token).isEqualTo(push.eventId());
            assertThat(world.admissionDesk().ask(push, SHOP, execution(push.eventId()), Policy.QUEUE, null, null)
                    .decision()).isEqualTo("START");
            end(push, push.eventId(), Outcome.DEPLOYED);
        }
        assertThat(world.queue().head(SHOP).waiting()).isEmpty();
    }

    @Test
    void a_release_that_was_ended_meanwhile_hears_its_outcome() {
        Push push = push('a', "event-1", START);
        Reply reply = ask(push, "one", null);
        end(push, "one", Outcome.ABORTED);
        assertThat(ask(push, "one", null)).isEqualTo(new Reply("ABORTED", "Told so.", reply.releaseId()));
    }

    @Test
    void a_service_that_cannot_be_deployed_to_is_refused_and_its_queue_untouched() {
        Push push = push('a', "event-1", START);
        Reply reply = world.admissionDesk().refuse(push, SHOP, execution("one"), Policy.NEWEST_WINS,
                "There is no such group.",
                world.asleep("token-1"));
        assertThat(reply.decision()).isEqualTo("REJECTED");
        assertThat(world.told).hasSize(1);
        assertThat(world.queue().head(SHOP)).isEqualTo(ServiceHead.IDLE);
        end(push, "one", Outcome.REJECTED);
        assertThat(world.outcome(reply.releaseId())).isEqualTo(Outcome.REJECTED);
    }

    @Test
    void asking_again_after_a_crash_at_any_call_gives_the_same_answer() {
        int calls = Faults.atEachCall(faults -> {
            World broken = new World();
            broken.admissionDesk().ask(push('a', "event-1", START), SHOP, execution("one"), Policy.NEWEST_WINS,
                    null, null);
            Push push = push('b', "event-2", START.plusSeconds(1));
            Reply reply;
            try {
                reply = broken.breaking(faults).admissionDesk().ask(push, SHOP, execution("two"),
                        Policy.NEWEST_WINS, null, null);
            } catch (Faults.Injected e) {
                reply = broken.breaking(Faults.none()).admissionDesk().ask(push, SHOP, execution("two"),
                        Policy.NEWEST_WINS, null,
                        null);
            }
            broken.breaking(Faults.none());
            assertThat(reply.decision()).isEqualTo("WAIT");
            assertThat(broken.queue().head(SHOP).waiting()).hasSize(1);
        });
        assertThat(calls).isGreaterThan(5);
    }

    @Test
    void an_image_that_failed_is_rejected_under_every_tag_with_the_reason_and_the_way_out() {
        Push push = push('a', "event-1", START);
        String failed = ask(push, "one", null).releaseId();
        world.outcomeDesk().record(push, SHOP, execution("one"), new Verdict(Outcome.ROLLED_BACK, "GET / answered 500.",
                "d-AAAAAAAAA", new Aftermath(true, false)));
        Push retagged = new Push(push.registry(), push.repository(), push.digest(), new Tag("stable"), "event-2",
                START.plusSeconds(60));
        Reply reply = ask(retagged, "two", world.asleep("token"));
        assertThat(reply.decision()).isEqualTo("REJECTED");
        assertThat(reply.reason()).contains(failed, "d-AAAAAAAAA", "GET / answered 500.",
                "./operate release-digest " + digest('a') + " --service shop/shop-api --by NAME --reason WHY");
        assertThat(world.told).extracting(World.Told::token).containsExactly("token");
        assertThat(world.queue().head(SHOP).running()).isNull();
        world.quarantine().release(SHOP, digest('a'), new Operator("Ada", "The database was down."), world.now);
        assertThat(ask(retagged, "two", null).decision()).isEqualTo("START");
    }

    @Test
    void an_image_that_failed_elsewhere_may_be_good_here() {
        world.quarantine().put(new ServiceReference(SHOP.repository(), "shop", "other", null, null),
                new Quarantined(digest('a'), START, "Ada", "Bad.", null, null));
        assertThat(ask(push('a', "event-1", START), "one", null).decision()).isEqualTo("START");
    }
}
