package io.greenlane.release;

import static io.greenlane.release.World.SHOP;
import static io.greenlane.release.World.START;
import static io.greenlane.release.World.digest;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.image.Tag;
import io.greenlane.release.RollBack.Way;
import io.greenlane.service.ServiceReference;
import org.junit.jupiter.api.Test;

class RollBacksTest {
    private static final Operator ADA = new Operator("Ada", "Carts are empty.");
    private static final Operator BOB = new Operator("Bob", "Carts are empty.");
    private static final RollBack STOP = new RollBack(ADA, START, digest('b'), "r-2", new Way.Stop("d-2"));

    private final World world = new World();
    private final RollBacks rollBacks = new RollBacks(world.ledger());

    @Test
    void a_roll_back_reads_as_it_was_written_also_when_it_is_done_another_way() {
        assertThat(rollBacks.begin(SHOP, STOP)).isEqualTo(STOP);
        assertThat(rollBacks.find(SHOP)).isEqualTo(STOP);
        KnownGood target = new KnownGood(SHOP.repository(), digest('a'), new Tag("v1"), null, "r-1", null, START);
        RollBack again = STOP.by(new Way.Again(target, START.plusSeconds(1)));
        rollBacks.change(SHOP, again);
        assertThat(rollBacks.find(SHOP)).isEqualTo(again);
        assertThat(rollBacks.find(new ServiceReference(SHOP.repository(), "shop", "other", null, null))).isNull();
    }

    @Test
    void what_is_under_way_is_finished_by_whoever_comes_within_two_minutes_and_decided_anew_after_that() {
        rollBacks.begin(SHOP, STOP);
        assertThat(rollBacks.standing(SHOP, BOB, START.plusSeconds(119))).isEqualTo(STOP);
        assertThat(rollBacks.standing(SHOP, BOB, START.plusSeconds(120))).isNull();
    }

    @Test
    void what_is_done_answers_only_the_same_operator_with_the_same_reason_for_an_hour() {
        rollBacks.begin(SHOP, STOP);
        rollBacks.done(SHOP, STOP, START.plusSeconds(1));
        assertThat(rollBacks.standing(SHOP, ADA, START.plusSeconds(3599))).isNotNull();
        assertThat(rollBacks.standing(SHOP, ADA, START.plusSeconds(3600))).isNull();
        assertThat(rollBacks.standing(SHOP, BOB, START.plusSeconds(2))).isNull();
        assertThat(rollBacks.standing(SHOP, new Operator("Ada", "Still empty."), START.plusSeconds(2))).isNull();
    }

    @Test
    void what_is_done_is_done_and_told_once() {
        rollBacks.begin(SHOP, STOP);
        Done done = rollBacks.done(SHOP, STOP, START.plusSeconds(1));
        assertThat(done.changed()).isTrue();
        assertThat(done.sentence()).isEqualTo("Deployment d-2 is stopped and rolled back. " + digest('b')
                + " is in quarantine.");
        Done again = rollBacks.done(SHOP, STOP, START.plusSeconds(9));
        assertThat(again).isEqualTo(new Done(false, done.entryId(), done.sentence()));
        assertThat(world.outbox().announce(done.entryId())).isTrue();
        assertThat(world.announced).singleElement().satisfies(told -> {
            assertThat(told.subject()).isEqualTo("ROLL_BACK shop/shop-api: by Ada");
            assertThat(told.message()).containsEntry("releaseId", "r-2").containsEntry("at", "2026-03-04T05:06:08Z");
        });
    }

    @Test
    void a_roll_back_of_what_nobody_knows_puts_nothing_in_quarantine() {
        assertThat(new RollBack(ADA, START, null, null, new Way.Stop("d-2")).sentence())
                .isEqualTo("Deployment d-2 is stopped and rolled back.");
    }
}
