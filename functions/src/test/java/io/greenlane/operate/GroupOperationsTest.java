package io.greenlane.operate;

import static io.greenlane.group.GroupSite.BEFORE;
import static io.greenlane.group.GroupSite.PUSH;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.deployment.DeploymentStatus;
import io.greenlane.group.GroupSite;
import io.greenlane.image.PushEvent;
import io.greenlane.image.Tag;
import io.greenlane.operate.OperatorDesk.Reply;
import io.greenlane.release.GroupRelease.Failure;
import io.greenlane.release.Objection;
import io.greenlane.release.Operator;
import io.greenlane.release.Outcome;
import io.greenlane.release.RollBack;
import io.greenlane.release.RollBack.Way;
import io.greenlane.release.RollBacks;
import io.greenlane.release.World;
import io.greenlane.service.Overlap.Policy;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What operators see and do at services that are released together. */
class GroupOperationsTest {
    private static final Operator ADA = new Operator("Ada", "Carts are empty.");
    private static final Operator BOB = new Operator("Bob", "Still empty.");
    private static final String WHY = "Ada rolled it back: Carts are empty.";

    private final GroupSite site = new GroupSite(1, 2);
    private final World world = site.site.world;

    private OperatorDesk desk() {
        return new OperatorDesk(world.ledger(), world.outbox(), world.waking(), site.site.deployments(),
                site.site.codeDeploy,
                site::topology, site.images, site.executions, world.clock);
    }

    private Reply rollBack(Operator operator) {
        return desk().rollBack(PUSH.registry(), site.service(1), operator);
    }

    private List<String> lines(String... names) {
        return new Overview(world.ledger(), site.site.deployments(), site::topology, world.clock).of(site.service(1))
                .stream().filter(line -> List.of(names).contains(line.split(" ", 2)[0])).toList();
    }

    private List<String> group() {
        return lines("group", "member");
    }

    @Test
    void rolling_one_service_back_stops_all_of_its_group_that_are_under_way() {
        site.deploying();
        Reply reply = rollBack(ADA);

        assertThat(reply.accepted() && reply.changed()).isTrue();
        assertThat(reply.sentence()).endsWith(" All services of group shop go back with it.");
        assertThat(site.site.codeDeploy.stopped).containsExactly(site.deployment(0), site.deployment(1));
        assertThat(site.site.withdrawals().whyRefused(site.deployment(0)))
                .isEqualTo(new Objection(Outcome.ROLLED_BACK, WHY));
        assertThat(site.group().failure()).isEqualTo(new Failure(null, Outcome.ROLLED_BACK, WHY));
        assertThat(Objects.requireNonNull(world.quarantine().find(site.service(1), PUSH.digest())).by())
                .isEqualTo("Ada");
        assertThat(rollBack(ADA).changed()).isFalse();
        assertThat(rollBack(BOB)).isEqualTo(new Reply(false, false, "Group shop is going back already: " + WHY));
    }

    @Test
    void a_deployment_that_has_ended_is_not_stopped() {
        site.deploying();
        site.site.codeDeploy.becomes(site.deployment(0), DeploymentStatus.SUCCEEDED);
        rollBack(ADA);
        assertThat(site.site.codeDeploy.stopped).containsExactly(site.deployment(1));
        assertThat(site.site.withdrawals().whyRefused(site.deployment(0))).isNull();
    }

    @Test
    void a_group_of_which_nothing_is_deployed_yet_is_not_in_the_way() {
        site.ask(0);
        assertThat(rollBack(ADA)).satisfies(reply -> {
            assertThat(reply.accepted()).isFalse();
            assertThat(reply.sentence()).startsWith("Nothing is known to go back to: of 0 digests")
                    .doesNotContain("All services");
        });
    }

    @Test
    void a_group_that_ended_well_before_it_could_be_stopped_goes_back_to_what_was_good_before() {
        site.deployed(BEFORE, "v1");
        site.passed();
        RollBacks rollBacks = new RollBacks(world.ledger());
        RollBack begun = new RollBack(ADA, world.now, PUSH.digest(), site.member(1).releaseId(),
                new Way.Stop(site.deployment(1)));
        rollBacks.begin(site.service(1), begun);
        for (int member = 0; member < 2; member++) {
            site.ends(member, Outcome.DEPLOYED, "It serves.");
        }
        site.settlement().look(site.id());

        assertThat(rollBack(ADA).accepted()).isTrue();

        assertThat(site.site.codeDeploy.stopped).isEmpty();
        assertThat(Objects.requireNonNull(rollBacks.find(site.service(1))).way()).isInstanceOf(Way.Again.class);
        assertThat(site.started).hasSize(1).allSatisfy((name, event) -> assertThat(PushEvent.read(event,
                PUSH.registry())).isInstanceOfSatisfying(PushEvent.Wanted.class, wanted -> {
                    assertThat(wanted.push().digest()).isEqualTo(BEFORE);
                    assertThat(wanted.push().tag()).isEqualTo(new Tag("v1"));
                    assertThat(wanted.backFrom()).isNull();
                }));
    }

    @Test
    void where_nobody_changed_anything_there_is_nothing_to_accept() {
        assertThat(desk().acceptDrift(site.service(0), ADA)).isEqualTo(new Reply(true, false,
                "Nothing is known at shop/member-0 that differs and is not accepted."));
    }

    @Test
    void a_service_of_a_group_is_shown_with_how_each_of_them_stands() {
        assertThat(group()).containsExactly("group        shop");
        site.deploying();
        site.passes(0);
        assertThat(group()).containsExactly("group        shop, no service may move production yet",
                "member       shop/member-0, wave 1: passed, waits for the others",
                "member       shop/member-1, wave 2: on its way");
        site.passes(1);
        assertThat(group()).containsExactly("group        shop, production may move up to wave 1",
                "member       shop/member-0, wave 1: production may move",
                "member       shop/member-1, wave 2: passed, waits for the others");
        site.site.meeting().moved(site.id(), site.member(0).releaseId());
        assertThat(group()).startsWith("group        shop, production may move up to wave 2",
                "member       shop/member-0, wave 1: production moved");
        site.ends(0, Outcome.DEPLOYED, "It serves.");
        site.ends(1, Outcome.ROLLED_BACK, GroupSite.BROKE);
        assertThat(group()).containsExactly("group        shop, goes back: " + GroupSite.BROKE,
                "member       shop/member-0, wave 1: DEPLOYED", "member       shop/member-1, wave 2: ROLLED_BACK");
        site.settlement().look(site.id());
        assertThat(group()).contains("member       shop/member-0, wave 1: goes back to " + BEFORE);
        site.ask(World.push('c', "event-c", PUSH.time().plusSeconds(1)), World.execution("c"), 0, Policy.NEWEST_WINS,
                null);
        assertThat(lines("waiting")).singleElement().asString()
                .endsWith(" of " + World.digest('c') + ", pushed at 2026-03-04T05:06:08Z");
    }
}
