package io.greenlane.rehearsal.release;

import static io.greenlane.rehearsal.release.SampleSite.BAD_PAGE;
import static io.greenlane.rehearsal.release.SampleSite.GOOD;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.endpoint.CallObserver;
import io.greenlane.rehearsal.release.SampleSite.Recorded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;

/** Lost events and people who do things by hand. */
class RepairTest {
    private final SampleSite site = new SampleSite();

    private List<String> outcomes() {
        return site.recorded().stream().map(Recorded::outcome).toList();
    }

    @Test
    void a_deployment_whose_end_no_event_tells_is_found_by_the_next_look() {
        site.disableRule("DeploymentChangedStateChange");
        site.disableRule("SweepEveryFiveMinutes");

        String digest = site.push("v2", GOOD);
        site.settle();
        site.push("v3", BAD_PAGE);
        site.settle();

        assertThat(outcomes()).containsExactlyInAnyOrder("DEPLOYED", "ROLLED_BACK");
        site.assertAtRest(digest);
    }

    @Test
    void a_push_that_no_event_tells_is_found_by_the_sweep() {
        site.disableRule("ImagePushed");

        String digest = site.push("v2", GOOD);
        site.cloud.timeline.advance(Duration.ofMinutes(11));
        site.settle();

        assertThat(outcomes()).containsExactly("DEPLOYED");
        site.assertAtRest(digest);
    }

    @Test
    void the_sweep_reads_a_repository_of_many_images_in_one_call() {
        site.disableRule("ImagePushed");
        for (int number = 2; number <= 150; number++) {
            site.push("v" + number, GOOD);
        }
        AtomicInteger calls = new AtomicInteger();
        site.cloud.observers.add(new CallObserver() {
            @Override
            public void arrives(Call call) {
                if (call.operation().equals("DescribeImages")
                        && String.valueOf(site.cloud.functions.caller()).endsWith("-Sweep")) {
                    calls.incrementAndGet();
                }
            }
        });

        site.cloud.timeline.advance(Duration.ofMinutes(5));

        assertThat(calls).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void a_deployment_that_an_operator_stops_is_aborted(int minutes) {
        site.push("v2", GOOD);
        site.cloud.timeline.advance(Duration.ofMinutes(minutes));

        String deployment = site.deployments().getFirst().deploymentId();
        site.cloud.codeDeploy.stopDeployment(it -> it.deploymentId(deployment).autoRollbackEnabled(true));
        site.settle();

        assertThat(site.recorded()).singleElement().satisfies(release -> {
            assertThat(release.outcome()).isEqualTo("ABORTED");
            assertThat(release.reason()).contains(deployment);
        });
        assertThat(site.messages()).hasSize(1);
        site.assertAtRest(site.firstDigest);
        site.assertTestListenerFollows();
    }

    @Test
    void a_deployment_by_hand_is_waited_for_and_what_it_changed_is_kept() {
        site.deployByHand(site.register(containers -> List.of(containers.getFirst().toBuilder()
                .environment(KeyValuePair.builder().name("GREETING").value("hello").build()).build())));

        String digest = site.push("v2", GOOD);
        site.settle();

        assertThat(outcomes()).containsExactly("DEPLOYED");
        assertThat(site.deployments()).hasSize(2);
        String revision = site.service().taskSets().getFirst().taskDefinition();
        assertThat(site.cloud.ecs.describeTaskDefinition(it -> it.taskDefinition(revision)).taskDefinition()
                .containerDefinitions().getFirst().environment()).extracting(it -> it.name() + "=" + it.value())
                .contains("GREETING=hello");
        site.assertAtRest(digest);
    }

    @Test
    void a_push_does_not_undo_what_a_person_deployed_after_it_and_the_next_push_does() {
        site.push("v2", GOOD);
        site.settle();
        String waiting = site.push("v3", GOOD);
        List<String> byHand = new ArrayList<>();
        site.cloud.beforeNext.put("RegisterTaskDefinition", () -> {
            site.cloud.timeline.advance(Duration.ofSeconds(1));
            byHand.add(site.deployByHand(site.register(containers -> List.of(containers.getFirst().toBuilder()
                    .image(containers.getFirst().image().replaceAll("@.*", "@" + site.firstDigest)).build()))));
        });
        site.settle();

        assertThat(site.recorded()).filteredOn(it -> it.outcome().equals("HELD")).singleElement().satisfies(
                held -> assertThat(held.reason()).contains(byHand.getFirst(), site.firstDigest,
                        "push the image again"));
        assertThat(site.deployments()).hasSize(2);
        site.assertAtRest(site.firstDigest);
        site.push(SampleSite.REPOSITORY, "v4", "v3", GOOD);
        site.settle();
        site.assertAtRest(waiting);
    }
}
