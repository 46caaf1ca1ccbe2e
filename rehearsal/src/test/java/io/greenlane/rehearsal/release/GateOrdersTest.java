package io.greenlane.rehearsal.release;

import static io.greenlane.rehearsal.release.SampleSite.GOOD;
import static io.greenlane.rehearsal.release.SampleSite.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.release.SampleSite.Recorded;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.ecr.model.ImageScanFindings;
import software.amazon.awssdk.services.ecr.model.ScanStatus;
import software.amazon.awssdk.services.ecr.model.SigningStatus;

/**
 * A push waits at its gates, and what it waits for comes in every order, with a newer push at every place among it. The build
 * takes every eighteenth of the orders through the workflow, {@code -Dgreenlane.gateOrders=all} all of them.
 */
class GateOrdersTest {
    private static final WarmFunctions FUNCTIONS = new WarmFunctions();
    private static final boolean ALL = "all".equals(System.getProperty("greenlane.gateOrders"));
    /** Longer than between two looks of a release that waits. */
    private static final Duration BETWEEN = Duration.ofMinutes(10);
    private static final String CI = "arn:aws:signer:eu-west-1:111122223333:/signing-profiles/ci";

    private final SampleSite site = new SampleSite(Map.of("TerminationWaitMinutes", "0", "Approvals", "true"),
            FUNCTIONS);

    /** What can happen while a release waits. */
    enum Happening {
        SCAN, SIGNATURE, APPROVAL, QUIET, FREEZE_ENDS, NEWER_PUSH
    }

    static Stream<List<Happening>> share() {
        List<List<Happening>> all = orders(List.of(Happening.values()));
        return IntStream.range(0, all.size()).filter(i -> ALL || i % 18 == i / 120).mapToObj(all::get);
    }

    private static List<List<Happening>> orders(List<Happening> happenings) {
        if (happenings.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Happening>> all = new ArrayList<>();
        for (Happening first : happenings) {
            orders(happenings.stream().filter(one -> one != first).toList()).forEach(
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

    /** All gates, with a freeze that is over when so many happenings have been, and one more. */
    private String gates(int happenings) {
        LocalDateTime end = LocalDateTime.ofInstant(
                site.cloud.timeline.now().plus(BETWEEN.multipliedBy(happenings + 1L)),
                ZoneOffset.UTC);
        return "{ version: 1, platform: false, scan: { wait: 1d }, signature: { signer_profiles: [ '" + CI
                + "' ], wait: 1d }, alarms: { wait: 1d }, approval: {}, freeze: { dates: [ { from: '2026-01-01T00:00', to: '"
                + end.withNano(0) + "', zone: UTC, reason: stocktaking } ] } }";
    }

    private void scanned(String digest) {
        site.cloud.ecr.scanned(REPOSITORY, digest, ScanStatus.COMPLETE, ImageScanFindings.builder().build());
    }

    private void signed(String digest) {
        site.cloud.ecr.signed(REPOSITORY, digest, CI, SigningStatus.COMPLETE);
    }

    /** What was asked for last; once more changes nothing. */
    private void approve() {
        site.approve(site.approvalsAsked().getLast(), "Ada");
    }
}
