package io.greenlane.release;

import static io.greenlane.group.GroupSite.BEFORE;
import static io.greenlane.group.GroupSite.EXECUTION;
import static io.greenlane.group.GroupSite.PUSH;
import static io.greenlane.release.World.START;
import static io.greenlane.release.World.execution;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.greenlane.deployment.Executions;
import io.greenlane.group.GroupSite;
import io.greenlane.image.Push;
import io.greenlane.release.AdmissionDesk.Reply;
import io.greenlane.release.GroupRelease.Member;
import io.greenlane.release.World.Told;
import io.greenlane.service.Overlap.Policy;
import io.greenlane.service.PlannedGroup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupAdmissionDeskTest {
    private static final Push NEWER = World.push('c', "event-c", START.plusSeconds(10));
    private static final Push NEWEST = World.push('d', "event-d", START.plusSeconds(20));

    private final GroupSite site = new GroupSite(1, 1);
    private final World world = site.site.world;

    /** Both members of a push ask, and sleep. */
    private List<String> both(Push push, Policy policy) {
        return List.of(ask(push, 0, policy).decision(), ask(push, 1, policy).decision());
    }

    private Reply ask(Push push, int member, Policy policy) {
        String name = push.eventId();
        return site.ask(push, execution(name), member, policy, world.asleep(name + "/" + member));
    }

    private static Told woken(Push push, int member, String why) {
        return new Told(push.eventId() + "/" + member, Map.of("woken", why));
    }

    /** The release of the group that production may move to. */
    private GroupSite cleared() {
        site.passed();
        world.told.clear();
        return site;
    }

    @Test
    void the_members_of_a_group_start_together_and_hear_the_same_when_they_ask_again() {
        for (int member : new int[]{0, 1, 0}) {
            assertThat(site.ask(member)).isEqualTo(
                    new Reply("START", "It is this release's turn.", site.member(member).releaseId()));
        }
        assertThat(site.group().members()).extracting(Member::before).containsExactly(BEFORE, BEFORE);
        Release release = Objects.requireNonNull(site.release(1));
        assertThat(world.standing().objection(release)).isNull();
        assertThat(world.groups().knows(PUSH, "shop")).isTrue();
        assertThat(world.groups().knows(NEWER, "shop") || world.groups().knows(PUSH, "web")).isFalse();
        assertThat(release.isMember()).isTrue();
        assertThat(release.turnId()).isEqualTo(site.id());
        assertThat(world.queue().head(site.service(1)).running()).isEqualTo(new Turn(site.id(), PUSH.repository(),
                PUSH.digest(), PUSH.time(), null));
    }

    @Test
    void a_workflow_that_need_not_sleep_is_woken_at_once() {
        assertThat(both(PUSH, Policy.NEWEST_WINS)).containsExactly("START", "START");
        assertThat(world.told).containsExactly(woken(PUSH, 0, "START"), woken(PUSH, 1, "START"));
    }

    @Test
    void a_group_whose_turn_it_is_not_sleeps_until_the_one_before_has_ended() {
        site.ask(0);
        assertThat(both(NEWER, Policy.QUEUE)).containsExactly("WAIT", "WAIT");
        site.ask(1);
        site.launch(0);
        site.launch(1);
        for (int member : new int[]{0, 1}) {
            site.ends(member, Outcome.ROLLED_BACK, "It broke.");
            assertThat(world.told).isEmpty();
        }
        site.settlement().look(site.id());
        String why = "Release " + site.id() + " ended.";
        assertThat(world.told).containsExactly(woken(NEWER, 0, why), woken(NEWER, 1, why));
        assertThat(both(NEWER, Policy.QUEUE)).containsExactly("START", "START");
    }

    @Test
    void an_event_that_is_delivered_to_two_workflows_asks_once() {
        site.ask(0);
        assertThat(site.ask(PUSH, execution("again"), 1, Policy.NEWEST_WINS, world.asleep("again"))).isEqualTo(
                new Reply("DUPLICATE", "Event event-b was delivered before; release " + site.id()
                        + " of the group answers it.", site.member(1).releaseId()));
        assertThat(world.told).extracting(Told::token).containsExactly("again");
    }

    @Test
    void another_push_of_the_same_image_joins_the_release_and_takes_the_place_of_what_waits() {
        cleared();
        assertThat(both(NEWER, Policy.NEWEST_WINS)).containsExactly("WAIT", "WAIT");
        Push again = World.push('b', "event-again", START.plusSeconds(30));

        assertThat(site.ask(again, execution("again"), 1, Policy.NEWEST_WINS, null)).isEqualTo(
                new Reply("DUPLICATE", "Release " + site.id()
                        + " already brings this image; another push of it changes nothing.",
                        site.member(1).releaseId()));

        assertThat(world.told).containsExactly(woken(NEWER, 0, "SUPERSEDED"), woken(NEWER, 1, "SUPERSEDED"));
        assertThat(site.group().eventIds()).containsExactly("event-b", "event-again");
        assertThat(both(NEWER, Policy.NEWEST_WINS)).containsExactly("SUPERSEDED", "SUPERSEDED");
    }

    @Test
    void another_push_of_an_image_that_goes_back_is_a_release_of_its_own() {
        site.stranded();
        Push again = World.push('b', "event-again", START.plusSeconds(30));
        Reply reply = ask(again, 0, Policy.NEWEST_WINS);
        assertThat(reply.decision()).isEqualTo("WAIT");
        assertThat(Objects.requireNonNull(world.releases().find(reply.releaseId())).generation()).isEqualTo(2);

        site.settlement().look(site.id());
        world.outcomeDesk().end(Objects.requireNonNull(world.releases().find(site.askBack(null).releaseId())),
                new OutcomeDesk.Verdict(Outcome.DEPLOYED, "It serves again.", null));
        site.settlement().look(site.id());
        assertThat(world.told).contains(woken(again, 0, "Release " + site.id() + " ended."));
        assertThat(ask(again, 0, Policy.NEWEST_WINS).decision()).isEqualTo("START");

        OutcomeDesk.Verdict aborted = new OutcomeDesk.Verdict(Outcome.ABORTED, "Stopped.", null);
        assertThat(world.outcomeDesk().record(again, site.service(0), execution("other"), aborted).releaseId())
                .isNull();
        assertThat(world.outcomeDesk().record(again, site.service(0), execution("event-again"), aborted).releaseId())
                .isEqualTo(reply.releaseId());
    }

    @Test
    void a_newer_push_takes_the_place_of_a_group_that_waits() {
        cleared();
        both(NEWER, Policy.NEWEST_WINS);
        assertThat(both(NEWEST, Policy.NEWEST_WINS)).containsExactly("WAIT", "WAIT");
        assertThat(world.told).containsExactly(woken(NEWER, 0, "SUPERSEDED"), woken(NEWER, 1, "SUPERSEDED"));
    }

    @Test
    void an_older_push_that_comes_late_is_superseded_at_every_member() {
        both(NEWER, Policy.NEWEST_WINS);
        Reply first = site.ask(0);
        Reply second = site.ask(1);
        assertThat(List.of(first, second)).extracting(Reply::decision).containsOnly("SUPERSEDED");
        assertThat(List.of(first, second)).extracting(Reply::reason).allMatch(it -> it.startsWith("A newer push of "));
        assertThat(site.group().failure()).isEqualTo(
                new GroupRelease.Failure(null, Outcome.SUPERSEDED, first.reason()));
    }

    @ParameterizedTest
    @CsvSource({"b, b, DUPLICATE", "b, a, START", "b, , START", ", , START", "a, a, START"})
    void only_where_every_member_runs_the_image_there_is_nothing_to_do(@Nullable Character one,
            @Nullable Character other, String decision) {
        site.running.put(site.service(0).key(), one == null ? null : World.digest(one));
        site.running.put(site.service(1).key(), other == null ? null : World.digest(other));
        assertThat(both(PUSH, Policy.NEWEST_WINS)).containsExactly(decision, decision);
    }

    @Test
    void what_speaks_against_one_member_speaks_against_all_and_who_sleeps_hears_of_it() {
        site.ask(0);
        assertThat(ask(NEWER, 0, Policy.QUEUE).decision()).isEqualTo("WAIT");
        site.broken.add("shop/member-1");

        Reply refused = ask(NEWER, 1, Policy.QUEUE);

        assertThat(refused).extracting(Reply::decision, Reply::reason).containsExactly("REJECTED",
                "shop/member-1 has no test listener");
        assertThat(world.told).containsExactly(woken(NEWER, 0, "REJECTED"), woken(NEWER, 1, "REJECTED"));
        assertThat(ask(NEWER, 0, Policy.QUEUE)).extracting(Reply::decision, Reply::reason).containsExactly("REJECTED",
                "Group shop is released as one, and shop/member-1 failed: shop/member-1 has no test listener");
        assertThat(site.ask(1).decision()).as("its turn has come before").isEqualTo("START");
    }

    @Test
    void a_member_that_could_not_be_planned_or_whose_image_is_in_quarantine_keeps_all_of_them_back() {
        PlannedGroup broken = new PlannedGroup("shop", List.of(site.planned.services().get(0),
                new PlannedGroup.Member(site.service(1), 1, "There is no such group.")));
        for (int member : new int[]{0, 1}) {
            assertThat(site.admissionDesk().ask(PUSH, broken, site.service(member), EXECUTION, Policy.NEWEST_WINS,
                    null)).extracting(Reply::decision, Reply::reason).containsExactly("REJECTED",
                            (member == 1
                                    ? ""
                                    : "Group shop is released as one, and shop/member-1 failed: ")
                                    + "There is no such group.");
        }
        Quarantined bad = new Quarantined(NEWER.digest(), START, "Ada", "It is slow.", null, null);
        world.quarantine().put(site.service(1), bad);
        assertThat(ask(NEWER, 0, Policy.NEWEST_WINS)).extracting(Reply::decision, Reply::reason).containsExactly(
                "REJECTED", "Group shop is released as one, and shop/member-1 failed: " + bad.refusal(site.service(1)));
        assertThat(world.queue().head(site.service(0))).isEqualTo(ServiceHead.IDLE);
    }

    @Test
    void a_member_whose_release_has_ended_hears_how_and_the_others_that_they_are_not_to_go_on() {
        site.deploying();
        site.ends(0, Outcome.ROLLED_BACK, "It broke.");
        assertThat(site.ask(0)).isEqualTo(new Reply("ROLLED_BACK", "It broke.", site.member(0).releaseId()));
        String why = "Group shop is released as one, and shop/member-0 failed: It broke.";
        assertThat(site.ask(1)).isEqualTo(new Reply("ROLLED_BACK", why, site.member(1).releaseId()));
        assertThat(world.standing().objection(Objects.requireNonNull(site.release(1))))
                .isEqualTo(new Objection(Outcome.ROLLED_BACK, why));
    }

    @Test
    void a_member_that_asks_is_looked_after() {
        site.ask(0);
        world.pass(Duration.ofMinutes(31));
        site.ask(0);
        assertThat(world.ledger().overdue(world.now)).contains("group-release#" + site.id())
                .doesNotContain("release#" + site.member(0).releaseId());
    }

    @Test
    void a_release_that_takes_a_member_back_starts_as_part_of_the_turn_of_the_group() {
        site.stranded().settlement().look(site.id());
        Reply reply = site.askBack(PUSH.digest());
        assertThat(reply).extracting(Reply::decision, Reply::reason).containsExactly("START",
                "It takes group release " + site.id() + " back.");
        Release back = Objects.requireNonNull(world.releases().find(reply.releaseId()));
        assertThat(back.isMember()).isFalse();
        assertThat(back.turnId()).isEqualTo(site.id());
        assertThat(site.askBack(PUSH.digest())).isEqualTo(reply);
        assertThat(site.askBack(BEFORE)).isEqualTo(
                new Reply("DUPLICATE", BEFORE + " already runs.", reply.releaseId()));
        assertThat(site.admissionDesk().askBack(site.back(), site.service(0), execution("other"), site.id(), null))
                .extracting(Reply::decision, Reply::reason).containsExactly("DUPLICATE", "Event "
                        + site.back().eventId() + " was delivered before; release " + back.id() + " answers it.");

        world.pass(Duration.ofMinutes(31));
        site.askBack(PUSH.digest());
        assertThat(world.ledger().overdue(world.now)).doesNotContain("release#" + back.id());
        world.outcomeDesk().end(back, new OutcomeDesk.Verdict(Outcome.ROLLED_BACK, "It broke, too.", null));
        assertThat(site.askBack(PUSH.digest())).isEqualTo(
                new Reply("ROLLED_BACK", "It broke, too.", reply.releaseId()));
    }

    @Test
    void what_nobody_wants_taken_back_is_refused() {
        site.stranded().settlement().look(site.id());
        Push stranger = World.push('a', Push.OPERATOR + "1", START);
        GroupAdmissionDesk desk = site.admissionDesk();
        Push other = World.push('f', site.back().eventId(), START);
        assertThat(desk.askBack(other, site.service(0), execution("4"), site.id(), null).decision())
                .as("another image by the same event").isEqualTo("REJECTED");
        assertThat(List.of(desk.askBack(stranger, site.service(0), execution("1"), site.id(), null),
                desk.askBack(site.back(), site.service(1), execution("2"), site.id(), null)))
                .extracting(Reply::decision, Reply::reason).containsExactly(
                        tuple("REJECTED", "Group release " + site.id() + " wants nothing taken back at shop/member-0."),
                        tuple("REJECTED",
                                "Group release " + site.id() + " wants nothing taken back at shop/member-1."));
        assertThat(desk.askBack(World.push('e', Push.OPERATOR + "2", START), site.service(0), execution("3"), "g-0",
                null).reason()).isEqualTo("Group release g-0 wants nothing taken back at shop/member-0.");
    }

    @Test
    void an_image_that_came_into_quarantine_is_not_gone_back_to() {
        site.stranded().settlement().look(site.id());
        Quarantined bad = new Quarantined(BEFORE, START, "Ada", "It is slow.", null, null);
        world.quarantine().put(site.service(0), bad);
        assertThat(site.askBack(PUSH.digest())).extracting(Reply::decision, Reply::reason).containsExactly("REJECTED",
                bad.refusal(site.service(0)));
    }

    @Test
    void nothing_is_taken_back_once_the_group_has_ended() {
        site.stranded().settlement().look(site.id());
        site.states.put(execution(site.back().eventId()), Executions.State.ABORTED);
        site.settlement().look(site.id());
        assertThat(site.group().ending()).isNotNull();
        assertThat(site.askBack(PUSH.digest()).decision()).isEqualTo("REJECTED");
    }
}
