package io.greenlane.release;

import static io.greenlane.release.World.SHOP;
import static io.greenlane.release.World.START;
import static io.greenlane.release.World.digest;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.image.Digest;
import io.greenlane.service.Overlap.Policy;
import io.greenlane.service.ServiceReference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GateOverridesTest {
    private static final Operator ADA = new Operator("Ada", "Log4j is not reached.");
    private static final Operator BOB = new Operator("Bob", "Signed by hand.");
    private static final Instant UNTIL = START.plus(Duration.ofHours(4));

    private final World world = new World();
    private final GateOverrides overrides = new GateOverrides(world.ledger());

    private Done override(Operator operator, String... gates) {
        return overrides.override(SHOP, new GateOverride(digest('a'), List.of(gates), operator, world.now,
                world.now.plus(Duration.ofHours(4))), "r-1");
    }

    private @Nullable Operator of(String gate) {
        return overrides.of(SHOP, digest('a'), gate, world.now);
    }

    private void deployed(Digest digest, Instant at) {
        new KnownGoods(world.ledger()).add(SHOP, new KnownGood(SHOP.repository(), digest, World.push('a', "e", at)
                .tag(), "arn:7", "r-1", "d-1", at));
    }

    @Test
    void an_override_counts_for_its_digest_its_gates_and_its_service_and_is_told_once() {
        Done done = override(ADA, "scan", "signature");

        assertThat(done.changed()).isTrue();
        assertThat(done.sentence()).isEqualTo("Until " + UNTIL + ", or until it has been deployed once, " + digest('a')
                + " is not held by gates scan, signature at shop/shop-api. All else holds it as before: quarantine,"
                + " validation and other gates.");
        assertThat(of("scan")).isEqualTo(ADA);
        assertThat(of("signature")).isEqualTo(ADA);
        assertThat(of("freeze")).isNull();
        assertThat(overrides.of(SHOP, digest('b'), "scan", world.now)).isNull();
        assertThat(overrides.of(new ServiceReference(SHOP.repository(), "shop", "other", null, null), digest('a'),
                "scan", world.now)).isNull();
        world.outbox().announce(done.entryId());
        world.outbox().announce(done.entryId());
        assertThat(world.announced).singleElement().satisfies(told -> {
            assertThat(told.subject()).isEqualTo("BREAK_GLASS shop/shop-api: by Ada");
            assertThat(told.message()).containsEntry("operation", "BREAK_GLASS").containsEntry("by", "Ada")
                    .containsEntry("reason", "Log4j is not reached.").containsEntry("releaseId", "r-1")
                    .containsEntry("sentence", done.sentence());
        });
    }

    @Test
    void it_counts_until_its_time_is_over_and_not_at_that_moment() {
        override(ADA, "scan");
        world.now = UNTIL.minusNanos(1);
        assertThat(of("scan")).isEqualTo(ADA);
        world.now = UNTIL;
        assertThat(of("scan")).isNull();
        assertThat(overrides.standing(SHOP, world.now)).isEmpty();
    }

    @Test
    void a_deployment_of_the_digest_uses_it_and_another_does_not() {
        override(ADA, "scan");
        deployed(digest('b'), START.plusSeconds(60));
        assertThat(of("scan")).isEqualTo(ADA);
        deployed(digest('a'), START.plusSeconds(120));
        assertThat(of("scan")).isNull();

        world.now = START.plusSeconds(180);
        assertThat(override(BOB, "scan").changed()).isTrue();
        assertThat(of("scan")).isEqualTo(BOB);
    }

    @Test
    void what_was_deployed_before_it_does_not_use_it() {
        deployed(digest('a'), START);
        override(ADA, "scan");
        assertThat(of("scan")).isEqualTo(ADA);
    }

    @Test
    void where_so_much_was_deployed_since_that_nobody_knows_it_counts_as_used() {
        override(ADA, "scan");
        for (int i = 1; i <= 19; i++) {
            deployed(new Digest("sha256:" + "%064x".formatted(i)), START.plusSeconds(i));
        }
        assertThat(of("scan")).isEqualTo(ADA);
        deployed(new Digest("sha256:" + "%064x".formatted(20)), START.plusSeconds(20));
        assertThat(of("scan")).isNull();
    }

    @Test
    void as_long_as_the_oldest_that_is_known_came_before_it_nothing_is_missing() {
        deployed(digest('b'), START.minusSeconds(1));
        override(ADA, "scan");
        for (int i = 1; i <= 19; i++) {
            deployed(new Digest("sha256:" + "%064x".formatted(i)), START.plusSeconds(i));
        }
        assertThat(of("scan")).isEqualTo(ADA);
    }

    @Test
    void the_second_who_overrides_the_same_hears_of_the_first_and_changes_nothing() {
        String entry = override(ADA, "scan", "signature").entryId();
        Done second = override(BOB, "signature");

        assertThat(second.changed()).isFalse();
        assertThat(second.sentence()).isEqualTo("Nothing new: gates scan, signature of " + digest('a')
                + " overridden by Ada until " + UNTIL
                + ", or until it has been deployed once (Log4j is not reached.).");
        assertThat(overrides.standing(SHOP, world.now)).hasSize(1);
        world.outbox().announce(entry);
        assertThat(world.announced).hasSize(1);
    }

    @Test
    void of_two_at_once_one_is_written() {
        AtomicBoolean first = new AtomicBoolean(true);
        LedgerTable table = new LedgerTable() {
            @Override
            public @Nullable Entry find(String id) {
                return world.table.find(id);
            }

            @Override
            public Written write(Entry entry) {
                if (first.compareAndSet(true, false)) {
                    override(BOB, "scan");
                }
                return world.table.write(entry);
            }

            @Override
            public List<String> overdue(Instant now) {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<String> listed(String partition, int atMost) {
                throw new UnsupportedOperationException();
            }
        };
        Done late = new GateOverrides(new Ledger(table, () -> "Ada")).override(SHOP,
                new GateOverride(digest('a'), List.of("scan"), ADA, world.now, UNTIL), null);
        assertThat(late.changed()).isFalse();
        assertThat(overrides.standing(SHOP, world.now)).extracting(GateOverride::operator).containsExactly(BOB);
    }

    @Test
    void more_gates_are_overridden_by_more_people_each_for_a_time_of_its_own() {
        override(ADA, "scan");
        world.pass(Duration.ofHours(3));
        assertThat(override(BOB, "signature", "scan").changed()).isTrue();
        assertThat(of("scan")).isEqualTo(ADA);
        world.pass(Duration.ofHours(2));
        assertThat(of("scan")).isEqualTo(BOB);
        assertThat(of("signature")).isEqualTo(BOB);
        assertThat(overrides.standing(SHOP, world.now)).extracting(GateOverride::operator).containsExactly(BOB);
    }

    @Test
    void the_last_twenty_are_kept_and_what_is_forgotten_holds_again() {
        override(ADA, "scan");
        for (int i = 1; i <= 19; i++) {
            overrides.override(SHOP, new GateOverride(new Digest("sha256:" + "%064x".formatted(i)), List.of("scan"),
                    BOB, world.now, UNTIL), null);
        }
        assertThat(of("scan")).isEqualTo(ADA);
        overrides.override(SHOP, new GateOverride(digest('c'), List.of("scan"), BOB, world.now, UNTIL), null);
        assertThat(of("scan")).isNull();
        assertThat(overrides.standing(SHOP, world.now)).hasSize(20);
    }

    @Test
    void services_that_are_released_together_share_it() {
        ServiceReference one = new ServiceReference(SHOP.repository(), "shop", "one", null, null, "shop");
        ServiceReference other = new ServiceReference(SHOP.repository(), "shop", "other", null, null, "shop");
        Done done = overrides.override(one, new GateOverride(digest('a'), List.of("scan"), ADA, world.now, UNTIL),
                null);
        assertThat(done.sentence()).contains("not held by gate scan at group shop");
        assertThat(overrides.of(other, digest('a'), "scan", world.now)).isEqualTo(ADA);
    }

    @Test
    void what_a_release_passed_by_an_override_is_told_with_its_outcome_when_there_was_a_deployment() {
        OverriddenGate gate = new OverriddenGate("scan", "the image has 1 critical vulnerability", ADA);
        for (String deployment : new String[]{"d-1", null}) {
            char digest = deployment == null ? 'b' : 'a';
            String id = world.admissionDesk().ask(World.push(digest, "event-" + digest, START), SHOP,
                    World.execution("" + digest), Policy.NEWEST_WINS, null, null)
                    .releaseId();
            world.releases().override(id, List.of(gate));
            world.releases().looked(id);
            Release open = Objects.requireNonNull(world.releases().find(id));
            assertThat(open.overridden()).containsExactly(gate);
            Ending ending = world.outcomeDesk().end(open,
                    new OutcomeDesk.Verdict(Outcome.FAILED, "It ended.", deployment)).ending();

            assertThat(ending.reason()).isEqualTo(deployment == null
                    ? "It ended."
                    : "It ended. Gate scan was overridden by Ada (Log4j is not reached.): the image has 1 critical"
                            + " vulnerability.");
            assertThat(world.announced.get(world.announced.size() - 1).message().get("overriddenGates"))
                    .isEqualTo(deployment == null ? null : List.of(gate.members()));
        }
    }
}
