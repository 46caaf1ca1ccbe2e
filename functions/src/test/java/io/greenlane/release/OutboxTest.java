package io.greenlane.release;

import static io.greenlane.release.World.SHOP;
import static io.greenlane.release.World.START;
import static io.greenlane.release.World.execution;
import static io.greenlane.release.World.push;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.image.Push;
import io.greenlane.release.OutcomeDesk.Recorded;
import io.greenlane.release.OutcomeDesk.Verdict;
import io.greenlane.service.Overlap.Policy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final Push PUSH = push('a', "event-1", START);

    private final World world = new World();

    private Recorded ends(Outcome outcome, @Nullable String deploymentId) {
        world.admissionDesk().ask(PUSH, SHOP, execution("one"), Policy.NEWEST_WINS, null, null);
        return world.outcomeDesk().record(PUSH, SHOP, execution("one"), new Verdict(outcome, "Told so.", deploymentId));
    }

    @Test
    void the_announcement_of_a_deployment_links_its_report() {
        ends(Outcome.DEPLOYED, "d-1");
        assertThat(world.announced).singleElement().satisfies(told -> assertThat(told.message())
                .containsEntry("deploymentId", "d-1").containsEntry("report", "https://reports/d-1"));
    }

    @Test
    void what_ended_without_a_deployment_names_none() {
        ends(Outcome.IMAGE_GONE, null);
        assertThat(world.announced).singleElement()
                .satisfies(told -> assertThat(told.message()).doesNotContainKeys("deploymentId", "report"));
    }

    @Test
    void whether_there_is_nothing_more_to_tell_is_answered() {
        world.channelOpen = false;
        String id = ReleaseEntry.id(String.valueOf(ends(Outcome.DEPLOYED, "d-1").releaseId()));
        assertThat(world.outbox().announce(id)).isFalse();
        world.channelOpen = true;
        assertThat(world.outbox().announce(id)).isTrue();
        assertThat(world.outbox().announce(id)).isTrue();
        assertThat(world.outbox().announce("release#r-unknown")).isTrue();
        assertThat(world.announced).hasSize(1);
    }

    @Test
    void a_service_that_a_failed_rollback_holds_is_told_once_with_the_outcome() {
        world.admissionDesk().ask(PUSH, SHOP, execution("one"), Policy.NEWEST_WINS, null, null);
        Operator ada = new Operator("Ada", "Frozen.");
        world.outbox().announce(world.queue().hold(SHOP, ada, world.now).entryId());
        world.outbox().announce(world.queue().unhold(SHOP, ada, world.now).entryId());
        world.outcomeDesk().record(PUSH, SHOP, execution("one"),
                new Verdict(Outcome.FAILED, "Its rollback failed.", "d-1", new Aftermath(false, true)));
        world.outbox().announce(HeadEntry.id(SHOP));
        assertThat(world.queue().head(SHOP).hold()).startsWith("by Greenlane since");
        assertThat(world.announced).extracting(told -> told.message().get("operation")).containsExactly("HOLD",
                "UNHOLD", null);
    }

    @Test
    void a_subject_of_99_characters_is_not_cut() {
        int fixed = "REJECTED: shop/:va".length();
        for (int more : new int[]{0, 1}) {
            Push push = push("shop/" + "x".repeat(99 - fixed + more), 'a', "event-" + more, START);
            world.outcomeDesk().record(push, null, execution("e" + more), new Verdict(Outcome.REJECTED, "No.", null));
        }
        assertThat(world.announced.get(0).subject()).hasSize(99).endsWith("x:va");
        assertThat(world.announced.get(1).subject()).hasSize(99).endsWith("x...");
    }
}
