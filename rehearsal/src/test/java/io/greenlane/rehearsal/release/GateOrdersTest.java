package io.greenlane.rehearsal.release;

import static io.greenlane.rehearsal.release.SampleSite.GOOD;
import static io.greenlane.rehearsal.release.SampleSite.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.greenlane.rehearsal.release.SampleSite.Recorded;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.ecr.model.ImageScanFinding;
import software.amazon.awssdk.services.ecr.model.ImageScanFindings;
import software.amazon.awssdk.services.ecr.model.ScanStatus;
import software.amazon.awssdk.services.ecr.model.SigningStatus;

/**
 * A push waits at its gates, and what it waits for comes in every order, with a newer push at every place among it; and in every
 * order again, with the event of the push, a freeze that begins meanwhile, and bad news. The build takes a share of the orders
 * through the workflow, {@code -Dgreenlane.gateOrders=all} all of them.
 */
class GateOrdersTest {
    private static final WarmFunctions FUNCTIONS = new WarmFunctions();
    private static final boolean ALL = "all".equals(System.getProperty("greenlane.gateOrders"));
    /** Longer than between two looks of a release that waits. */
    private static final Duration BETWEEN = Duration.ofMinutes(10);
    private static final int IN_THE_BUILD = 12;
    private static final String CI = "arn:aws:signer:eu-west-1:111122223333:/signing-profiles/ci";

    private final SampleSite site = new SampleSite(Map.of("TerminationWaitMinutes", "0", "Approvals", "true"),
            FUNCTIONS);

    /** What can happen while a release waits. */
    enum Happening {
        SCAN, SIGNATURE, APPROVAL, QUIET, FREEZE_ENDS, NEWER_PUSH
    }

    /** What can come before or after the event of the push, in an order in which a freeze begins before it ends. */
    enum Around {
        EVENT, SCAN, SIGNATURE, APPROVAL, QUIET, FREEZE_BEGINS, FREEZE_ENDS
    }

    /** What the scan finds and the person says. */
    enum News {
        GOOD, SCAN_FINDS, REFUSED
    }

    /**
     * An order, and how it is gone through.
     *
     * @param found whether the event is lost, and the sweep finds the push at its place
     */
    record Course(List<Around> order, News news, boolean found) {}

    static Stream<List<Happening>> share() {
        List<List<Happening>> all = orders(List.of(Happening.values()));
        return IntStream.range(0, all.size()).filter(i -> ALL || i % 18 == i / 120).mapToObj(all::get);
    }

    /** Every course, or those of the build, each of which goes with another news and the other way of the event than the one before. */
    static List<Course> courses() {
        List<List<Around>> orders = new ArrayList<>(orders(List.of(Around.values())).stream()
                .filter(order -> order.indexOf(Around.FREEZE_BEGINS) < order.indexOf(Around.FREEZE_ENDS)).toList());
        Collections.shuffle(orders, new Random(53_490));
        return IntStream.range(0, ALL ? orders.size() : IN_THE_BUILD)
                .mapToObj(i -> new Course(orders.get(i), News.values()[i % News.values().length], i % 2 == 0)).toList();
    }

    private static <T> List<List<T>> orders(List<T> happenings) {
        if (happenings.isEmpty()) {
            return List.of(List.of());
        }
        List<List<T>> all = new ArrayList<>();
        for (T first : happenings) {
            orders(happenings.stream().filter(one -> !one.equals(first)).toList()).forEach(
                    rest -> all.add(Stream.concat(Stream.of(first), rest.stream()).toList()));
        }
        return all;
    }

    @Test
    void there_are_all_of_them_and_in_the_share_each_comes_at_each_place() {
        assertThat(orders(List.of(Happening.values()))).hasSize(720).doesNotHaveDuplicates();
        for (Happening happening : Happening.values()) {
            assertThat(share().map(order -> order.indexOf(happening))).as("%s", happening).contains(0, 1, 2, 3, 4, 5);
        }
    }

    @Test
    void the_courses_of_the_build_have_each_at_each_place_and_all_news_by_both_ways() {
        for (Around happening : Around.values()) {
            List<Integer> possible = switch (happening) {
                case FREEZE_BEGINS -> List.of(0, 1, 2, 3, 4, 5);
                case FREEZE_ENDS -> List.of(1, 2, 3, 4, 5, 6);
                default -> List.of(0, 1, 2, 3, 4, 5, 6);
            };
            assertThat(courses()).as("%s", happening).extracting(course -> course.order().indexOf(happening))
                    .containsAll(possible);
        }
        assertThat(courses().stream().map(course -> course.news() + " " + course.found()).distinct()).hasSize(6);
    }

    /** The newer push needs a scan, a signature and an approval of its own; what came for the older one does not help it. */
    @ParameterizedTest
    @MethodSource("share")
    void nothing_is_deployed_before_all_has_come_and_the_newer_push_wins(List<Happening> order) {
        site.gateBy(gates(order.indexOf(Happening.FREEZE_ENDS)));
        site.alarm(StateValue.ALARM);
        String newest = site.push("v2", GOOD);
        Set<Happening> awaited = EnumSet.complementOf(EnumSet.of(Happening.NEWER_PUSH));
        for (Happening happening : order) {
            site.cloud.timeline.advance(BETWEEN);
            assertThat(site.deployments()).as("before %s of %s", happening, order).hasSize(awaited.isEmpty() ? 1 : 0);
            switch (happening) {
                case SCAN -> scanned(newest);
                case SIGNATURE -> signed(newest);
                case APPROVAL -> approve();
                case QUIET -> site.alarm(StateValue.OK);
                case FREEZE_ENDS -> {
                    // as the file says
                }
                case NEWER_PUSH -> {
                    newest = site.push("v3", GOOD);
                    awaited.addAll(Set.of(Happening.SCAN, Happening.SIGNATURE, Happening.APPROVAL));
                }
            }
            awaited.remove(happening);
        }
        site.cloud.timeline.advance(BETWEEN);
        boolean overtaken = order.getLast() != Happening.NEWER_PUSH;
        assertThat(site.deployments()).as("after %s", order)
                .hasSize((overtaken ? 0 : 1) + (awaited.isEmpty() ? 1 : 0));
        scanned(newest);
        signed(newest);
        approve();
        site.settle();

        assertThat(site.recorded()).extracting(Recorded::outcome)
                .containsExactlyInAnyOrder(overtaken ? "SUPERSEDED" : "DEPLOYED", "DEPLOYED");
        assertThat(site.deployments()).hasSize(overtaken ? 1 : 2);
        site.assertAtRest(newest);
    }

    /** Without the event nobody is asked for an approval, so one that would come before it comes at the end. */
    @ParameterizedTest
    @MethodSource("courses")
    void a_release_starts_when_all_has_come_and_no_freeze_is_on_unless_news_are_bad(Course course) {
        List<Around> order = course.order();
        site.disableRule("ImagePushed");
        site.disableRule("SweepEveryFiveMinutes");
        site.gateBy(gates(moment(order.indexOf(Around.FREEZE_BEGINS)), moment(order.indexOf(Around.FREEZE_ENDS))));
        site.alarm(StateValue.ALARM);
        String digest = site.push("v2", GOOD);
        String event = site.pushEvent("late-1", digest, "v2").toString();
        Set<Around> awaited = EnumSet.of(Around.EVENT, Around.SCAN, Around.SIGNATURE, Around.APPROVAL, Around.QUIET);
        boolean frozen = false;
        boolean started = false;
        for (Around happening : order) {
            site.cloud.timeline.advance(BETWEEN);
            assertThat(site.deployments()).as("before %s of %s", happening, course).hasSize(started ? 1 : 0);
            boolean come = true;
            switch (happening) {
                case EVENT -> arrives(event, course.found());
                case SCAN -> scanned(digest, course.news() == News.SCAN_FINDS ? "CRITICAL" : "LOW");
                case SIGNATURE -> signed(digest);
                case APPROVAL -> come = said(course.news());
                case QUIET -> site.alarm(StateValue.OK);
                case FREEZE_BEGINS -> frozen = true;
                case FREEZE_ENDS -> frozen = false;
            }
            if (come) {
                awaited.remove(happening);
            }
            started |= awaited.isEmpty() && !frozen && course.news() == News.GOOD;
        }
        site.cloud.timeline.advance(BETWEEN);
        assertThat(site.deployments()).as("after %s", course).hasSize(started ? 1 : 0);
        if (awaited.contains(Around.APPROVAL)) {
            said(course.news());
        }
        site.settle();

        assertThat(site.recorded()).singleElement().satisfies(recorded -> {
            assertThat(recorded.outcome()).isEqualTo(course.news() == News.GOOD ? "DEPLOYED" : "REJECTED");
            assertThat(recorded.reason()).contains(switch (course.news()) {
                case GOOD -> "serves production";
                case SCAN_FINDS -> "Gate scan: image " + digest + " has 1 critical vulnerabilities";
                case REFUSED -> "Gate approval: refused by Ada";
            });
        });
        assertThat(site.deployments()).hasSize(course.news() == News.GOOD ? 1 : 0);
        site.assertAtRest(course.news() == News.GOOD ? digest : site.firstDigest);
    }

    private void arrives(String event, boolean found) {
        if (found) {
            site.sweep();
        } else {
            site.start(event);
        }
    }

    /** Whether somebody was asked, and has approved or refused. */
    private boolean said(News news) {
        if (site.approvalsAsked().isEmpty()) {
            return false;
        }
        JsonNode message = site.approvalsAsked().getLast();
        if (news == News.REFUSED) {
            site.operate("refuse", "release", message.path("releaseId").asText(), "by", "Ada", "reason", "Not today.");
        } else {
            site.approve(message, "Ada");
        }
        return true;
    }

    /** When that happening of an order comes. */
    private LocalDateTime moment(int happening) {
        return LocalDateTime.ofInstant(site.cloud.timeline.now().plus(BETWEEN.multipliedBy(happening + 1L)),
                ZoneOffset.UTC).withNano(0);
    }

    /** All gates, with a freeze that is over when so many happenings have been, and one more. */
    private String gates(int happenings) {
        return gates(LocalDateTime.parse("2026-01-01T00:00"), moment(happenings));
    }

    private static String gates(LocalDateTime from, LocalDateTime to) {
        return "{ version: 1, platform: false, scan: { wait: 1d }, signature: { signer_profiles: [ '" + CI
                + "' ], wait: 1d }, alarms: { wait: 1d }, approval: {}, freeze: { dates: [ { from: '" + from
                + "', to: '" + to + "', zone: UTC, reason: stocktaking } ] } }";
    }

    private void scanned(String digest, String... severities) {
        site.cloud.ecr.scanned(REPOSITORY, digest, ScanStatus.COMPLETE, ImageScanFindings.builder()
                .findings(Stream.of(severities)
                        .map(severity -> ImageScanFinding.builder().name("CVE-2026-1").severity(severity).build())
                        .toList())
                .build());
    }

    private void signed(String digest) {
        site.cloud.ecr.signed(REPOSITORY, digest, CI, SigningStatus.COMPLETE);
    }

    /** What was asked for last; once more changes nothing. */
    private void approve() {
        site.approve(site.approvalsAsked().getLast(), "Ada");
    }
}
