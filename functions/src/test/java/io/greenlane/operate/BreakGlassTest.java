package io.greenlane.operate;

import static io.greenlane.release.World.SHOP;
import static io.greenlane.release.World.digest;
import static io.greenlane.release.World.execution;
import static io.greenlane.release.World.push;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.deployment.Executions;
import io.greenlane.group.GroupSite;
import io.greenlane.image.Push;
import io.greenlane.image.PushEvent;
import io.greenlane.image.Registry;
import io.greenlane.operate.OperatorDesk.Reply;
import io.greenlane.release.AdmissionDesk;
import io.greenlane.release.Faults;
import io.greenlane.release.GateOverrides;
import io.greenlane.release.Operator;
import io.greenlane.release.Outcome;
import io.greenlane.release.OutcomeDesk.Verdict;
import io.greenlane.release.Quarantined;
import io.greenlane.release.World;
import io.greenlane.service.Overlap.Policy;
import io.greenlane.service.ServiceReference;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BreakGlassTest {
    private static final Operator ADA = new Operator("Ada", "The shop is down.");
    private static final Operator BOB = new Operator("Bob", "I saw it too.");
    private static final Registry HOME = new Registry("111122223333", "eu-west-1");
    private static final Duration LASTING = Duration.ofHours(4);

    /** Its executions are used; its services are those of the group. */
    private GroupSite site = new GroupSite(1, 2);
    private World world = site.site.world;

    private BreakGlass glass() {
        return new BreakGlass(world.ledger(), world.outbox(), world.waking(),
                world.watched(Executions.class, site.executions), world.clock);
    }

    private Reply override(Operator operator, char digest, String... gates) {
        return glass().override(HOME, List.of(SHOP), digest(digest), List.of(gates), operator, LASTING);
    }

    /** A release of the digest that has its turn. */
    private String admitted(char digest) {
        AdmissionDesk.Reply reply = world.admissionDesk().ask(push(digest, "event-" + digest, world.now), SHOP,
                execution("glass-" + digest), Policy.NEWEST_WINS, null, null);
        assertThat(reply.decision()).isEqualTo("START");
        return reply.releaseId();
    }

    private void free() {
        world.outcomeDesk().end(Objects.requireNonNull(world.releases().find(site.site.release)),
                new Verdict(Outcome.FAILED, "It failed.", null));
    }

    private void ends(String release, Outcome outcome) {
        world.outcomeDesk().end(Objects.requireNonNull(world.releases().find(release)),
                new Verdict(outcome, "Gate scan: no.", null));
        world.pass(Duration.ofMinutes(1));
    }

    private Set<Object> announced() {
        return world.announced.stream().map(told -> told.message())
                .filter(message -> "BREAK_GLASS".equals(message.get("operation"))).map(message -> message.get("id"))
                .collect(Collectors.toSet());
    }

    private int standing() {
        return new GateOverrides(world.ledger()).standing(SHOP, world.now).size();
    }

    @Test
    void what_was_not_pushed_yet_may_be_overridden_before() {
        free();
        Reply reply = override(ADA, 'b', "scan");
        assertThat(reply.accepted() && reply.changed()).isTrue();
        assertThat(reply.sentence()).contains("is not held by gate scan at shop/shop-api.")
                .endsWith("No release of it is known: it counts for the next push of it.");
        assertThat(site.started).isEmpty();
        assertThat(announced()).hasSize(1);
        assertThat(override(BOB, 'b', "scan")).satisfies(again -> {
            assertThat(again.changed()).isFalse();
            assertThat(again.sentence()).startsWith("Nothing new: gate scan of " + digest('b') + " overridden by Ada");
        });
        assertThat(announced()).hasSize(1);
    }

    @Test
    void a_release_that_waits_at_its_gates_looks_again_at_once() {
        free();
        String release = admitted('b');
        world.queue().sleep(SHOP, release, world.asleep("token"));
        Reply reply = override(ADA, 'b', "scan");
        assertThat(reply.sentence()).endsWith("Release " + release + " looks at its gates again now.");
        assertThat(world.told).extracting(World.Told::token).containsExactly("token");
        assertThat(world.announced).last().satisfies(told -> assertThat(told.message())
                .containsEntry("releaseId", release));
        assertThat(override(ADA, 'b', "freeze").sentence())
                .endsWith("Release " + release + " has not ended; it counts when that looks at its gates.");
        assertThat(site.started).isEmpty();
    }

    @Test
    void the_release_of_another_digest_sleeps_on() {
        free();
        ends(admitted('c'), Outcome.FAILED);
        String release = admitted('b');
        world.queue().sleep(SHOP, release, world.asleep("token"));
        assertThat(override(ADA, 'c', "scan").sentence())
                .endsWith("of it ended FAILED: it counts for the next push of it.");
        assertThat(world.told).isEmpty();
        assertThat(site.started).isEmpty();
    }

    @Test
    void what_was_rejected_is_released_again_once_as_if_it_were_pushed_now() {
        free();
        String release = admitted('b');
        ends(release, Outcome.REJECTED);
        Reply reply = override(ADA, 'b', "scan");
        assertThat(reply.sentence())
                .endsWith("Release " + release + " was rejected, and the image is released again now.");
        assertThat(override(ADA, 'b', "scan")).satisfies(again -> {
            assertThat(again.changed()).isFalse();
            assertThat(again.sentence()).endsWith("the image is being released again already.");
        });
        assertThat(site.started).hasSize(1).allSatisfy((name, event) -> assertThat(PushEvent.read(event, HOME))
                .isInstanceOfSatisfying(PushEvent.Wanted.class, wanted -> {
                    assertThat(wanted.push().eventId()).isEqualTo(name).startsWith(Push.GLASS);
                    assertThat(wanted.push().byOperator()).as("passes no other gate").isFalse();
                    assertThat(wanted.push().digest()).isEqualTo(digest('b'));
                    assertThat(wanted.push().time()).isEqualTo(world.now);
                    assertThat(wanted.backFrom()).isNull();
                    assertThat(world.admissionDesk().ask(wanted.push(), SHOP, execution(name), Policy.NEWEST_WINS, null,
                            null).decision()).isEqualTo("START");
                }));
    }

    @Test
    void it_is_newer_than_every_push_that_came_since() {
        free();
        ends(admitted('b'), Outcome.REJECTED);
        world.pass(Duration.ofHours(1));
        ends(admitted('c'), Outcome.FAILED);
        world.pass(Duration.ofHours(-1));
        override(ADA, 'b', "scan");
        assertThat(site.started.values()).singleElement().satisfies(event -> assertThat(
                ((PushEvent.Wanted) PushEvent.read(event, HOME)).push().time()).isAfter(world.now));
    }

    @Test
    void a_release_that_is_rejected_again_can_be_begun_again_by_overriding_more() {
        free();
        ends(admitted('b'), Outcome.REJECTED);
        override(ADA, 'b', "scan");
        PushEvent.Wanted wanted = (PushEvent.Wanted) PushEvent.read(site.started.values().iterator().next(), HOME);
        ends(world.admissionDesk().ask(wanted.push(), SHOP, execution("again"), Policy.NEWEST_WINS, null, null)
                .releaseId(), Outcome.REJECTED);
        assertThat(override(ADA, 'b', "signature").sentence()).endsWith("the image is released again now.");
        assertThat(site.started).hasSize(2);
        assertThat(standing()).isEqualTo(2);
    }

    @Test
    void quarantine_and_hold_are_not_overridden() {
        free();
        world.quarantine().put(SHOP, new Quarantined(digest('b'), world.now, "Bob", "Bad.", null, null));
        assertThat(override(ADA, 'b', "scan")).satisfies(reply -> {
            assertThat(reply.accepted()).isFalse();
            assertThat(reply.sentence()).startsWith("No command overrides the quarantine. " + digest('b')
                    + " is in quarantine for shop/shop-api").contains("./operate release-digest");
        });
        world.queue().hold(SHOP, BOB, world.now);
        assertThat(override(ADA, 'c', "scan")).satisfies(reply -> {
            assertThat(reply.accepted()).isFalse();
            assertThat(reply.sentence()).contains("held by Bob", "./operate unhold");
        });
        assertThat(standing()).isZero();
        assertThat(announced()).isEmpty();
    }

    @Test
    void all_services_of_a_group_look_again_and_quarantine_of_one_holds_all() {
        List<ServiceReference> together = List.of(site.service(0), site.service(1));
        site.ask(0);
        site.ask(1);
        for (int member = 0; member < 2; member++) {
            world.groups().sleep(site.id(), site.member(member).releaseId(), world.asleep("token-" + member));
        }
        Reply reply = glass().override(HOME, together, GroupSite.PUSH.digest(), List.of("scan"), ADA, LASTING);
        assertThat(reply.sentence()).contains("at group shop.")
                .endsWith("Release " + site.id() + " looks at its gates again now.");
        assertThat(world.told).extracting(World.Told::token).containsExactlyInAnyOrder("token-0", "token-1");

        world.quarantine().put(site.service(1), new Quarantined(digest('c'), world.now, "Bob", "Bad.", null, null));
        assertThat(glass().override(HOME, together, digest('c'), List.of("scan"), ADA, LASTING).accepted()).isFalse();
    }

    @Test
    void a_group_that_was_rejected_is_released_again_as_a_whole() {
        site.ask(0);
        world.groups().change(site.id(), group -> group.failed(null, Outcome.REJECTED, "Gate scan: no."));
        for (int member = 0; member < 2; member++) {
            world.outcomeDesk().record(GroupSite.PUSH, site.service(member), GroupSite.EXECUTION,
                    new Verdict(Outcome.REJECTED, "Gate scan: no.", null));
        }
        world.outcomeDesk().endGroup(site.id());
        Reply reply = glass().override(HOME, List.of(site.service(1), site.service(0)), GroupSite.PUSH.digest(),
                List.of("scan"), ADA, LASTING);
        assertThat(reply.sentence()).endsWith("Release " + site.id() + " was rejected, and the image is released again"
                + " now.");
        assertThat(site.started).hasSize(1);
    }

    @Test
    void a_crash_at_any_call_leaves_one_record_one_message_and_one_release_after_the_same_command() {
        for (boolean waits : new boolean[]{true, false}) {
            int calls = Faults.atEachCall(faults -> {
                site = new GroupSite(1, 2);
                world = site.site.world;
                free();
                String release = admitted('b');
                if (waits) {
                    world.queue().sleep(SHOP, release, world.asleep("token"));
                } else {
                    ends(release, Outcome.REJECTED);
                }
                world.breaking(faults);
                try {
                    override(ADA, 'b', "scan");
                } catch (Faults.Injected e) {
                    world.breaking(Faults.none());
                    assertThat(override(ADA, 'b', "scan").accepted()).isTrue();
                }
                world.breaking(Faults.none());
                assertThat(standing()).isEqualTo(1);
                assertThat(announced()).hasSize(1);
                assertThat(world.told).hasSize(waits ? 1 : 0);
                assertThat(site.started).hasSize(waits ? 0 : 1);
                assertThat(world.ledger().overdue(world.now.plusSeconds(600)))
                        .noneMatch(id -> id.startsWith("override#"));
            });
            assertThat(calls).isGreaterThan(8);
        }
    }
}
