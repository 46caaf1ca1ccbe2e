package io.greenlane.rehearsal.release;

import static io.greenlane.rehearsal.release.SampleSite.GOOD;
import static io.greenlane.rehearsal.release.SampleSite.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour;
import io.greenlane.rehearsal.events.EventSwitches;
import io.greenlane.rehearsal.events.EventSwitches.Deliveries;
import io.greenlane.rehearsal.events.EventSwitches.ExecutionNames;
import io.greenlane.rehearsal.release.SampleSite.Recorded;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/** Pushes that meet each other, or say what was said before. */
class ManyPushesTest {
    private static List<String> outcomes(SampleSite site) {
        return site.recorded().stream().map(Recorded::outcome).toList();
    }

    private static String reason(SampleSite site, String outcome) {
        return site.recorded().stream().filter(it -> it.outcome().equals(outcome)).findFirst().orElseThrow().reason();
    }

    @Test
    void a_push_during_a_release_waits_for_it_and_is_deployed_then() {
        SampleSite site = new SampleSite();

        site.push("v2", GOOD);
        site.cloud.timeline.advance(Duration.ofMinutes(2));
        String last = site.push("v3", GOOD);
        site.cloud.timeline.advance(Duration.ofSeconds(30));
        assertThat(site.deployments()).hasSize(1);
        site.settle();

        assertThat(outcomes(site)).containsExactly("DEPLOYED", "DEPLOYED");
        assertThat(site.deployments()).hasSize(2);
        site.assertAtRest(last);
    }

    @Test
    void of_two_pushes_that_wait_only_the_newer_is_deployed() {
        SampleSite site = new SampleSite();

        site.push("v2", GOOD);
        site.cloud.timeline.advance(Duration.ofMinutes(1));
        site.push("v3", GOOD);
        site.cloud.timeline.advance(Duration.ofMinutes(1));
        String last = site.push("v4", GOOD);
        site.settle();

        assertThat(outcomes(site)).containsExactlyInAnyOrder("DEPLOYED", "SUPERSEDED", "DEPLOYED");
        assertThat(reason(site, "SUPERSEDED")).contains("A newer push");
        assertThat(site.deployments()).hasSize(2);
        site.assertAtRest(last);
    }

    @Test
    void pushes_that_take_each_other_back_quickly_never_blame_an_image_for_it() {
        SampleSite site = new SampleSite();

        String last = "";
        for (int i = 2; i <= 12; i++) {
            last = site.push("v" + i, GOOD);
            site.cloud.timeline.advance(Duration.ofSeconds(6));
        }
        site.settle();

        assertThat(outcomes(site)).hasSize(11).containsOnly("DEPLOYED", "SUPERSEDED");
        site.assertAtRest(last);
    }

    @ParameterizedTest
    @EnumSource
    void an_event_that_comes_twice_is_one_release(ExecutionNames names) {
        SampleSite site = new SampleSite(CodeDeployBehaviour.DEFAULT, new EventSwitches(Deliveries.TWICE, names),
                Map.of());

        String digest = site.push("v2", GOOD);
        site.settle();

        assertThat(outcomes(site)).contains("DEPLOYED").isSubsetOf("DEPLOYED", "DUPLICATE");
        assertThat(site.executions()).hasSize(names == ExecutionNames.EVENT_ID ? 1 : 2);
        assertThat(site.deployments()).hasSize(1);
        assertThat(site.messages()).hasSize(1);
        site.assertAtRest(digest);
    }

    @Test
    void events_that_overtake_each_other_change_nothing() {
        SampleSite site = new SampleSite(CodeDeployBehaviour.DEFAULT,
                new EventSwitches(Deliveries.REORDERED, ExecutionNames.EVENT_ID), Map.of());

        site.push("v2", GOOD);
        site.cloud.timeline.advance(Duration.ofSeconds(2));
        String last = site.push("v3", GOOD);
        site.settle();

        assertThat(outcomes(site)).contains("DEPLOYED").isSubsetOf("DEPLOYED", "SUPERSEDED");
        site.assertAtRest(last);
    }

    @Test
    void one_digest_under_two_tags_is_one_release() {
        SampleSite site = new SampleSite();

        String digest = site.push("v2", GOOD);
        site.push(REPOSITORY, "stable", "v2", GOOD);
        site.settle();

        assertThat(outcomes(site)).containsExactlyInAnyOrder("DEPLOYED", "DUPLICATE");
        assertThat(site.deployments()).hasSize(1);
        site.assertAtRest(digest);
    }

    @Test
    void a_push_of_what_runs_already_is_a_duplicate() {
        SampleSite site = new SampleSite();
        String digest = site.push("v2", GOOD);
        site.settle();

        site.start(site.pushEvent("again", digest, "v2").toString());
        site.settle();

        assertThat(outcomes(site)).containsExactlyInAnyOrder("DEPLOYED", "DUPLICATE");
        assertThat(reason(site, "DUPLICATE")).isEqualTo(digest + " already runs.");
        assertThat(site.deployments()).hasSize(1);
        site.assertAtRest(digest);
    }

    @Test
    void an_older_digest_under_a_new_tag_goes_back_to_it() {
        SampleSite site = new SampleSite();
        site.push("v2", GOOD);
        site.settle();

        site.push(REPOSITORY, "v3", "v1", GOOD);
        site.settle();

        assertThat(outcomes(site)).containsExactly("DEPLOYED", "DEPLOYED");
        site.assertAtRest(site.firstDigest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BatchGetImage", "RegisterTaskDefinition"})
    void an_image_that_is_deleted_on_the_way_is_gone(String before) {
        SampleSite site = new SampleSite();

        String digest = site.push("v2", GOOD);
        site.cloud.beforeNext.put(before, () -> site.delete(digest));
        site.settle();

        assertThat(outcomes(site)).containsExactly("IMAGE_GONE");
        assertThat(reason(site, "IMAGE_GONE")).contains(digest);
        assertThat(site.executions()).singleElement()
                .satisfies(it -> assertThat(it.cause()).contains(digest));
        assertThat(site.messages()).hasSize(1);
        assertThat(site.deployments()).isEmpty();
        site.assertAtRest(site.firstDigest);
    }

    @Test
    void only_the_containers_of_the_repository_change() {
        SampleSite site = new SampleSite();
        ContainerDefinition proxy = ContainerDefinition.builder().name("proxy").image("public.ecr.aws/proxy:1")
                .essential(false).build();
        site.deployByHand(site.register(containers -> List.of(containers.getFirst(), proxy)));
        site.settle();

        String digest = site.push("v2", GOOD);
        site.settle();

        assertThat(outcomes(site)).containsExactly("DEPLOYED");
        String revision = site.service().taskSets().getFirst().taskDefinition();
        assertThat(site.cloud.ecs.describeTaskDefinition(it -> it.taskDefinition(revision)).taskDefinition()
                .containerDefinitions()).extracting(ContainerDefinition::name, it -> it.image().contains(digest))
                .containsExactly(tuple("sample-website", true),
                        tuple("proxy", false));
        site.assertAtRest(digest);
    }
}
