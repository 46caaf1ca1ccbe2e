package io.greenlane.deployment;

import static io.greenlane.release.World.SHOP;
import static io.greenlane.release.World.execution;
import static io.greenlane.release.World.push;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.deployment.Executions.Ended;
import io.greenlane.deployment.Executions.State;
import io.greenlane.image.Digest;
import io.greenlane.image.ImageCatalog;
import io.greenlane.image.ImageLookup;
import io.greenlane.image.Push;
import io.greenlane.image.PushEvent;
import io.greenlane.image.Registry;
import io.greenlane.image.RepositoryName;
import io.greenlane.image.Tag;
import io.greenlane.image.TagPolicies;
import io.greenlane.release.Aftermath;
import io.greenlane.release.Outcome;
import io.greenlane.release.OutcomeDesk.Verdict;
import io.greenlane.release.ServiceHead;
import io.greenlane.release.World.Told;
import io.greenlane.service.Overlap;
import io.greenlane.service.Overlap.Policy;
import io.greenlane.service.ServiceSettings;
import io.greenlane.service.TrackedService;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweeperTest {
    private static final Registry HOME = new Registry("111122223333", "eu-west-1");
    private static final TrackedService SERVICE = new TrackedService(SHOP.repository(), SHOP.application(),
            SHOP.deploymentGroup(), TagPolicies.ANY, Overlap.DEFAULT);

    private final Site site = new Site();
    private final Map<String, Map<String, Object>> started = new LinkedHashMap<>();
    private Instant since = Instant.EPOCH;
    private State state = State.RUNNING;
    private @Nullable Push newest;
    private final List<Ended> ended = new ArrayList<>();
    private final Executions executions = new Executions() {
        @Override
        public Instant since() {
            return since;
        }

        @Override
        public State state(String executionArn) {
            return state;
        }

        @Override
        public List<Ended> ended(State as, Instant from) {
            return ended.stream().filter(one -> one.state() == as && !one.at().isBefore(from)).toList();
        }

        @Override
        public String arn(String name) {
            return execution(name);
        }

        @Override
        public boolean start(String name, Map<String, Object> input) {
            return started.putIfAbsent(name, input) == null;
        }
    };

    private Sweeper sweeper() {
        return new Sweeper(site.world.ledger(), site.world.outcomeDesk(), site.world.outbox(), site.launcher(),
                site.watch(), site.world.callbacks(), executions, site.world.clock);
    }

    private LostPushes lost() {
        return new LostPushes(site.world.ledger(), executions,
                (home, service, after, before) -> newest != null && newest.time().isAfter(after)
                        && newest.time().isBefore(before) ? newest : null,
                site.world.clock);
    }

    private void sweep() {
        Sweeper sweeper = sweeper();
        sweeper.overdue().forEach(sweeper::look);
        sweeper.unblock(SHOP);
        lost().find(HOME, SERVICE);
    }

    private String deployed() {
        return Objects.requireNonNull(site.look(0, site.world.asleep("token-0")).deploymentId());
    }

    @Test
    void a_release_that_somebody_looks_after_is_left_alone() {
        site.codeDeploy.becomes(deployed(), DeploymentStatus.SUCCEEDED);
        site.world.pass(Duration.ofMinutes(29));
        sweep();
        assertThat(site.world.told).isEmpty();
    }

    @Test
    void a_lost_event_is_made_up_for() {
        site.codeDeploy.becomes(deployed(), DeploymentStatus.SUCCEEDED);
        site.world.pass(Duration.ofMinutes(31));
        sweep();
        assertThat(site.world.told).extracting(Told::token).containsExactly("token-0");
    }

    @Test
    void the_outcome_of_a_deployment_whose_workflow_is_gone_is_recorded_as_what_happened() {
        String id = deployed();
        site.world.sleeping.clear();
        state = State.ABORTED;
        site.world.pass(Duration.ofMinutes(31));
        sweep();
        assertThat(site.world.announced).isEmpty();
        site.codeDeploy.becomes(id, DeploymentStatus.SUCCEEDED);
        site.world.pass(Duration.ofMinutes(31));
        sweep();
        assertThat(site.world.outcome(site.release)).isEqualTo(Outcome.DEPLOYED);
        assertThat(site.world.announced).hasSize(1);
        assertThat(site.world.queue().head(SHOP).running()).isNull();
    }

    @Test
    void what_goes_on_is_looked_at_again_half_an_hour_later() {
        String entry = "release#" + site.release;
        site.world.pass(Duration.ofMinutes(31));
        assertThat(sweeper().overdue()).containsExactly(entry);
        assertThat(sweeper().look(entry).sentence()).isEqualTo("The workflow is at it.");
        assertThat(sweeper().overdue()).isEmpty();
        String id = deployed();
        site.codeDeploy.shifts(id);
        site.world.pass(Duration.ofMinutes(31));
        assertThat(sweeper().look(entry).sentence()).contains(id + " has moved production to green");
        assertThat(sweeper().overdue()).isEmpty();
        assertThat(Objects.requireNonNull(site.world.releases().find(site.release)).launch().shiftedAt())
                .isEqualTo(site.world.now);
    }

    @Test
    void a_workflow_that_was_told_gets_half_an_hour_to_record_it() {
        site.codeDeploy.becomes(deployed(), DeploymentStatus.SUCCEEDED);
        site.world.pass(Duration.ofMinutes(31));
        Sweeper.Repair repair = sweeper().look("release#" + site.release);
        assertThat(Objects.requireNonNull(repair.release()).id()).isEqualTo(site.release);
        assertThat(repair.sentence()).isEqualTo("The workflow was told: DEPLOYED.");
        assertThat(sweeper().overdue()).isEmpty();
    }

    @Test
    void an_outcome_that_the_channel_does_not_take_stays_overdue() {
        site.world.channelOpen = false;
        site.world.outcomeDesk().record(push('c', "event-3", site.world.now), null, execution("three"),
                new Verdict(Outcome.REJECTED, "Bad.", null));
        site.world.pass(Duration.ofMinutes(3));
        assertThat(sweeper().look("event#event-3").sentence()).endsWith("could not be announced.");
        assertThat(sweeper().overdue()).containsExactly("event#event-3");
        site.world.channelOpen = true;
        assertThat(sweeper().look("event#event-3").sentence())
                .isEqualTo("The outcome of event#event-3 was announced.");
        assertThat(sweeper().overdue()).isEmpty();
    }

    @Test
    void an_execution_that_was_stopped_before_it_deployed_leaves_an_aborted_release() {
        state = State.ABORTED;
        site.world.pass(Duration.ofMinutes(31));
        assertThat(sweeper().look("release#" + site.release).sentence())
                .isEqualTo("The outcome of an execution that ended as ABORTED was recorded.");
        assertThat(site.world.outcome(site.release)).isEqualTo(Outcome.ABORTED);
    }

    @Test
    void an_execution_that_failed_without_an_outcome_leaves_a_failed_release_and_wakes_the_next() {
        site.world.admissionDesk().ask(push('b', "event-2", site.world.now.plusSeconds(1)), SHOP, execution("two"),
                Policy.NEWEST_WINS,
                null, site.world.asleep("token-b"));
        state = State.FAILED;
        site.world.pass(Duration.ofMinutes(31));
        sweeper().look("release#" + site.release);
        assertThat(site.world.outcome(site.release)).isEqualTo(Outcome.FAILED);
        assertThat(site.world.told).extracting(Told::token).containsExactly("token-b");
    }

    @Test
    void a_queue_that_stands_because_its_release_ended_unnoticed_goes_on() {
        site.world.admissionDesk().ask(push('b', "event-2", site.world.now.plusSeconds(1)), SHOP, execution("two"),
                Policy.NEWEST_WINS,
                null, site.world.asleep("token-b"));
        site.world.releases().close(site.release, Outcome.FAILED, "Written, then crashed.", null, Aftermath.NONE,
                id -> null);
        sweeper().unblock(SHOP);
        assertThat(site.world.told).extracting(Told::token).containsExactly("token-b");
        assertThat(site.world.queue().head(SHOP).running()).isNull();
    }

    @Test
    void an_announcement_that_was_not_made_is_made() {
        site.world.channelOpen = false;
        site.world.outcomeDesk().end(Objects.requireNonNull(site.world.releases().find(site.release)),
                new Verdict(Outcome.FAILED, "Broken.", null));
        site.world.channelOpen = true;
        site.world.pass(Duration.ofMinutes(3));
        assertThat(sweeper().look("release#" + site.release).sentence())
                .isEqualTo("What follows from the outcome was done again.");
        sweep();
        assertThat(site.world.announced).hasSize(1);
    }

    @Test
    void a_push_that_no_event_told_of_is_released_once() {
        newest = push('c', "sweep-c", site.world.now.plusSeconds(60));
        site.world.pass(Duration.ofSeconds(90));
        sweep();
        assertThat(started).as("the event may still come").isEmpty();
        site.world.pass(Duration.ofMinutes(1));
        sweep();
        sweep();
        assertThat(started).hasSize(1).allSatisfy((name, event) -> {
            assertThat(name).matches("[A-Za-z0-9-]{1,80}");
            assertThat(event).containsEntry("source", "aws.ecr").containsEntry("id", "sweep-c");
        });
    }

    @Test
    void a_push_is_expected_from_the_last_six_hours_or_since_there_is_a_workflow() {
        newest = push('c', "sweep-c", site.world.now.plusSeconds(60));
        site.world.pass(Duration.ofHours(6));
        since = site.world.now.minus(Duration.ofDays(1));
        assertThat(Objects.requireNonNull(lost().find(HOME, SERVICE)).sentence())
                .startsWith("No event told of shop/api:vc@" + newest.digest() + "; execution sweep-");
        assertThat(lost().find(HOME, SERVICE)).as("it has been started").isNull();
    }

    @Test
    void a_push_older_than_one_that_asked_for_its_turn_is_not_missed() {
        newest = push('c', "sweep-c", Site.PUSH.time());
        site.world.pass(Duration.ofMinutes(10));
        assertThat(lost().find(HOME, SERVICE)).isNull();
        newest = push('c', "sweep-c", Site.PUSH.time().plusSeconds(1));
        assertThat(lost().find(HOME, SERVICE)).isNotNull();
    }

    @Test
    void a_push_whose_release_is_open_is_not_missed_before_it_asked_for_its_turn() {
        newest = push('c', "sweep-c", site.world.now.plusSeconds(60));
        site.world.releases().open(newest, SHOP, execution("three"), release -> true);
        site.world.pass(Duration.ofMinutes(10));
        assertThat(lost().find(HOME, SERVICE)).isNull();
    }

    @Test
    void what_is_repaired_in_a_queue_is_told() {
        assertThat(sweeper().unblock(SHOP)).isEmpty();
        String next = site.world.admissionDesk().ask(push('b', "event-2", site.world.now.plusSeconds(1)), SHOP,
                execution("two"), Policy.QUEUE, null, site.world.asleep("token-b")).releaseId();
        site.world.releases().close(site.release, Outcome.FAILED, "Written, then crashed.", null, Aftermath.NONE,
                id -> null);
        assertThat(sweeper().unblock(SHOP)).extracting(Sweeper.Repair::sentence)
                .containsExactly("A release that had ended was taken out of the queue.");
        site.world.sleeping.add("token-b");
        assertThat(sweeper().unblock(SHOP)).singleElement().satisfies(repair -> {
            assertThat(Objects.requireNonNull(repair.release()).id()).isEqualTo(next);
            assertThat(repair.sentence()).isEqualTo("A release was woken: it was its turn.");
        });
        assertThat(sweeper().unblock(SHOP)).isEmpty();
    }

    @Test
    void a_push_from_before_the_workflow_is_not_released_by_the_sweep() {
        newest = push('c', "sweep-c", site.world.now);
        since = site.world.now;
        site.world.pass(Duration.ofMinutes(10));
        sweep();
        assertThat(started).isEmpty();
    }

    @Test
    void a_push_that_is_known_or_old_is_not_released_by_the_sweep() {
        newest = Site.PUSH;
        site.world.pass(Duration.ofMinutes(10));
        sweep();
        newest = push('c', "sweep-c", site.world.now);
        site.world.pass(Duration.ofHours(7));
        lost().find(HOME, SERVICE);
        assertThat(started).isEmpty();
        assertThat(site.world.queue().head(SHOP)).isNotEqualTo(ServiceHead.IDLE);
    }

    private UnrecordedExecutions unrecorded() {
        return new UnrecordedExecutions(new ServiceSettings(List.of(SERVICE)), new ImageCatalog() {
            @Override
            public ImageLookup find(RepositoryName repository, Digest digest) {
                throw new AssertionError("Nobody needs the image of " + digest);
            }

            @Override
            public Collection<Tag> tags(RepositoryName repository) {
                return List.of();
            }
        }, site.world.outcomeDesk(), executions, site.world.clock);
    }

    private List<String> repairs() {
        UnrecordedExecutions unrecorded = unrecorded();
        return unrecorded.suspects().stream().flatMap(one -> unrecorded.look(one, HOME).stream())
                .map(Sweeper.Repair::sentence).toList();
    }

    private void ends(String name, State as, @Nullable Object input) {
        ended.add(new Ended(execution(name), as, site.world.now, input));
    }

    @Test
    void a_push_whose_workflow_a_person_stopped_is_not_started_again() {
        newest = push('c', "sweep-c", site.world.now.plusSeconds(60));
        ends("stopped", State.ABORTED, PushEvent.action(push('c', "event-3", newest.time().plusSeconds(2))));
        site.world.pass(Duration.ofMinutes(10));
        assertThat(lost().find(HOME, SERVICE)).isNull();
        ended.clear();
        ends("stopped", State.ABORTED, PushEvent.action(push('d', "event-4", newest.time())));
        assertThat(lost().find(HOME, SERVICE)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"ABORTED, ABORTED, A person stopped the workflow before", "FAILED, FAILED, The workflow failed before"})
    void an_execution_that_ended_without_an_outcome_gets_one(State as, Outcome outcome, String reason) {
        ends("three", as, PushEvent.action(push('c', "event-3", site.world.now)));
        assertThat(repairs()).as("a call may still be at work").isEmpty();
        site.world.pass(Duration.ofMinutes(2).plusSeconds(1));
        assertThat(repairs()).singleElement().asString().isEqualTo("Execution " + execution("three") + " ended as " + as
                + " without an outcome for " + SHOP.key() + "; it was recorded: " + outcome + ".");
        assertThat(repairs()).isEmpty();
        assertThat(site.world.announced).singleElement().satisfies(told -> {
            assertThat(told.message()).containsEntry("outcome", outcome.name()).containsEntry("execution",
                    execution("three"));
            assertThat(told.message().get("reason")).asString().startsWith(reason);
        });
    }

    @Test
    void what_an_operator_wanted_and_stopped_gets_an_outcome() {
        Push push = push('c', "operator-3", site.world.now);
        ends("three", State.ABORTED, PushEvent.wanted(push, SHOP.application(), SHOP.deploymentGroup(), null));
        ends("four", State.ABORTED, PushEvent.wanted(push, "another", SHOP.deploymentGroup(), null));
        site.world.pass(Duration.ofMinutes(3));
        assertThat(repairs()).containsExactly(
                "Execution " + execution("three") + " ended as ABORTED without an outcome for " + SHOP.key()
                        + "; it was recorded: ABORTED.",
                "Execution " + execution("four") + " ended as ABORTED without an outcome; it was recorded: ABORTED.");
        assertThat(repairs()).isEmpty();
    }

    @Test
    void an_execution_that_was_for_nobody_gets_an_outcome_too() {
        ends("three", State.ABORTED, PushEvent.action(push('c', "event-3", site.world.now)).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey,
                        entry -> entry.getKey().equals("detail-type") ? "ECR Image Scan" : entry.getValue())));
        ends("four", State.FAILED, null);
        site.world.pass(Duration.ofMinutes(3));
        assertThat(repairs()).hasSize(2);
        assertThat(repairs()).isEmpty();
    }

    @Test
    void an_execution_with_an_outcome_or_a_release_is_left_alone() {
        Push ignored = push('c', "event-3", site.world.now);
        Push unread = push('d', "event-4", site.world.now);
        site.world.outcomeDesk().record(ignored, null, execution("three"),
                new Verdict(Outcome.IGNORED, "No tag for us.", null));
        site.world.outcomeDesk().record(null, null, execution("four"), new Verdict(Outcome.FAILED, "Broken.", null));
        site.world.outcomeDesk().record(unread, SHOP, execution("five"), new Verdict(Outcome.HELD, "Held.", null));
        ends("three", State.FAILED, PushEvent.action(ignored));
        ends("four", State.FAILED, PushEvent.action(unread));
        ends("five", State.ABORTED, PushEvent.action(unread));
        ended.add(new Ended(Objects.requireNonNull(site.world.releases().find(site.release)).execution(), State.ABORTED,
                site.world.now, PushEvent.action(Site.PUSH)));
        site.world.pass(Duration.ofMinutes(3));
        assertThat(unrecorded().suspects()).hasSize(4);
        assertThat(repairs()).isEmpty();
        site.world.pass(Duration.ofHours(6));
        assertThat(unrecorded().suspects()).as("that is long ago").isEmpty();
    }
}
