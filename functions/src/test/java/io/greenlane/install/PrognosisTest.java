package io.greenlane.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.install.Prognosis.Hopeless;
import io.greenlane.install.Prognosis.Open;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrognosisTest {
    private static final Instant START = Instant.parse("2026-03-04T05:06:07Z");
    private static final String NOT_FOUND = "CannotPullContainerError: failed to resolve ref shop/api@sha256:00: not found";
    private static final String CRASH = "EssentialContainerExited";
    private static final String UNHEALTHY = "Task failed ELB health checks in (target-group arn:aws:tg/green)";

    private static StoppedTask task(int begin, int end, String code, String reason,
            StoppedTask.Container... containers) {
        return new StoppedTask("arn:task/" + begin + "-" + end, code, reason, List.of(containers),
                START.plusSeconds(begin), START.plusSeconds(end));
    }

    private static StoppedTask.Container exit(@Nullable Integer code, @Nullable String reason) {
        return new StoppedTask.Container("api", code, reason);
    }

    /** So many tasks, each started when the one before had failed. */
    private static List<StoppedTask> inTurn(int count, String code, String reason,
            StoppedTask.Container... containers) {
        return IntStream.range(0, count).mapToObj(i -> task(20 * i, 20 * i + 10, code, reason, containers)).toList();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', value = {
            "ServiceSchedulerInitiated | Scaling activity initiated by (deployment ecs-svc/1)",
            "ServiceSchedulerInitiated | Task is being rebalanced",
            "ServiceSchedulerInitiated | ''",
            "UserInitiated             | Task stopped by user",
            "UserInitiated             | Task failed ELB health checks, says the user",
            "SpotInterruption          | Your Spot Task was interrupted.",
            "TerminationNotice         | Host EC2 (instance i-0a1b2c3d) is to be terminated",
            "InfrastructureHealth      | The host is not healthy",
            "TaskFailedToStart         | Capacity is unavailable at this time. Please try again later",
            "TaskFailedToStart         | Timeout waiting for network interface provisioning to complete.",
            "TaskFailedToStart         | Unexpected EC2 error while attempting to create network interface in subnet",
            "SomethingNew              | CannotPullContainerError: not found",
            "''                        | ''"})
    void an_end_that_says_nothing_about_the_revision_never_counts(String code, String reason) {
        assertThat(Prognosis.of(inTurn(50, code, reason, exit(137, "killed")), 1))
                .isEqualTo(new Open("No task of green has failed."));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', value = {
            "TaskFailedToStart         | CannotPullContainerError: repo not found                               | 2",
            "TaskFailedToStart         | CannotPullContainerError: no basic auth credentials                    | 2",
            "TaskFailedToStart         | CannotPullContainerError: dial tcp: i/o timeout                        | 3",
            "TaskFailedToStart         | CannotPullContainerError: toomanyrequests: slow down                   | 3",
            "TaskFailedToStart         | ResourceInitializationError: unable to pull secrets or registry auth   | 3",
            "TaskFailedToStart         | CannotStartContainerError: exec: no such file                          | 3",
            "EssentialContainerExited  | Essential container in task exited                                     | 3",
            "ServiceSchedulerInitiated | Task failed ELB health checks in (target-group arn:aws:tg/green)       | 2",
            "ServiceSchedulerInitiated | Task failed container health checks                                    | 2"})
    void an_end_that_speaks_against_the_revision_counts(String code, String reason, int enough) {
        assertThat(Prognosis.of(inTurn(enough - 1, code, reason), 1))
                .isInstanceOfSatisfying(Open.class, open -> assertThat(open.sentence()).contains(reason));
        assertThat(Prognosis.of(inTurn(enough, code, reason), 1)).isInstanceOfSatisfying(Hopeless.class,
                hopeless -> assertThat(hopeless.sentence()).endsWith(": " + reason + "."));
    }

    @Test
    void the_sentence_counts_the_tasks_and_tells_the_time_they_took() {
        assertThat(Prognosis.of(inTurn(2, "TaskFailedToStart", NOT_FOUND), 1))
                .isEqualTo(new Hopeless("2 tasks of green failed within 30 s: " + NOT_FOUND + ".", false));
        assertThat(Prognosis.of(inTurn(6, CRASH, "Essential container in task exited", exit(1, null)), 1))
                .isEqualTo(
                        new Hopeless("6 tasks of green failed within 2 min: container api exited with code 1.", true));
    }

    @Test
    void a_target_group_is_called_by_its_name() {
        assertThat(Prognosis.of(inTurn(2, "ServiceSchedulerInitiated", "Task failed ELB health checks in (target-group"
                + " arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/shop-green/0123456789abcdef)"), 1))
                .isEqualTo(new Hopeless("2 tasks of green failed within 30 s:"
                        + " Task failed ELB health checks in (target-group shop-green).", true));
    }

    @Test
    void a_crash_names_exit_code_and_memory() {
        assertThat(Prognosis.of(inTurn(3, CRASH, "Essential container in task exited",
                exit(137, "OutOfMemoryError: Container killed due to memory usage")), 1))
                .isEqualTo(new Hopeless("3 tasks of green failed within 50 s: container api exited with code 137"
                        + " (OutOfMemoryError: Container killed due to memory usage).", true));
        assertThat(Prognosis.of(inTurn(3, CRASH, "Essential container in task exited"), 1)).isEqualTo(
                new Hopeless("3 tasks of green failed within 50 s: Essential container in task exited.", true));
    }

    @Test
    void on_ec2_the_container_says_why_the_task_failed_to_start() {
        assertThat(Prognosis.of(inTurn(2, "TaskFailedToStart", "Task failed to start", exit(null, NOT_FOUND)), 1))
                .isEqualTo(new Hopeless("2 tasks of green failed within 30 s: " + NOT_FOUND + ".", false));
    }

    @Test
    void tasks_that_all_began_before_the_first_failed_are_no_retry() {
        List<StoppedTask> firstRound = IntStream.range(0, 8)
                .mapToObj(i -> task(i, 40 + i, CRASH, "Essential container in task exited", exit(1, null))).toList();
        assertThat(Prognosis.of(firstRound, 8)).isInstanceOf(Open.class);
        List<StoppedTask> withRetry = new ArrayList<>(firstRound);
        withRetry.add(task(50, 60, CRASH, "Essential container in task exited", exit(1, null)));
        assertThat(Prognosis.of(withRetry, 8)).isInstanceOf(Hopeless.class);
    }

    @Test
    void half_of_what_is_wanted_must_fail_unless_there_is_no_image() {
        assertThat(Prognosis.of(inTurn(4, "ServiceSchedulerInitiated", UNHEALTHY), 9)).isInstanceOf(Open.class);
        assertThat(Prognosis.of(inTurn(5, "ServiceSchedulerInitiated", UNHEALTHY), 9)).isInstanceOf(Hopeless.class);
        assertThat(Prognosis.of(inTurn(2, "TaskFailedToStart", NOT_FOUND), 9)).isInstanceOf(Hopeless.class);
    }

    @Test
    void different_faults_add_up_and_are_all_named_the_newest_first() {
        assertThat(Prognosis.of(List.of(task(80, 100, "ServiceSchedulerInitiated", UNHEALTHY),
                task(0, 10, CRASH, "Essential container in task exited", exit(1, null)),
                task(20, 30, "TaskFailedToStart", "ResourceInitializationError: no secret")), 1))
                .isEqualTo(new Hopeless("3 tasks of green failed within 2 min: " + UNHEALTHY
                        + "; before: ResourceInitializationError: no secret; before: container api exited with code 1.",
                        true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "TaskFailedToStart         | CannotPullContainerError: no basic auth credentials                  | false",
            "TaskFailedToStart         | ResourceInitializationError: unable to pull secrets or registry auth | false",
            "EssentialContainerExited  | Essential container in task exited                                   | true",
            "ServiceSchedulerInitiated | Task failed ELB health checks in (target-group arn:aws:tg/green)     | true"})
    void only_tasks_that_ran_say_something_about_the_image(String code, String reason, boolean ran) {
        assertThat(Prognosis.of(inTurn(3, code, reason), 1)).isInstanceOfSatisfying(Hopeless.class,
                hopeless -> assertThat(hopeless.imageRan()).isEqualTo(ran));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESOURCE:MEMORY", "RESOURCE:CPU", "RESOURCE:ENI",
            "Capacity is unavailable at this time. Please try again later or in a different availability zone"})
    void missing_capacity_says_nothing_at_all(String reason) {
        String stopCode = reason.startsWith("RESOURCE") ? "ServiceSchedulerInitiated" : "TaskFailedToStart";
        assertThat(Prognosis.of(inTurn(9, stopCode, reason), 1)).isInstanceOf(Open.class);
    }

    @Test
    void a_task_that_starts_in_the_moment_in_which_another_failed_is_a_retry() {
        assertThat(Prognosis.of(List.of(task(0, 10, "ServiceSchedulerInitiated", UNHEALTHY),
                task(10, 20, "ServiceSchedulerInitiated", UNHEALTHY)), 1)).isInstanceOf(Hopeless.class);
        assertThat(Prognosis.of(List.of(task(0, 10, "ServiceSchedulerInitiated", UNHEALTHY),
                task(9, 20, "ServiceSchedulerInitiated", UNHEALTHY)), 1)).isInstanceOf(Open.class);
    }

    @ParameterizedTest
    @CsvSource({"10, ' within 10 s'", "89, ' within 89 s'", "90, ' within 2 min'", "120, ' within 2 min'",
            "121, ' within 3 min'"})
    void the_span_is_told_in_seconds_and_from_a_minute_and_a_half_on_in_minutes(int end, String span) {
        assertThat(Prognosis.of(List.of(task(0, 5, "ServiceSchedulerInitiated", UNHEALTHY),
                task(5, end, "ServiceSchedulerInitiated", UNHEALTHY)), 1)).isEqualTo(
                        new Hopeless("2 tasks of green failed" + span + ": " + UNHEALTHY + ".", true));
    }

    @Test
    void a_span_shorter_than_a_second_is_one_and_one_that_goes_back_is_not_told() {
        assertThat(Prognosis.of(List.of(task(0, 0, CRASH, "Ended"), task(0, 0, CRASH, "Ended"),
                task(0, 0, CRASH, "Ended")), 1)).isEqualTo(
                        new Hopeless("3 tasks of green failed within 1 s: Ended.", true));
        assertThat(Prognosis.of(inTurn(2, "ServiceSchedulerInitiated", UNHEALTHY).stream()
                .map(one -> new StoppedTask(one.arn(), one.stopCode(), one.stoppedReason(), one.containers(),
                        START.plusSeconds(99), one.stoppingAt()))
                .toList(), 1)).isEqualTo(new Hopeless("2 tasks of green failed: " + UNHEALTHY + ".", true));
    }

    @Test
    void the_span_begins_with_the_task_that_was_created_first_whichever_ended_first() {
        assertThat(Prognosis.of(List.of(task(20, 30, "ServiceSchedulerInitiated", UNHEALTHY),
                task(30, 50, "ServiceSchedulerInitiated", UNHEALTHY),
                task(0, 60, "ServiceSchedulerInitiated", UNHEALTHY)), 1)).isEqualTo(
                        new Hopeless("3 tasks of green failed within 60 s: " + UNHEALTHY + ".", true));
    }

    @Test
    void a_task_that_is_still_stopping_is_the_newest() {
        StoppedTask stopping = new StoppedTask("arn:task/1", "ServiceSchedulerInitiated", UNHEALTHY, List.of(),
                START.plusSeconds(30), null);
        List<StoppedTask> tasks = new ArrayList<>(List.of(stopping));
        tasks.addAll(inTurn(2, CRASH, "Essential container in task exited", exit(1, null)));
        assertThat(Prognosis.of(tasks, 1)).isInstanceOfSatisfying(Hopeless.class,
                hopeless -> assertThat(hopeless.sentence())
                        .endsWith(UNHEALTHY + "; before: container api exited with code 1."));
    }

    @Test
    void a_reason_of_300_characters_is_shown_whole() {
        String reason = "CannotPullContainerError: " + "x".repeat(274);
        assertThat(Prognosis.of(inTurn(2, "TaskFailedToStart", reason), 1)).isInstanceOfSatisfying(Hopeless.class,
                hopeless -> assertThat(hopeless.sentence()).endsWith(": " + reason + "."));
        assertThat(Prognosis.of(inTurn(2, "TaskFailedToStart", reason + "y"), 1)).isInstanceOfSatisfying(
                Hopeless.class, hopeless -> assertThat(hopeless.sentence())
                        .endsWith(": " + reason.substring(0, 200) + " ... " + "x".repeat(99) + "y."));
    }

    @Test
    void of_all_that_is_told_the_error_is_shown_and_where_nothing_is_told_that_it_failed() {
        assertThat(Prognosis.of(inTurn(2, "TaskFailedToStart", "Task failed to start", exit(null, " "),
                exit(null, "Stopped."), exit(null, NOT_FOUND)), 1)).isInstanceOfSatisfying(Hopeless.class,
                        hopeless -> assertThat(hopeless.sentence()).endsWith(": " + NOT_FOUND + "."));
        assertThat(Prognosis.of(inTurn(3, "TaskFailedToStart", "", exit(null, null), exit(null, " ")), 1))
                .isInstanceOfSatisfying(Hopeless.class,
                        hopeless -> assertThat(hopeless.sentence()).endsWith(": Task failed to start."));
        assertThat(Prognosis.of(inTurn(3, "TaskFailedToStart", "Out of luck", exit(null, "Stopped.")), 1))
                .isInstanceOfSatisfying(Hopeless.class,
                        hopeless -> assertThat(hopeless.sentence()).endsWith(": Out of luck."));
    }

    @Test
    void of_a_crash_the_containers_that_tell_something_are_named() {
        assertThat(Prognosis.of(inTurn(3, CRASH, "Essential container in task exited", exit(1, null),
                exit(null, null), exit(null, "OutOfMemoryError")), 1)).isInstanceOfSatisfying(Hopeless.class,
                        hopeless -> assertThat(hopeless.sentence()).endsWith(
                                ": container api exited with code 1, container api ended (OutOfMemoryError)."));
    }

    @Test
    void tasks_without_times_do_not_show_a_retry() {
        StoppedTask timeless = new StoppedTask("arn:task/1", CRASH, "Essential container in task exited", List.of(),
                null,
                null);
        assertThat(Prognosis.of(List.of(timeless, timeless, timeless), 1)).isInstanceOf(Open.class);
    }

    @Test
    void a_long_reason_is_cut_and_stays_on_one_line() {
        String reason = "CannotPullContainerError: line one\nline two\u0000 " + "x".repeat(5000);
        assertThat(Prognosis.of(inTurn(2, "TaskFailedToStart", reason), 1)).isInstanceOfSatisfying(Hopeless.class,
                hopeless -> assertThat(hopeless.sentence()).hasSizeLessThan(400).contains("line one line two x")
                        .doesNotContain("\n"));
    }

    @Test
    void a_span_longer_than_the_hour_is_told_in_minutes() {
        Duration hour = Duration.ofHours(1);
        List<StoppedTask> slow = IntStream.range(0, 3).mapToObj(i -> task((int) hour.toSeconds() * i,
                (int) hour.toSeconds() * i + 1, CRASH, "Essential container in task exited", exit(0, null))).toList();
        assertThat(Prognosis.of(slow, 1)).isEqualTo(
                new Hopeless("3 tasks of green failed within 121 min: container api exited with code 0.", true));
    }
}
