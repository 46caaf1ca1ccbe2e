package io.greenlane.rehearsal.release;

import static io.greenlane.rehearsal.release.SampleSite.GOOD;
import static io.greenlane.rehearsal.release.SampleSite.PRODUCTION;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.greenlane.rehearsal.release.SampleSite.Recorded;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventStatus;

/** What operators do by hand, at any time of a release. */
@Execution(ExecutionMode.CONCURRENT)
class OperateTest {
    /** Moments of a release: before its deployment, at each of its lifecycle events, while blue is kept, and after the end. */
    private static final List<String> MOMENTS = List.of("admitted", "Install", "AfterAllowTestTraffic",
            "BeforeAllowTraffic", "AllowTraffic", "AfterAllowTraffic", "kept", "ended");

    /** Every third call in the usual build, all with {@code -Dgreenlane.everyFault=true}. */
    private static final int CALLS = Boolean.getBoolean("greenlane.everyFault") ? 1 : 3;

    private final WarmFunctions functions = new WarmFunctions();
    private SampleSite site = site();

    private SampleSite site() {
        SampleSite site = new SampleSite(Map.of(), functions);
        site.validateBy(OverlapTest.RULES);
        return site;
    }

    private static List<String> outcomes(SampleSite site) {
        return site.recorded().stream().map(Recorded::outcome).sorted().toList();
    }

    private JsonNode rollBack(String by, String reason) {
        return site.operate("roll-back", "by", by, "reason", reason);
    }

    private String deployed(String tag) {
        String digest = site.push(tag, GOOD);
        site.settle();
        assertThat(site.servedAt(PRODUCTION)).containsExactly(digest);
        return digest;
    }

    /** Time passes until the release of the newest push has come so far. */
    private void until(String moment, int deploymentsBefore) {
        switch (moment) {
            case "admitted" -> site.cloud.timeline.advance(Duration.ofMillis(600));
            case "ended" -> site.settle();
            default -> site.cloud.timeline.runUntil(() -> {
                List<DeploymentInfo> all = site.deployments();
                if (all.size() <= deploymentsBefore) {
                    return false;
                }
                DeploymentInfo last = all.getLast();
                return moment.equals("kept")
                        ? Boolean.TRUE.equals(last.instanceTerminationWaitTimeStarted())
                        : last.status() != DeploymentStatus.CREATED && site.lifecycle(last.deploymentId()).stream()
                                .anyMatch(event -> event.lifecycleEventName().equals(moment)
                                        && event.status() != LifecycleEventStatus.PENDING);
            }, Duration.ofMinutes(30));
        }
    }

    @Test
    void production_goes_back_at_any_time_of_a_release_and_no_visitor_notices() {
        for (String moment : MOMENTS) {
            site = site();
            String oldest = deployed("v2");
            String before = deployed("v3");
            int deployments = site.deployments().size();
            String unwanted = site.push("v4", GOOD);
            until(moment, deployments);

            JsonNode reply = rollBack("Ada", "Carts are empty.");
            assertThat(reply.path("accepted").asBoolean()).as("%s: %s", moment, reply).isTrue();
            JsonNode again = rollBack("Ada", "Carts are empty.");
            assertThat(again.path("changed").asBoolean()).as("%s: %s", moment, again).isFalse();
            site.settle();

            // Before there is a deployment, what serves is what is bad.
            boolean early = moment.equals("admitted") && reply.toString().contains("goes back to");
            String left = early ? before : unwanted;
            assertThat(site.servedAt(PRODUCTION)).as("%s: %s", moment, reply)
                    .containsExactly(early ? oldest : before);
            site.assertAtRest(early ? oldest : before);
            assertThat(site.operate("status").path("lines").toString()).as(moment)
                    .contains("quarantine   " + left, "Ada rolled", "Carts are empty.");
            assertThat(site.messages())
                    .filteredOn(message -> message.path("operation").asText().equals("ROLL_BACK"))
                    .as(moment).singleElement().satisfies(message -> {
                        assertThat(message.path("by").asText()).isEqualTo("Ada");
                        assertThat(message.path("reason").asText()).isEqualTo("Carts are empty.");
                    });
            if (!early) {
                assertThat(outcomes(site)).as(moment).containsExactlyElementsOf(moment.equals("ended")
                        ? List.of("DEPLOYED", "DEPLOYED", "DEPLOYED", "DEPLOYED")
                        // Stopped before anything was installed, it has nothing to roll back.
                        : List.of("DEPLOYED", "DEPLOYED", moment.equals("admitted") ? "FAILED" : "ROLLED_BACK"));
            }
            site.push(SampleSite.REPOSITORY, "retagged", early ? "v3" : "v4", GOOD);
            site.settle();
            assertThat(outcomes(site)).as(moment).contains("REJECTED");
        }
    }

    @Test
    void two_bad_in_a_row_lead_two_revisions_back() {
        String good = deployed("v2");
        String bad = deployed("v3");
        String worse = deployed("v4");

        rollBack("Ada", "Carts are empty.");
        site.settle();
        site.assertAtRest(bad);
        rollBack("Ada", "They still are.");
        site.settle();

        site.assertAtRest(good);
        assertThat(site.operate("status").path("lines").toString()).contains("quarantine   " + bad,
                "quarantine   " + worse);
        JsonNode nowhere = rollBack("Bob", "Everything is bad.");
        assertThat(nowhere.path("accepted").asBoolean()).isFalse();
        assertThat(nowhere.path("lines").toString()).contains("Nothing is known to go back to");
        site.settle();
        site.assertAtRest(good);
    }

    @Test
    void a_hold_at_any_time_of_a_release_turns_the_next_push_away() {
        for (String moment : MOMENTS) {
            site = site();
            site.push("v2", GOOD);
            until(moment, 0);
            assertThat(site.operate("hold", "by", "Ada", "reason", "A fair.").path("changed").asBoolean())
                    .as(moment).isTrue();
            assertThat(site.operate("hold", "by", "Ada", "reason", "A fair.").path("changed").asBoolean())
                    .as(moment).isFalse();
            site.settle();
            List<String> first = outcomes(site);
            assertThat(first).as(moment).hasSize(1).isSubsetOf("DEPLOYED", "HELD");
            site.push("v3", GOOD);
            site.settle();
            assertThat(site.recorded()).as(moment)
                    .anySatisfy(release -> assertThat(release.reason()).contains("by Ada since", "A fair."));
            assertThat(site.operate("unhold", "by", "Bob", "reason", "It is over.").path("changed").asBoolean())
                    .as(moment).isTrue();
            String last = site.push("v4", GOOD);
            site.settle();
            site.assertAtRest(last);
            assertThat(site.messages()).filteredOn(message -> message.has("operation")).as(moment).hasSize(2);
        }
    }

    @Test
    void a_rollback_that_codedeploy_makes_is_left_alone() {
        deployed("v2");
        site.push("v3", SampleSite.BAD_PAGE);
        site.cloud.timeline.runUntil(() -> site.deployments().size() == 3, Duration.ofMinutes(10));
        JsonNode reply = rollBack("Ada", "It is bad.");
        assertThat(reply.path("lines").toString()).contains("is being taken back");
        site.settle();
        assertThat(outcomes(site)).containsExactly("DEPLOYED", "ROLLED_BACK");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Install", "ended"})
    void a_function_that_dies_at_any_of_its_calls_does_it_at_the_second_try(String moment) {
        int crashes = 0;
        for (int call = 1;; call += CALLS) {
            site = site();
            String before = deployed("v2");
            site.push("v3", GOOD);
            until(moment, 1);
            FunctionLife life = site.cloud.functions.of(site.resource("Operate"));
            life.diesAt(call, true);
            JsonNode first = rollBack("Ada", "Carts are empty.");
            int calls = life.calls();
            life.diesAt(Integer.MAX_VALUE, true);
            if (first.has("broke")) {
                crashes++;
                JsonNode second = rollBack("Ada", "Carts are empty.");
                assertThat(second.path("accepted").asBoolean() || second.path("lines").toString().contains("already"))
                        .as("%s, call %d: %s", moment, call, second).isTrue();
            }
            site.settle();
            site.assertAtRest(before);
            assertThat(site.messages()).filteredOn(message -> message.has("operation"))
                    .extracting(message -> message.path("id").asText()).as("%s, call %d", moment, call)
                    .isNotEmpty().containsOnly(site.messages().stream()
                            .filter(message -> message.has("operation")).findFirst().orElseThrow().path("id").asText());
            if (call > calls) {
                break;
            }
        }
        assertThat(crashes).isGreaterThan(8 / CALLS);
    }

    @Test
    void bad_input_is_answered_with_a_sentence_and_changes_nothing() {
        int entries = site.ledger().size();
        assertThat(site.operate("explode", "by", "Ada", "reason", "x").path("lines").toString())
                .contains("status, hold, unhold, release-digest, accept-drift, break-glass and roll-back", "'explode'");
        assertThat(site.operate("hold", "reason", "x").path("lines").toString()).contains("input.by is missing");
        assertThat(site.operate("hold", "by", "Ada", "reason", "a\nb").path("lines").toString())
                .contains("--reason must be");
        assertThat(site.operate("release-digest", "digest", "latest", "by", "Ada", "reason", "x").path("lines")
                .toString()).contains("An image digest is sha256:");
        assertThat(site.operate("status", "service", "no/such").path("lines").toString()).contains(
                "There is no service 'no/such'; there is " + site.application() + "/" + site.group());
        assertThat(site.ledger()).hasSize(entries);
    }
}
