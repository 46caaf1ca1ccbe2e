package io.greenlane.release;

import static io.greenlane.release.World.SHOP;
import static io.greenlane.release.World.START;
import static io.greenlane.release.World.digest;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.group.GroupSite;
import io.greenlane.image.Digest;
import io.greenlane.image.Push;
import io.greenlane.image.RepositoryName;
import io.greenlane.image.Tag;
import io.greenlane.release.RollBack.Way;
import io.greenlane.service.Overlap.Policy;
import io.greenlane.service.ServiceReference;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WaysBackTest {
    private static final ServiceReference WORKER = new ServiceReference(SHOP.repository(), "shop", "shop-worker",
            "shop", "worker");
    private static final RollBack STOP = new RollBack(new Operator("Ada", "Carts are empty."), START, digest('b'),
            "r-2", new Way.Stop("d-2"));

    private final World world = new World();
    private final RollBacks rollBacks = new RollBacks(world.ledger());

    private @Nullable String wanted(Push push, ServiceReference... services) {
        return new WaysBack(world.ledger(), world.releases(), world.groups()).wanted(push, List.of(services), null);
    }

    private static Push push(char digest) {
        return World.push(digest, Push.OPERATOR + "1", START);
    }

    private static KnownGood good(Digest digest, Instant at) {
        return new KnownGood(SHOP.repository(), digest, new Tag("v1"), null, "r-1", null, at);
    }

    private void rollBack() {
        rollBacks.begin(SHOP, STOP.by(new Way.Again(good(digest('a'), START.minusSeconds(60)), START)));
    }

    @Test
    void what_is_written_down_counts_for_the_image_that_it_leads_to() {
        assertThat(wanted(push('a'), SHOP)).isNull();
        rollBack();
        assertThat(wanted(push('a'), SHOP)).isEqualTo("Ada rolls shop/shop-api back (Carts are empty.)");
        assertThat(wanted(push('b'), SHOP)).as("another image").isNull();
        assertThat(wanted(push('a'), WORKER)).as("another service").isNull();
        assertThat(wanted(push('a'), WORKER, SHOP)).as("its group").isNotNull();
        assertThat(wanted(World.push('a', "event-1", START), SHOP)).as("a push").isNull();
        assertThat(wanted(new Push(push('a').registry(), new RepositoryName("shop/other"), digest('a'), new Tag("v1"),
                Push.OPERATOR + "1", START), SHOP)).as("another repository").isNull();
    }

    @Test
    void a_stop_leads_to_no_image() {
        rollBacks.begin(SHOP, STOP);
        assertThat(wanted(push('b'), SHOP)).isNull();
        assertThat(wanted(push('a'), SHOP)).isNull();
    }

    @Test
    void that_an_image_was_good_is_not_enough() {
        new KnownGoods(world.ledger()).add(SHOP, good(digest('a'), START));
        assertThat(wanted(push('a'), SHOP)).isNull();
    }

    @Test
    void it_counts_until_the_image_has_been_deployed_once() {
        rollBack();
        KnownGoods goods = new KnownGoods(world.ledger());
        goods.add(SHOP, good(digest('a'), START.minusSeconds(60)));
        assertThat(wanted(push('a'), SHOP)).as("deployed before").isNotNull();
        goods.add(SHOP, good(digest('a'), START.plusSeconds(60)));
        assertThat(wanted(push('a'), SHOP)).isNull();
    }

    @Test
    void a_release_that_a_push_began_counts_once_an_operator_has_joined_it() {
        Push pushed = World.push('a', "event-1", START);
        String release = world.admissionDesk().ask(pushed, SHOP, World.execution("1"), Policy.NEWEST_WINS, null, null)
                .releaseId();
        WaysBack ways = new WaysBack(world.ledger(), world.releases(), world.groups());
        rollBack();
        assertThat(ways.joined(release, pushed, List.of(SHOP))).as("the roll-back did not come so far").isNull();
        world.queue().sleep(SHOP, release, world.asleep("gates"));

        assertThat(world.admissionDesk().ask(push('a'), SHOP, World.execution("2"), Policy.NEWEST_WINS, null, null)
                .releaseId()).isEqualTo(release);
        assertThat(world.told).singleElement().extracting(World.Told::token).isEqualTo("gates");
        assertThat(ways.joined(release, pushed, List.of(SHOP)))
                .isEqualTo("Ada rolls shop/shop-api back (Carts are empty.)");
        assertThat(ways.joined("r-unknown", pushed, List.of(SHOP))).isNull();
        new KnownGoods(world.ledger()).add(SHOP, good(digest('a'), START.plusSeconds(60)));
        assertThat(ways.joined(release, pushed, List.of(SHOP))).as("deployed since").isNull();
    }

    @Test
    void a_group_that_a_push_began_counts_and_is_woken_once_an_operator_has_joined_it() {
        GroupSite site = new GroupSite(1, 2);
        World there = site.site.world;
        site.ask(0);
        site.ask(1);
        for (int member = 0; member < 2; member++) {
            there.groups().sleep(site.id(), site.member(member).releaseId(), there.asleep("gates/" + member));
        }
        KnownGood target = new KnownGood(GroupSite.PUSH.repository(), GroupSite.PUSH.digest(), new Tag("v1"), null,
                "r-1", null, START.minusSeconds(60));
        new RollBacks(there.ledger()).begin(site.service(1), STOP.by(new Way.Again(target, START)));
        WaysBack ways = new WaysBack(there.ledger(), there.releases(), there.groups());
        List<ServiceReference> both = List.of(site.service(0), site.service(1));
        assertThat(ways.joined(site.id(), GroupSite.PUSH, both)).isNull();

        site.ask(push('b'), World.execution("back"), 0, Policy.NEWEST_WINS, null);
        assertThat(there.told).extracting(World.Told::token).containsExactly("gates/0", "gates/1");
        assertThat(ways.joined(site.id(), GroupSite.PUSH, both)).startsWith("Ada rolls ");
    }

    @Test
    void a_group_is_taken_back_at_the_member_by_the_event_and_to_the_image_that_its_release_says() {
        GroupSite site = new GroupSite(1, 2).stranded();
        site.settlement().look(site.id());
        WaysBack ways = new WaysBack(site.site.world.ledger(), site.site.world.releases(),
                site.site.world.groups());
        Push back = site.back();
        assertThat(ways.wanted(back, List.of(site.service(0)), site.id()))
                .isEqualTo("group release " + site.id() + " is taken back");
        assertThat(ways.wanted(back, List.of(site.service(1)), site.id())).as("another member").isNull();
        assertThat(ways.wanted(back, List.of(site.service(0)), null)).as("by nobody").isNull();
        assertThat(ways.wanted(back, List.of(site.service(0)), "g-0")).as("another group release").isNull();
        assertThat(ways.wanted(World.push('f', back.eventId(), START), List.of(site.service(0)), site.id()))
                .as("another image").isNull();
        assertThat(ways.wanted(new Push(back.registry(), back.repository(), back.digest(), back.tag(),
                Push.OPERATOR + "1", back.time()), List.of(site.service(0)), site.id())).as("another event").isNull();
        assertThat(Objects.requireNonNull(site.member(0).before())).isEqualTo(back.digest());
    }
}
