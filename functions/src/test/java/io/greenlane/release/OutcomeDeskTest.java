package io.greenlane.release;

import static io.greenlane.release.World.SHOP;
import static io.greenlane.release.World.START;
import static io.greenlane.release.World.execution;
import static io.greenlane.release.World.push;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.greenlane.image.Push;
import io.greenlane.release.OutcomeDesk.Recorded;
import io.greenlane.release.OutcomeDesk.Verdict;
import io.greenlane.service.Overlap.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class OutcomeDeskTest {
    private static final Push FIRST = push('a', "event-1", START);
    private static final Push SECOND = push('b', "event-2", START.plusSeconds(1));
    private final World world = new World();

    private static void begin(World world) {
        world.admissionDesk().ask(FIRST, SHOP, execution("one"), Policy.NEWEST_WINS, null, null);
        world.admissionDesk().ask(SECOND, SHOP, execution("two"), Policy.NEWEST_WINS, null, world.asleep("token-2"));
    }

    private static Recorded deployed(World world) {
        return world.outcomeDesk().record(FIRST, SHOP, execution("one"),
                new Verdict(Outcome.DEPLOYED, "It serves.", "d-AAAAAAAAA"));
    }

    @Test
    void the_first_outcome_stands() {
        begin(world);
        deployed(world);
        Recorded late = world.outcomeDesk().record(FIRST, SHOP, execution("one"),
                new Verdict(Outcome.FAILED, "No, it failed.", null));
        assertThat(late.ending().outcome()).isEqualTo(Outcome.DEPLOYED);
        assertThat(world.announced).hasSize(1);
    }

    @Test
    void an_outcome_is_announced_with_all_that_is_known() {
        begin(world);
        Recorded recorded = deployed(world);
        assertThat(world.announced).singleElement().satisfies(announcement -> {
            assertThat(announcement.subject()).isEqualTo("DEPLOYED shop/shop-api: shop/api:va");
            assertThat(announcement.message()).containsEntry("outcome", "DEPLOYED")
                    .containsEntry("reason", "It serves.").containsEntry("deploymentId", "d-AAAAAAAAA")
                    .containsEntry("releaseId", String.valueOf(recorded.releaseId())).containsKeys("id", "push",
                            "service", "execution", "at");
        });
    }

    @Test
    void subjects_are_short_and_plain_whatever_the_names() {
        Push push = push("shop/" + "x".repeat(200), 'a', "event-1", START);
        world.outcomeDesk().record(push, null, execution("one"), new Verdict(Outcome.REJECTED, "No.", null));
        assertThat(world.announced.get(0).subject()).hasSizeLessThan(100).matches("[ -~]+");
    }

    @Test
    void a_closed_channel_leaves_the_release_alone_and_the_duty_in_the_ledger() {
        begin(world);
        world.channelOpen = false;
        deployed(world);
        assertThat(world.told).extracting(World.Told::token).containsExactly("token-2");
        world.pass(Duration.ofMinutes(3));
        assertThat(world.ledger().overdue(world.now)).hasSize(1);
        world.channelOpen = true;
        assertThat(world.outbox().announce(world.ledger().overdue(world.now).get(0))).isTrue();
        assertThat(world.announced).hasSize(1);
        assertThat(world.ledger().overdue(world.now)).isEmpty();
    }

    @Test
    void a_crash_at_any_call_is_healed_by_asking_again() {
        int calls = Faults.atEachCall(faults -> {
            World broken = new World();
            begin(broken);
            try {
                deployed(broken.breaking(faults));
            } catch (Faults.Injected e) {
                deployed(broken.breaking(Faults.none()));
            }
            broken.breaking(Faults.none());
            assertThat(broken.announced.stream().map(it -> it.message().get("id")).collect(Collectors.toSet()))
                    .hasSize(1);
            assertThat(broken.told).extracting(World.Told::token).containsExactly("token-2");
            assertThat(broken.queue().head(SHOP).running()).isNull();
            assertThat(broken.ledger().overdue(broken.now.plusSeconds(600))).isEmpty();
        });
        assertThat(calls).isGreaterThan(8);
    }

    @Test
    void what_was_not_to_be_done_is_recorded_but_not_announced() {
        world.outcomeDesk().record(FIRST, null, execution("one"), new Verdict(Outcome.IGNORED, "No one cares.", null));
        begin(world);
        Recorded duplicate = world.outcomeDesk().record(FIRST, SHOP, execution("three"),
                new Verdict(Outcome.DUPLICATE, "Twice.", null));
        assertThat(duplicate.releaseId()).isNull();
        assertThat(world.announced).isEmpty();
        assertThat(world.table.ids()).contains("event#event-1",
                "execution#" + execution("three") + "#shop/shop-api");
    }

    @Test
    void the_end_of_a_duplicate_does_not_end_the_release() {
        begin(world);
        world.outcomeDesk().record(FIRST, SHOP, execution("three"), new Verdict(Outcome.DUPLICATE, "Twice.", null));
        assertThat(world.queue().head(SHOP).running()).isNotNull();
    }

    @Test
    void a_rejected_push_delivered_twice_is_announced_once_and_stays_rejected() {
        Recorded first = world.outcomeDesk().record(FIRST, null, execution("one"),
                new Verdict(Outcome.REJECTED, "Bad.", null));
        Recorded second = world.outcomeDesk().record(FIRST, null, execution("two"),
                new Verdict(Outcome.FAILED, "Worse.", null));
        assertThat(second.ending().outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(second.ending().at()).isEqualTo(first.ending().at());
        assertThat(world.announced).hasSize(1);
    }

    @Test
    void members_of_a_newer_version_survive_and_the_token_does_not() {
        begin(world);
        String id = ReleaseEntry.id(ReleaseId.of(FIRST, SHOP, 1));
        world.ledger().change(id, entry -> Ledger.Change.write(
                new Members(entry).put("fromTheFuture", Map.of("a", 1L)).map(), id));
        world.releases().change(ReleaseId.of(FIRST, SHOP, 1), release -> Releases.Step.to(
                release.with(release.launch().begun(0, "secret-token", "arn", "{}", 2)), release));
        deployed(world);
        Entry entry = Objects.requireNonNull(world.table.find(id));
        assertThat(entry.members()).containsEntry("fromTheFuture", Map.of("a", 1L)).containsKey(Entry.EXPIRES_AT);
        assertThat(entry.members().toString()).doesNotContain("secret-token");
    }

    @Test
    void a_diverged_release_is_no_known_good_and_the_version_before_reads_it_as_failed() {
        begin(world);
        Difference other = new Difference(Difference.Kind.REVISION, "arn:7", "arn:6", "Production runs arn:6.");
        for (int i = 0; i < 2; i++) {
            world.outcomeDesk().record(FIRST, SHOP, execution("one"), new Verdict(Outcome.DIVERGED,
                    "Production runs arn:6.", "d-AAAAAAAAA", Aftermath.NONE.with(List.of(other))));
        }
        assertThat(world.outcome(ReleaseId.of(FIRST, SHOP, 1))).isEqualTo(Outcome.DIVERGED);
        assertThat(new KnownGoods(world.ledger()).of(SHOP)).isEmpty();
        assertThat(world.quarantine().find(SHOP, FIRST.digest())).isNull();
        assertThat(new Drifts(world.ledger()).of(SHOP)).singleElement().satisfies(drift -> {
            assertThat(drift.difference()).isEqualTo(other);
            assertThat(drift.isOpen()).isTrue();
        });
        assertThat(world.announced).singleElement().satisfies(
                told -> assertThat(told.message()).containsEntry("outcome", "DIVERGED"));
        assertThat(world.ledger().overdue(world.now.plusSeconds(600))).isEmpty();
        Entry entry = Objects.requireNonNull(world.table.find(ReleaseEntry.id(ReleaseId.of(FIRST, SHOP, 1))));
        assertThat(entry.members().get("ending")).asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("outcome", "FAILED");
    }

    private static Recorded failed(World world, Aftermath aftermath) {
        return world.outcomeDesk().record(FIRST, SHOP, execution("one"),
                new Verdict(Outcome.ROLLED_BACK, "GET / answered 500.", "d-AAAAAAAAA", aftermath));
    }

    @Test
    void what_follows_from_a_failure_is_done_whatever_crashes_and_before_the_next_release_starts() {
        int calls = Faults.atEachCall(faults -> {
            World broken = new World();
            begin(broken);
            try {
                failed(broken.breaking(faults), new Aftermath(true, true));
            } catch (Faults.Injected e) {
                broken.breaking(Faults.none());
                boolean woken = !broken.told.isEmpty();
                assertThat(broken.quarantine().find(SHOP, FIRST.digest()) != null).as("%s", faults.calls())
                        .satisfies(quarantined -> assertThat(quarantined || !woken).isTrue());
                failed(broken, new Aftermath(true, true));
            }
            broken.breaking(Faults.none());
            assertThat(broken.quarantine().find(SHOP, FIRST.digest())).isNotNull();
            assertThat(broken.quarantine().list(SHOP, 10)).hasSize(1);
            assertThat(broken.queue().head(SHOP).hold()).contains("Greenlane", "rollback");
            assertThat(broken.announced).allSatisfy(it -> assertThat(it.message())
                    .containsEntry("quarantined", true).containsEntry("held", true));
            assertThat(broken.ledger().overdue(broken.now.plusSeconds(600))).isEmpty();
        });
        assertThat(calls).isGreaterThan(12);
    }

    @Test
    void what_a_person_undid_is_not_done_again_with_the_ending() {
        begin(world);
        failed(world, new Aftermath(true, true));
        Operator ada = new Operator("Ada", "Seen to.");
        world.quarantine().release(SHOP, FIRST.digest(), ada, world.now);
        world.queue().unhold(SHOP, ada, world.now);
        failed(world, new Aftermath(true, true));
        assertThat(world.quarantine().find(SHOP, FIRST.digest())).isNull();
        assertThat(world.queue().head(SHOP).hold()).isNull();
    }

    @Test
    void what_is_not_the_images_fault_is_not_quarantined() {
        begin(world);
        failed(world, Aftermath.NONE);
        assertThat(world.quarantine().find(SHOP, FIRST.digest())).isNull();
        assertThat(world.announced.get(0).message()).doesNotContainKeys("quarantined", "held");
    }

    @Test
    void what_was_deployed_is_known_as_good_newest_first_and_each_digest_once() {
        int minute = 0;
        for (char digest : "abab".toCharArray()) {
            Push push = push(digest, "event-" + minute, START.plusSeconds(60L * minute));
            world.admissionDesk().ask(push, SHOP, execution("e" + minute), Policy.NEWEST_WINS, null, null);
            world.outcomeDesk().record(push, SHOP, execution("e" + minute),
                    new Verdict(Outcome.DEPLOYED, "It serves.", "d-" + minute));
            minute++;
            world.pass(Duration.ofMinutes(1));
        }
        assertThat(new KnownGoods(world.ledger()).of(SHOP)).extracting(KnownGood::digest, KnownGood::deploymentId)
                .containsExactly(tuple(World.digest('b'), "d-3"), tuple(World.digest('a'), "d-2"));
    }
}
