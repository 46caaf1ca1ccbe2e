package io.greenlane.release;

import static io.greenlane.release.World.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.image.Push;
import io.greenlane.release.GroupRelease.End;
import io.greenlane.release.GroupRelease.Member;
import io.greenlane.release.GroupRelease.Production;
import io.greenlane.release.GroupRelease.Vote;
import io.greenlane.release.GroupRelease.WayBack;
import io.greenlane.service.PlannedGroup;
import io.greenlane.service.ServiceReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupReleaseTest {
    private static final String REASON = "It broke.";

    private static GroupRelease group(String waves) {
        List<String> each = List.of(waves.split(" "));
        return GroupRelease.opened(World.push('a', "event-1", START), new PlannedGroup("shop", IntStream
                .range(0, each.size()).mapToObj(i -> new PlannedGroup.Member(new ServiceReference(
                        World.SHOP.repository(), "shop", "member-" + i, "shop", "member-" + i, "shop"),
                        Integer.parseInt(each.get(i)), null))
                .toList()), 1, World.execution("one"), START);
    }

    private static Vote vote(Member member) {
        return new Vote("d-" + member.releaseId(), "hook", Map.of("sentence", "Fine."));
    }

    /** Everything that may happen next, whatever sense it makes. */
    private static Stream<UnaryOperator<GroupRelease>> next(GroupRelease now) {
        List<UnaryOperator<GroupRelease>> steps = new ArrayList<>();
        steps.add(GroupRelease::go);
        steps.add(group -> group.failed(null, Outcome.SUPERSEDED, REASON));
        for (Member member : now.members()) {
            String id = member.releaseId();
            if (member.end() == null) {
                steps.add(group -> group.voted(id, vote(member)));
                steps.add(group -> group.failed(id, Outcome.ROLLED_BACK, REASON));
                steps.add(group -> group.ended(id, new End(Outcome.ROLLED_BACK, false, false), REASON));
            }
            if (member.end() == null && now.lets(member)) {
                steps.add(group -> group.moved(id));
                steps.add(group -> group.ended(id, new End(Outcome.DEPLOYED, false, false), REASON));
                steps.add(group -> group.ended(id, new End(Outcome.ABORTED, false, true), REASON));
            }
        }
        for (Member member : now.stranded()) {
            steps.add(group -> group.goingBack(member.releaseId(), new WayBack("back", "goes back", null)));
        }
        for (Member member : now.members()) {
            if (member.wayBack() != null) {
                steps.add(group -> group.wentBack(member.service(), "back", Outcome.DEPLOYED, REASON));
                steps.add(group -> group.wentBack(member.service(), "back", Outcome.ROLLED_BACK, REASON));
            }
        }
        return steps.stream();
    }

    @Test
    void a_member_at_which_somebody_else_changed_what_runs_leaves_a_mix_that_is_told() {
        GroupRelease group = group("1 1");
        String one = group.members().get(0).releaseId();
        String other = group.members().get(1).releaseId();
        for (Member member : group.members()) {
            group = group.voted(member.releaseId(), vote(member));
        }

        GroupRelease ended = group.go().ended(one, new End(Outcome.DEPLOYED, false, false), REASON)
                .ended(other, new End(Outcome.DIVERGED, false, false), "Production runs something else.")
                .goingBack(one, new WayBack("back", "goes back", Outcome.DEPLOYED));

        assertThat(ended.production(ended.member(other))).isEqualTo(Production.UNKNOWN);
        assertThat(ended.isComplete()).isTrue();
        assertThat(ended.outcome()).isEqualTo(Outcome.MIXED);
        assertThat(ended.sentence()).contains("member-1 runs nobody knows what", "Production runs something else.");
    }

    private static GroupRelease cleared(String waves) {
        GroupRelease group = group(waves);
        for (Member member : group.members()) {
            group = group.voted(member.releaseId(), vote(member));
        }
        return group.go();
    }

    @Test
    void waves_are_cleared_from_the_first_that_all_have_passed_for_to_the_last() {
        GroupRelease group = cleared("1 1");
        String one = group.members().get(0).releaseId();
        String other = group.members().get(1).releaseId();
        assertThat(group("1 1").moved(one).moved(other).cleared()).isZero();
        assertThat(group.cleared()).isEqualTo(1);
        assertThat(group.moved(one).moved(other).cleared()).isEqualTo(1);
        assertThat(cleared("1 2").moved(one).cleared()).isEqualTo(2);
    }

    @Test
    void no_failure_counts_once_all_members_have_been_deployed() {
        GroupRelease group = cleared("1 1");
        End deployed = new End(Outcome.DEPLOYED, false, false);
        GroupRelease half = group.ended(group.members().get(0).releaseId(), deployed, REASON);
        GroupRelease all = half.ended(group.members().get(1).releaseId(), deployed, REASON);
        assertThat(half.failed(null, Outcome.ABORTED, REASON).failure()).isNotNull();
        assertThat(all.failed(null, Outcome.ABORTED, REASON)).isEqualTo(all);
        assertThat(all.outcome()).isEqualTo(Outcome.DEPLOYED);
    }

    @Test
    void a_member_that_runs_the_image_already_runs_what_was_pushed_unless_all_did_before() {
        End duplicate = new End(Outcome.DUPLICATE, false, false);
        GroupRelease group = group("1 1");
        String one = group.members().get(0).releaseId();
        GroupRelease alone = group.ended(one, duplicate, "It runs.");
        GroupRelease all = group.failed(null, Outcome.DUPLICATE, "It runs.").ended(one, duplicate, "It runs.");
        assertThat(alone.production(alone.member(one))).isEqualTo(Production.PUSHED);
        assertThat(all.production(all.member(one))).isEqualTo(Production.BEFORE);
    }

    @Test
    void a_mix_names_what_each_member_runs_as_far_as_that_is_known() {
        GroupRelease group = cleared("1 1 1");
        List<String> ids = group.members().stream().map(Member::releaseId).toList();
        GroupRelease ended = group.with(ids.get(1), one -> one.from(World.digest('0')))
                .ended(ids.get(0), new End(Outcome.DEPLOYED, false, false), REASON)
                .ended(ids.get(1), new End(Outcome.ROLLED_BACK, false, false), REASON)
                .ended(ids.get(2), new End(Outcome.ROLLED_BACK, false, false), REASON)
                .goingBack(ids.get(0), new WayBack(null, "it cannot go back", Outcome.IMAGE_GONE));
        assertThat(ended.sentence()).isEqualTo("Group shop is mixed and needs a person: shop/member-0 runs "
                + World.digest('a') + ", pushed as va (it cannot go back); shop/member-1 runs what it ran before, "
                + World.digest('0') + "; shop/member-2 runs what it ran before. shop/member-1 failed: " + REASON);
    }

    @Test
    void a_release_of_no_member_is_an_error_that_names_it() {
        assertThatThrownBy(() -> group("1 1").member("r-0")).hasMessageStartingWith("Release r-0 is of no member of");
        assertThatThrownBy(() -> new World().groups().change("g-0", group -> group))
                .hasMessage("The ledger knows no group release g-0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 1", "1 2", "2 1", "1 1 2"})
    void whatever_happens_in_whatever_order_no_mix_is_silent(String waves) {
        Set<GroupRelease> seen = new HashSet<>();
        Queue<GroupRelease> open = new ArrayDeque<>(List.of(group(waves)));
        Set<Outcome> outcomes = new HashSet<>();
        while (!open.isEmpty()) {
            GroupRelease before = open.remove();
            next(before).map(step -> step.apply(before)).forEach(after -> {
                assertFollows(before, after);
                if (seen.add(after)) {
                    open.add(after);
                    if (after.isComplete()) {
                        outcomes.add(assertTold(after));
                    }
                }
            });
        }
        assertThat(outcomes).containsExactlyInAnyOrder(Outcome.DEPLOYED, Outcome.ROLLED_BACK, Outcome.SUPERSEDED,
                Outcome.MIXED);
        assertThat(seen).hasSizeGreaterThan(50);
    }

    private static void assertFollows(GroupRelease before, GroupRelease after) {
        assertThat(after.cleared()).isGreaterThanOrEqualTo(before.cleared());
        if (before.failure() != null) {
            assertThat(after.failure()).isEqualTo(before.failure());
            assertThat(after.cleared()).isEqualTo(before.cleared());
        }
        for (Member member : after.members()) {
            if (after.lets(member)) {
                assertThat(after.members()).allMatch(other -> other.vote() != null)
                        .allMatch(other -> other.wave() >= member.wave() || other.moved());
                assertThat(before.failure() == null || before.lets(before.member(member.releaseId()))).isTrue();
            }
        }
    }

    private static Outcome assertTold(GroupRelease group) {
        List<Production> runs = group.members().stream().map(group::production).distinct().toList();
        Outcome outcome = group.outcome();
        assertThat(outcome == Outcome.MIXED).isEqualTo(!runs.equals(List.of(Production.BEFORE))
                && !runs.equals(List.of(Production.PUSHED)));
        assertThat(outcome == Outcome.DEPLOYED).isEqualTo(group.failure() == null);
        if (outcome == Outcome.MIXED) {
            assertThat(group.sentence()).contains(group.members().stream().map(one -> one.service().key()).toList());
        }
        return outcome;
    }

    @Test
    void an_event_that_comes_after_its_push_was_found_asks_for_nothing() {
        World world = new World();
        PlannedGroup shop = new PlannedGroup("shop", group("1 1").members().stream()
                .map(member -> new PlannedGroup.Member(member.service(), member.wave(), null)).toList());
        world.groups().open(World.push('a', Push.FOUND + "1", START), shop, World.execution("found"), other -> true);
        GroupRelease known = world.groups().change(ReleaseId.ofGroup(World.push('a', "event-1", START), "shop", 1),
                group -> group.with(new Ending(Outcome.ROLLED_BACK, REASON, null, null, Aftermath.NONE, START, null)));

        assertThat(world.groups().open(World.push('a', "event-1", START.plusSeconds(2)), shop, World.execution("event"),
                other -> true)).isEqualTo(new GroupReleases.Opening.SameEvent(known));
    }

    @Test
    void what_a_newer_version_wrote_stays_and_all_is_read_back() {
        GroupRelease group = group("1 2");
        Member first = group.members().get(0);
        GroupRelease written = group.voted(first.releaseId(), vote(first))
                .ended(first.releaseId(), new End(Outcome.DEPLOYED, false, false), REASON)
                .failed(group.members().get(1).releaseId(), Outcome.ROLLED_BACK, REASON)
                .goingBack(first.releaseId(), new WayBack("back", "goes back", null))
                .with(first.releaseId(), one -> one.from(World.digest('b')));
        Entry newer = new Entry(GroupReleaseEntry.id(group.id()), 1, "writer", Map.of("later", "kept"));
        Entry entry = new Entry(newer.id(), 2, "writer", GroupReleaseEntry.write(written, newer));
        assertThat(GroupReleaseEntry.read(entry)).isEqualTo(written);
        assertThat(entry.members()).containsEntry("later", "kept").containsKey(Entry.OPEN);
    }
}
