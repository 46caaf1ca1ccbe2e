package io.greenlane.rehearsal.release;

import static io.greenlane.rehearsal.release.SampleSite.BAD_PAGE;
import static io.greenlane.rehearsal.release.SampleSite.CRASHING;
import static io.greenlane.rehearsal.release.SampleSite.GOOD;
import static io.greenlane.rehearsal.release.SampleSite.REPOSITORY;
import static io.greenlane.rehearsal.release.SampleSite.UNPULLABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour;
import io.greenlane.rehearsal.events.EventSwitches;
import io.greenlane.rehearsal.release.SampleSite.Recorded;
import io.greenlane.rehearsal.release.SampleSite.Version;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A digest that failed is not deployed again under any tag, until a person says so. */
class QuarantineTest {
    private static SampleSite site() {
        return new SampleSite(CodeDeployBehaviour.DEFAULT, EventSwitches.USUAL, Map.of("TerminationWaitMinutes", "0"));
    }

    private static List<String> outcomes(SampleSite site) {
        return site.recorded().stream().map(Recorded::outcome).sorted().toList();
    }

    private static Recorded only(SampleSite site, String outcome) {
        List<Recorded> found = site.recorded().stream().filter(it -> it.outcome().equals(outcome)).toList();
        assertThat(found).as("%s among %s", outcome, site.recorded()).hasSize(1);
        return found.getFirst();
    }

    private static List<String> quarantined(SampleSite site) {
        return site.ledger().stream().filter(item -> item.containsKey("open")
                && String.valueOf(item.get("open")).contains("quarantine#"))
                .map(item -> String.valueOf(item.get("id"))).toList();
    }

    private static int revisions(SampleSite site) {
        return site.cloud.ecs.listTaskDefinitions().taskDefinitionArns().size();
    }

    @Test
    void a_digest_that_failed_is_rejected_under_a_new_tag_before_anything_is_registered() {
        SampleSite site = site();
        String digest = site.push("v2", BAD_PAGE);
        site.settle();
        Recorded failed = only(site, "ROLLED_BACK");
        int revisions = revisions(site);

        site.push(REPOSITORY, "stable", "v2", BAD_PAGE);
        site.settle();

        assertThat(only(site, "REJECTED").reason()).contains(digest, failed.id().substring("release#".length()),
                "answered 500", "./operate release-digest " + digest);
        assertThat(revisions(site)).isEqualTo(revisions);
        assertThat(site.deployments()).hasSize(2);
        assertThat(site.messages()).extracting(message -> message.path("outcome").asText(),
                message -> message.path("quarantined").asBoolean())
                .containsExactly(tuple("ROLLED_BACK", true),
                        tuple("REJECTED", false));
        site.assertAtRest(site.firstDigest);
    }

    @Test
    void a_person_releases_it_and_the_next_failure_puts_it_back() {
        SampleSite site = site();
        String digest = site.push("v2", BAD_PAGE);
        site.settle();

        JsonNode reply = site.operate("release-digest", "digest", digest, "by", "Ada", "reason",
                "The database was down.");
        assertThat(reply.path("accepted").asBoolean()).as("%s", reply).isTrue();
        assertThat(site.operate("release-digest", "digest", digest, "by", "Ada", "reason", "Again.").path("changed")
                .asBoolean()).isFalse();
        site.push(REPOSITORY, "again", "v2", BAD_PAGE);
        site.settle();
        assertThat(outcomes(site)).containsExactly("ROLLED_BACK", "ROLLED_BACK");
        assertThat(quarantined(site)).hasSize(1);

        site.operate("release-digest", "digest", digest, "by", "Ada", "reason", "It is mended.");
        site.becomes(digest, GOOD);
        site.push(REPOSITORY, "mended", "v2", GOOD);
        site.settle();
        assertThat(outcomes(site)).containsExactly("DEPLOYED", "ROLLED_BACK", "ROLLED_BACK");
        assertThat(quarantined(site)).isEmpty();
        assertThat(site.messages()).filteredOn(message -> message.has("operation")).hasSize(2)
                .allSatisfy(message -> assertThat(message.path("by").asText()).isEqualTo("Ada"));
        site.assertAtRest(digest);
    }

    static Stream<Arguments> failures() {
        return Stream.of(Arguments.of("fails its check", BAD_PAGE, true), Arguments.of("crashes", CRASHING, true),
                Arguments.of("cannot be pulled", UNPULLABLE, false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void only_what_the_image_is_to_blame_for_puts_it_there(String what, Version version, boolean blamed) {
        SampleSite site = site();
        site.push("v2", version);
        site.settle();
        assertThat(outcomes(site)).containsExactly("ROLLED_BACK");
        assertThat(quarantined(site)).hasSize(blamed ? 1 : 0);
        site.assertAtRest(site.firstDigest);
    }

    @Test
    void an_inconclusive_validation_and_a_stop_by_hand_do_not() {
        SampleSite site = site();
        site.validateBy("version: 1\nhooks: nonsense\n");
        site.push("v2", GOOD);
        site.settle();
        site.push("v3", GOOD);
        site.cloud.timeline.runUntil(() -> site.deployments().size() == 3, Duration.ofMinutes(5));
        site.cloud.codeDeploy.stopDeployment(it -> it.deploymentId(site.deployments().getLast().deploymentId())
                .autoRollbackEnabled(true));
        site.settle();
        assertThat(outcomes(site)).containsExactly("ABORTED", "ROLLED_BACK");
        assertThat(quarantined(site)).isEmpty();
        site.assertAtRest(site.firstDigest);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_crash_of_record_outcome_at_any_of_its_calls_loses_nothing(boolean afterTheEffect) {
        int crashes = 0;
        for (int call = 1;; call++) {
            SampleSite site = site();
            FunctionLife life = site.cloud.functions.of(site.resource("RecordOutcome"));
            life.diesAt(call, afterTheEffect);
            String digest = site.push("v2", BAD_PAGE);
            site.settle();
            // Nobody tries again what a dead process left: after half an hour the sweep does.
            site.cloud.timeline.advance(Duration.ofMinutes(40));
            int calls = life.calls();
            life.diesAt(Integer.MAX_VALUE, afterTheEffect);
            site.push(REPOSITORY, "stable", "v2", BAD_PAGE);
            site.settle();
            assertThat(outcomes(site)).containsExactly("REJECTED", "ROLLED_BACK");
            assertThat(quarantined(site)).singleElement().asString().contains(digest);
            Set<String> told = site.messages().stream().map(message -> message.path("id").asText())
                    .collect(Collectors.toSet());
            assertThat(told).hasSize(2);
            site.assertAtRest(site.firstDigest);
            if (call > calls) {
                break;
            }
            crashes++;
        }
        assertThat(crashes).isGreaterThan(8);
    }

    /** Nobody repeats what the function did not do: its process dies each time, and only the sweep is left. */
    @Test
    void when_record_outcome_never_ends_the_sweep_does_it_all() {
        SampleSite site = site();
        site.reconfigure("RecordOutcome", Map.of("TABLE_NAME", ""));
        String digest = site.push("v2", BAD_PAGE);
        site.settle();
        site.cloud.timeline.advance(Duration.ofMinutes(40));
        assertThat(outcomes(site)).containsExactly("ROLLED_BACK");
        assertThat(quarantined(site)).singleElement().asString().contains(digest);
        site.assertAtRest(site.firstDigest);
    }

    @Test
    void a_failed_rollback_holds_the_service_until_a_person_lifts_it() {
        SampleSite site = site();
        site.push("v2", BAD_PAGE);
        site.cloud.timeline.runUntil(() -> site.deployments().size() == 2, Duration.ofMinutes(10));
        site.cloud.codeDeploy.stopDeployment(it -> it.deploymentId(site.deployments().getLast().deploymentId()));
        site.settle();
        assertThat(only(site, "FAILED").reason()).contains("a person must look at production now");

        site.push("v3", GOOD);
        site.settle();
        assertThat(only(site, "HELD").reason()).contains("Greenlane", "rollback");
        assertThat(site.operate("status").path("lines").toString()).contains("by Greenlane since");

        assertThat(site.operate("unhold", "by", "Ada", "reason", "Production is fine.").path("changed").asBoolean())
                .isTrue();
        // Ada has looked, and takes away what the rollback left.
        site.service().taskSets().stream().filter(taskSet -> !taskSet.status().equals("PRIMARY"))
                .forEach(left -> site.cloud.ecs.deleteTaskSet(it -> it.cluster(site.service().clusterArn())
                        .service(site.service().serviceArn()).taskSet(left.taskSetArn()).force(true)));
        site.push("v4", GOOD);
        site.settle();
        assertThat(outcomes(site)).as("%s", site.recorded()).containsExactly("DEPLOYED", "FAILED", "HELD");
        assertThat(site.messages()).filteredOn(message -> message.path("held").asBoolean()).hasSize(1);
    }
}
