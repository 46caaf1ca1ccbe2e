package io.greenlane.release;

import static io.greenlane.release.World.SHOP;
import static io.greenlane.release.World.START;
import static io.greenlane.release.World.digest;
import static io.greenlane.release.World.execution;
import static io.greenlane.release.World.push;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.image.Push;
import io.greenlane.release.Releases.Opening;
import io.greenlane.release.Releases.Step;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReleasesTest {
    private static final Push FIRST = push('a', "event-1", START);
    private static final Push AGAIN = push('a', "event-2", START.plusSeconds(1));

    private final World world = new World();

    private Opening open(Push push, String execution) {
        return world.releases().open(push, SHOP, execution(execution), release -> true);
    }

    private Release opened() {
        return ((Opening.Mine) open(FIRST, "one")).release();
    }

    private Ending ends(Outcome outcome, @Nullable String deploymentId) {
        return world.releases().close(ReleaseId.of(FIRST, SHOP, 1), outcome, "Told so.", deploymentId, Aftermath.NONE,
                deployment -> "https://reports/" + deployment);
    }

    @Test
    void an_event_that_joined_a_release_is_noted_once() {
        opened();
        assertThat(open(AGAIN, "two")).isInstanceOf(Opening.SameDigest.class);
        assertThat(open(AGAIN, "two")).isInstanceOfSatisfying(Opening.SameDigest.class,
                joined -> assertThat(joined.release().eventIds()).containsExactly("event-1", "event-2"));
    }

    @Test
    void an_event_that_joined_is_answered_by_how_the_release_ended_unless_it_was_superseded() {
        opened();
        open(AGAIN, "two");
        ends(Outcome.DEPLOYED, "d-1");
        assertThat(open(AGAIN, "three")).isInstanceOf(Opening.SameEvent.class);
        assertThat(open(push('a', "event-3", START.plusSeconds(2)), "four")).isInstanceOfSatisfying(Opening.Mine.class,
                next -> assertThat(next.release().generation()).isEqualTo(2));
    }

    @Test
    void an_event_that_joined_what_was_superseded_asks_for_a_release_of_its_own() {
        opened();
        open(AGAIN, "two");
        ends(Outcome.SUPERSEDED, null);
        assertThat(open(AGAIN, "two")).isInstanceOfSatisfying(Opening.Mine.class,
                own -> assertThat(own.release().generation()).isEqualTo(2));
    }

    @Test
    void a_release_ends_with_the_deployment_that_is_known_of_it() {
        String id = opened().id();
        world.releases().change(id, release -> Step.to(release.with(release.launch().known("d-1")), id));
        assertThat(ends(Outcome.DEPLOYED, null)).satisfies(ending -> {
            assertThat(ending.deploymentId()).isEqualTo("d-1");
            assertThat(ending.report()).isEqualTo("https://reports/d-1");
        });
    }

    @Test
    void a_release_that_ended_by_another_deployment_than_is_known_of_it_names_that_one() {
        String id = opened().id();
        world.releases().change(id, release -> Step.to(release.with(release.launch().known("d-1")), id));
        assertThat(ends(Outcome.FAILED, "d-2").deploymentId()).isEqualTo("d-2");
    }

    @Test
    void looking_after_a_release_keeps_the_sweep_away_but_does_not_open_it_again() {
        Release release = opened();
        world.pass(Duration.ofMinutes(20));
        world.releases().looked(release.id());
        world.pass(Duration.ofMinutes(20));
        assertThat(world.ledger().overdue(world.now)).isEmpty();
        world.pass(Duration.ofMinutes(11));
        assertThat(world.ledger().overdue(world.now)).containsExactly(ReleaseEntry.id(release.id()));
        ends(Outcome.DEPLOYED, null);
        Release ended = world.releases().find(release.id());
        world.releases().looked(release.id());
        assertThat(world.releases().find(release.id())).isEqualTo(ended);
    }

    @Test
    void an_image_is_released_a_thousand_times_at_most() {
        for (int generation = 1; generation < 1000; generation++) {
            write(generation);
        }
        Release last = ((Opening.Mine) open(AGAIN, "last")).release();
        assertThat(last.generation()).isEqualTo(1000);
        assertThat(world.releases().openedBy(execution("last"), AGAIN, SHOP)).isEqualTo(last);
        write(1000);
        assertThatThrownBy(() -> open(push('a', "event-3", START), "another")).hasMessage(digest('a')
                + " was released to shop/shop-api 1000 times already; push it under another digest");
        assertThat(world.releases().openedBy(execution("another"), AGAIN, SHOP)).isNull();
    }

    private void write(int generation) {
        Release ended = Release.opened(FIRST, SHOP, generation, execution("e" + generation), world.now)
                .with(new Ending(Outcome.DEPLOYED, "It serves.", null, null, Aftermath.NONE, world.now, world.now));
        String id = ReleaseEntry.id(ended.id());
        world.ledger().change(id, entry -> Ledger.Change.write(ReleaseEntry.write(ended, entry), id));
        assertThat(Objects.requireNonNull(world.releases().find(ended.id())).ending()).isNotNull();
    }
}
