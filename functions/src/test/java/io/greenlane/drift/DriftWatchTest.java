package io.greenlane.drift;

import static io.greenlane.release.World.SHOP;
import static io.greenlane.release.World.execution;
import static io.greenlane.release.World.push;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.deployment.DeploymentStatus;
import io.greenlane.deployment.Site;
import io.greenlane.release.Aftermath;
import io.greenlane.release.Difference;
import io.greenlane.release.Difference.Kind;
import io.greenlane.release.Drift;
import io.greenlane.release.Drifts;
import io.greenlane.release.Faults;
import io.greenlane.release.Operator;
import io.greenlane.release.Outcome;
import io.greenlane.release.OutcomeDesk.Verdict;
import io.greenlane.release.Release;
import io.greenlane.service.Overlap.Policy;
import io.greenlane.service.ServiceNotDeployableException;
import io.greenlane.service.ServiceReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DriftWatchTest {
    private static final String OLD = Site.REVISION.replace(":7", ":6");
    private static final List<Map<String, Integer>> GREEN = List.of(Map.of("green", 100));
    private static final Production USUAL = new Production(Site.REVISION, "d-1", "green", List.of("blue", "green"),
            GREEN,
            GREEN, 2);

    private final Site site = new Site();
    private Production seen = USUAL;
    private @Nullable String broken;
    private String image = "f".repeat(64);
    private int described;

    @BeforeEach
    void something_was_deployed() {
        String id = Objects.requireNonNull(site.look(0, "token-0").deploymentId());
        site.codeDeploy.becomes(id, DeploymentStatus.SUCCEEDED);
        end(site.release, Outcome.DEPLOYED, id, Aftermath.NONE);
    }

    private void end(String releaseId, Outcome outcome, String deploymentId, Aftermath aftermath) {
        Release release = Objects.requireNonNull(site.world.releases().find(releaseId));
        site.world.outcomeDesk().end(release, new Verdict(outcome, "It ended.", deploymentId, aftermath));
        site.world.announced.clear();
    }

    private DriftWatch watch() {
        return new DriftWatch(site.world.ledger(), site.world.outbox(), site.deployments(),
                site.world.watched(Productions.class, new Productions() {
                    @Override
                    public Production look(ServiceReference service) {
                        if (broken != null) {
                            throw new ServiceNotDeployableException(broken);
                        }
                        return seen;
                    }

                    @Override
                    public List<String> images(String taskDefinition) {
                        described++;
                        return List.of("111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/api@sha256:" + image,
                                "public.ecr.aws/sidecar:1");
                    }
                }), site.world.clock);
    }

    private List<Kind> look() {
        site.world.pass(Duration.ofMinutes(5));
        return watch().look(SHOP).stream().map(Drift::difference).map(Difference::kind).toList();
    }

    private List<String> sentences() {
        return site.world.announced.stream().map(it -> String.valueOf(it.message().get("sentence"))).toList();
    }

    private List<Object> told() {
        return site.world.announced.stream().map(it -> it.message().get("drift")).toList();
    }

    private void runs(String taskDefinition) {
        seen = new Production(taskDefinition, null, "green", USUAL.targetGroups(), GREEN, GREEN, 2);
    }

    private void forwards(List<Map<String, Integer>> production, List<Map<String, Integer>> test) {
        seen = new Production(Site.REVISION, null, "green", USUAL.targetGroups(), production, test, 2);
    }

    @Test
    void a_service_as_it_was_left_differs_in_nothing_and_nothing_is_written() {
        int entries = site.world.table.ids().size();
        assertThat(look()).isEmpty();
        assertThat(look()).isEmpty();
        assertThat(site.world.table.ids()).hasSize(entries);
    }

    @Test
    void what_two_looks_find_is_told_once_and_as_long_as_it_lasts_not_again() {
        runs(OLD);
        assertThat(look()).as("ECS may describe what was").isEmpty();
        assertThat(told()).isEmpty();
        for (int i = 0; i < 3; i++) {
            assertThat(look()).containsExactly(Kind.REVISION);
        }
        assertThat(told()).containsExactly("REVISION");
        assertThat(sentences()).containsExactly("Production runs " + OLD
                + " with 111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/api@sha256:" + "f".repeat(64)
                + ", public.ecr.aws/sidecar:1; what was deployed last is " + Site.REVISION + " with "
                + Site.PUSH.digest() + " (va). Nothing is undone, and the next release is prepared from what runs.");
        assertThat(site.world.ledger().overdue(site.world.now.plusSeconds(3600))).isEmpty();
    }

    @Test
    void another_revision_of_the_same_image_is_told_as_such() {
        image = Site.PUSH.digest().text().substring("sha256:".length());
        seen = new Production(OLD, "d-HAND", "green", USUAL.targetGroups(), GREEN, GREEN, 2);
        look();
        look();
        assertThat(sentences()).containsExactly("Production runs " + OLD
                + ", brought by deployment d-HAND, with the image that was deployed last (va), but that was revision "
                + Site.REVISION + ". Nothing is undone, and the next release is prepared from what runs.");
    }

    @Test
    void a_revision_is_described_once_however_long_it_runs() {
        forwards(GREEN, List.of());
        look();
        for (String other : List.of(OLD, OLD.replace(":6", ":5"))) {
            seen = new Production(other, null, "green", USUAL.targetGroups(), GREEN, List.of(), 2);
            look();
            look();
            look();
        }
        assertThat(described).isEqualTo(2);
        assertThat(sentences()).hasSize(3).filteredOn(it -> it.startsWith("Production runs ")).hasSize(2)
                .allMatch(it -> it.contains(" with 111122223333.dkr.ecr"));
    }

    @Test
    void two_looks_at_once_count_as_one() {
        runs(OLD);
        look();
        assertThat(watch().look(SHOP)).isEmpty();
        assertThat(told()).isEmpty();
    }

    @Test
    void what_was_seen_by_one_look_alone_is_forgotten() {
        runs(OLD);
        look();
        seen = USUAL;
        look();
        runs(OLD);
        assertThat(look()).isEmpty();
        assertThat(told()).isEmpty();
    }

    @Test
    void what_comes_back_is_told_again_under_another_id() {
        for (int i = 0; i < 2; i++) {
            runs(OLD);
            look();
            look();
            seen = USUAL;
            assertThat(look()).isEmpty();
        }
        assertThat(site.world.announced).extracting(it -> it.message().get("id")).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void listeners_that_lead_elsewhere_are_told() {
        forwards(List.of(Map.of("green", 60, "blue", 40)), GREEN);
        look();
        assertThat(look()).containsExactly(Kind.PRODUCTION_LISTENER);
        forwards(List.of(Map.of("elsewhere", 1)), GREEN);
        look();
        assertThat(look()).containsExactly(Kind.PRODUCTION_LISTENER);
        forwards(GREEN, List.of(Map.of("green", 1, "blue", 1)));
        look();
        assertThat(look()).containsExactly(Kind.TEST_LISTENER);
        forwards(GREEN, List.of());
        look();
        assertThat(look()).containsExactly(Kind.TEST_LISTENER);
        assertThat(told()).containsExactly("PRODUCTION_LISTENER", "PRODUCTION_LISTENER", "TEST_LISTENER",
                "TEST_LISTENER");
        assertThat(sentences()).containsExactly(
                "The production listener forwards to blue (weight 40), green (weight 60),"
                        + " but the tasks that are to serve are in green. Nothing is undone: set the weights right.",
                "The production listener forwards to neither target group of the service, but the tasks that are to serve"
                        + " are in green. Nothing is undone: set the weights right.",
                "The test listener forwards to blue (weight 1), green (weight 1). Let it forward to one of blue and green,"
                        + " or the next version cannot be tested.",
                "The test listener forwards to neither target group of the service. Let it forward to one of blue and"
                        + " green, or the next version cannot be tested.");
    }

    @Test
    void every_rule_that_leads_elsewhere_is_told_once() {
        forwards(List.of(Map.of("green", 1), Map.of("blue", 1), Map.of("blue", 1)), GREEN);
        look();
        look();
        assertThat(sentences()).singleElement().asString()
                .contains(" forwards to green (weight 1), and a rule to blue (weight 1), but");
    }

    @Test
    void rules_of_other_services_and_a_test_listener_that_a_rollback_left_behind_are_no_difference() {
        forwards(List.of(Map.of("green", 1), Map.of("elsewhere", 1)), List.of(Map.of("blue", 100)));
        look();
        assertThat(look()).isEmpty();
    }

    @Test
    void a_service_that_cannot_be_deployed_to_is_told() {
        broken = "Deployment group shop/shop-api has no test listener";
        look();
        assertThat(look()).containsExactly(Kind.NOT_DEPLOYABLE);
        assertThat(told()).containsExactly("NOT_DEPLOYABLE");
    }

    @Test
    void while_anybody_is_at_work_nothing_is_compared() {
        runs(OLD);
        look();
        String byHand = site.codeDeploy.byHand();
        assertThat(look()).isEmpty();
        site.codeDeploy.becomes(byHand, DeploymentStatus.SUCCEEDED);
        site.world.admissionDesk().ask(push('b', "event-2", site.world.now), SHOP, execution("two"),
                Policy.NEWEST_WINS, null, null);
        assertThat(look()).isEmpty();
        assertThat(told()).isEmpty();
    }

    @Test
    void another_number_of_tasks_is_told_by_the_outcome_and_lasts_until_somebody_scales_again() {
        Difference scaled = new Difference(Kind.DESIRED_COUNT, "2", "4", "Scaled.");
        String release = site.world.admissionDesk().ask(push('b', "event-2", site.world.now.plusSeconds(1)), SHOP,
                execution("two"), Policy.NEWEST_WINS, null, null).releaseId();
        end(release, Outcome.ROLLED_BACK, "d-2", Aftermath.NONE.with(List.of(scaled)));
        end(release, Outcome.ROLLED_BACK, "d-2", Aftermath.NONE.with(List.of(scaled)));
        seen = new Production(Site.REVISION, null, "green", USUAL.targetGroups(), GREEN, GREEN, 4);
        assertThat(look()).containsExactly(Kind.DESIRED_COUNT);
        assertThat(look()).containsExactly(Kind.DESIRED_COUNT);
        seen = new Production(Site.REVISION, null, "green", USUAL.targetGroups(), GREEN, GREEN, 3);
        assertThat(look()).isEmpty();
        seen = new Production(Site.REVISION, null, "green", USUAL.targetGroups(), GREEN, GREEN, 4);
        look();
        assertThat(look()).as("that is of good right").isEmpty();
        assertThat(Kind.values()).filteredOn(kind -> !kind.isAlarming()).containsExactly(Kind.DESIRED_COUNT);
        assertThat(told()).isEmpty();
    }

    @Test
    void what_a_person_accepts_is_no_alarm_any_more_until_something_else_is_found() {
        Operator ada = new Operator("Ada", "The fair.");
        Drifts drifts = new Drifts(site.world.ledger());
        assertThat(drifts.accept(SHOP, ada, site.world.now).changed()).isFalse();
        runs(OLD);
        look();
        look();
        assertThat(drifts.accept(SHOP, ada, site.world.now).changed()).isTrue();
        assertThat(drifts.accept(SHOP, ada, site.world.now).changed()).isFalse();
        site.world.outbox().announce("drift#" + SHOP.key());
        assertThat(look()).isEmpty();
        assertThat(site.world.announced).hasSize(2).last().satisfies(it -> {
            assertThat(it.subject()).isEqualTo("ACCEPT_DRIFT shop/shop-api: by Ada");
            assertThat(it.message()).containsEntry("operation", "ACCEPT_DRIFT").containsEntry("by", "Ada");
        });
        assertThat(sentences()).last().asString().startsWith("It is to be so: Production runs " + OLD);
        runs(OLD.replace(":6", ":5"));
        look();
        assertThat(look()).containsExactly(Kind.REVISION);
        assertThat(told()).filteredOn(Objects::nonNull).hasSize(2);
        assertThat(site.world.ledger().overdue(site.world.now.plusSeconds(3600))).isEmpty();
    }

    @Test
    void a_closed_channel_only_delays_it() {
        runs(OLD);
        look();
        site.world.channelOpen = false;
        assertThat(look()).containsExactly(Kind.REVISION);
        assertThat(site.world.outbox().announce("drift#" + SHOP.key())).isFalse();
        site.world.channelOpen = true;
        site.world.pass(Duration.ofMinutes(3));
        assertThat(site.world.ledger().overdue(site.world.now)).containsExactly("drift#" + SHOP.key());
        assertThat(site.world.outbox().announce("drift#" + SHOP.key())).isTrue();
        look();
        assertThat(told()).containsExactly("REVISION");
    }

    @Test
    void a_look_that_breaks_anywhere_is_made_up_for_by_the_next_and_told_under_one_id() {
        int calls = Faults.atEachCall(faults -> {
            DriftWatchTest one = new DriftWatchTest();
            one.something_was_deployed();
            one.runs(OLD);
            one.look();
            one.site.breaking(faults);
            try {
                one.look();
            } catch (Faults.Injected e) {
                assertThat(e).isNotNull();
            }
            one.site.breaking(Faults.none());
            assertThat(one.look()).containsExactly(Kind.REVISION);
            assertThat(one.site.world.announced).extracting(it -> it.message().get("id")).isNotEmpty()
                    .containsOnly(one.site.world.announced.get(0).message().get("id"));
        });
        assertThat(calls).isGreaterThan(8);
    }
}
