package io.greenlane.rehearsal.release;

import static io.greenlane.rehearsal.release.SampleSite.GOOD;
import static io.greenlane.rehearsal.release.SampleSite.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour;
import io.greenlane.rehearsal.events.EventSwitches;
import io.greenlane.rehearsal.release.SampleSite.Recorded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecr.model.ImageScanFindings;
import software.amazon.awssdk.services.ecr.model.ScanStatus;
import software.amazon.awssdk.services.ecr.model.SigningStatus;

/** A push waits at its gates, and what it waits for comes in every order, with a newer push at every place among it. */
class GateOrdersTest {
    private static final Duration BETWEEN = Duration.ofMinutes(10);
    private static final String CI = "arn:aws:signer:eu-west-1:111122223333:/signing-profiles/ci";
    private static final String GATES = "{ version: 1, platform: false, scan: { wait: 1d }, signature: { signer_profiles: [ '"
            + CI + "' ], wait: 1d } %s }";
    private static final String FROZEN = ", freeze: { dates: [ { from: '2026-01-01T00:00', to: '2026-03-05T00:00',"
            + " zone: UTC, reason: stocktaking } ] }";

    private final SampleSite site = new SampleSite(CodeDeployBehaviour.DEFAULT, EventSwitches.USUAL,
            Map.of("TerminationWaitMinutes", "0"));

    /** What can happen while a release waits. */
    enum Happening {
        SCAN, SIGNATURE, FREEZE_ENDS, NEWER_PUSH
    }

    static Stream<List<Happening>> orders() {
        return orders(List.of(Happening.values())).stream();
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
    void there_are_all_of_them() {
        assertThat(orders()).hasSize(24).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void nothing_is_deployed_before_all_has_come_and_the_newer_push_wins(List<Happening> order) {
        site.gateBy(GATES.formatted(FROZEN));
        String older = site.push("v2", GOOD);
        String newer = "";
        boolean overtaken = order.getLast() != Happening.NEWER_PUSH;
        Set<Happening> happened = EnumSet.noneOf(Happening.class);
        for (Happening happening : order) {
            site.cloud.timeline.advance(BETWEEN);
            assertThat(site.deployments()).as("after %s", happened).hasSize(lets(happened) ? 1 : 0);
            happened.add(happening);
            switch (happening) {
                case SCAN -> scanned(older);
                case SIGNATURE -> signed(older);
                case FREEZE_ENDS -> site.gateBy(GATES.formatted(""));
                case NEWER_PUSH -> {
                    newer = site.push("v3", GOOD);
                    scanned(newer);
                    signed(newer);
                }
            }
        }
        site.settle();

        assertThat(site.recorded()).extracting(Recorded::outcome)
                .containsExactlyInAnyOrder(overtaken ? "SUPERSEDED" : "DEPLOYED", "DEPLOYED");
        assertThat(site.deployments()).hasSize(overtaken ? 1 : 2);
        site.assertAtRest(newer);
    }

    /** The newer push comes with its scan and its signature, so only the freeze keeps it. */
    private static boolean lets(Set<Happening> happened) {
        return happened.contains(Happening.FREEZE_ENDS) && (happened.contains(Happening.NEWER_PUSH)
                || happened.containsAll(Set.of(Happening.SCAN, Happening.SIGNATURE)));
    }

    private void scanned(String digest) {
        site.cloud.ecr.scanned(REPOSITORY, digest, ScanStatus.COMPLETE, ImageScanFindings.builder().build());
    }

    private void signed(String digest) {
        site.cloud.ecr.signed(REPOSITORY, digest, CI, SigningStatus.COMPLETE);
    }
}
