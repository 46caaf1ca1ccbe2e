package io.greenlane.deployment;

import static io.greenlane.release.World.SHOP;
import static io.greenlane.release.World.START;
import static io.greenlane.release.World.digest;
import static io.greenlane.release.World.execution;
import static io.greenlane.release.World.push;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.image.Digest;
import io.greenlane.image.Push;
import io.greenlane.release.Objection;
import io.greenlane.release.Outcome;
import io.greenlane.service.Overlap.Policy;
import io.greenlane.service.ServiceTopology;
import io.greenlane.service.TaskSet;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ForeignDeploymentsTest {
    private static final Digest BEFORE = digest('0');

    private final Site site = new Site();

    private @Nullable Objection objection(Digest running, String deployment) {
        return objection(site.release, Site.PUSH, running, deployment);
    }

    private @Nullable Objection objection(String release, Push push, Digest running, String deployment) {
        String revision = "arn:task-definition/api:9";
        site.taskSets.add(new TaskSets.Deployed(deployment, revision, "arn:tg/blue", 2));
        return site.foreign().objection(release, push, BEFORE, new ServiceTopology(SHOP, 2,
                new TaskSet("ecs-svc/1", revision, "arn:tg/blue", "1.4.0", null, List.of()), List.of(),
                "arn:listener/80", "arn:listener/8080", URI.create("http://127.0.0.1:8080"), "api", 8080, running));
    }

    private String byHandAfter(Duration time) {
        site.world.pass(time);
        return site.codeDeploy.byHand();
    }

    @Test
    void what_somebody_else_brought_to_production_after_the_push_is_not_undone_by_it() {
        String byHand = byHandAfter(Duration.ofSeconds(1));
        assertThat(Objects.requireNonNull(objection(digest('c'), byHand))).satisfies(objection -> {
            assertThat(objection.outcome()).isEqualTo(Outcome.HELD);
            assertThat(objection.sentence()).contains(byHand, "brought " + digest('c'), "push the image again");
        });
    }

    @Test
    void a_push_after_the_deployment_of_somebody_else_wins_also_in_the_same_second() {
        assertThat(objection(digest('c'), byHandAfter(Duration.ofMillis(900)))).isNull();
    }

    @Test
    void pushed_again_while_it_waited_it_is_as_new_as_that() {
        String byHand = byHandAfter(Duration.ofMinutes(1));
        site.world.admissionDesk().ask(push('a', "event-2", START.plusSeconds(90)), SHOP,
                "another", Policy.NEWEST_WINS, null, null);
        assertThat(objection(digest('c'), byHand)).isNull();
    }

    @Test
    void a_deployment_that_left_the_image_as_it_was_hinders_nobody() {
        assertThat(objection(BEFORE, byHandAfter(Duration.ofMinutes(1)))).isNull();
    }

    /** What becomes of a push whose event arrives two minutes after somebody else's deployment, a minute after the push. */
    private @Nullable Objection late(char digest) {
        Push push = push(digest, "event-3", site.world.now);
        String byHand = byHandAfter(Duration.ofMinutes(1));
        site.world.pass(Duration.ofMinutes(2));
        String release = site.world.admissionDesk().ask(push, SHOP, execution("three"), Policy.NEWEST_WINS, null, null)
                .releaseId();
        return objection(Objects.requireNonNull(release), push, BEFORE, byHand);
    }

    @Test
    void what_somebody_else_brought_between_a_push_and_its_late_event_is_not_undone() {
        assertThat(Objects.requireNonNull(late('d'))).satisfies(objection -> {
            assertThat(objection.outcome()).isEqualTo(Outcome.HELD);
            assertThat(objection.sentence()).contains("none of ours, brought " + BEFORE);
        });
    }

    @Test
    void an_image_that_somebody_else_brought_between_its_push_and_the_late_event_is_a_duplicate() {
        assertThat(late('0')).isEqualTo(new Objection(Outcome.DUPLICATE, BEFORE + " already runs."));
    }

    @Test
    void an_image_that_somebody_else_deployed_already_is_a_duplicate() {
        assertThat(objection(digest('a'), byHandAfter(Duration.ofMinutes(1))))
                .isEqualTo(new Objection(Outcome.DUPLICATE, digest('a') + " already runs."));
    }

    @Test
    void a_deployment_of_somebody_else_that_has_not_reached_production_hinders_nobody() {
        site.taskSets.add(new TaskSets.Deployed(byHandAfter(Duration.ofMinutes(1)), "arn:task-definition/api:10",
                "arn:tg/green", 2));
        assertThat(objection(digest('c'), "d-FORGOTTEN")).isNull();
    }

    @Test
    void a_deployment_of_ours_and_one_that_nobody_knows_hinder_nobody() {
        site.world.pass(Duration.ofMinutes(1));
        assertThat(objection(digest('c'), Objects.requireNonNull(site.look(0, "token-0").deploymentId()))).isNull();
        assertThat(objection(digest('c'), "d-FORGOTTEN")).isNull();
    }
}
