package io.greenlane.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.gate.Finding.Blocked;
import io.greenlane.gate.Finding.NotYet;
import io.greenlane.gate.Finding.Passed;
import io.greenlane.gate.Scan.Allowed;
import io.greenlane.gate.ScannedImage.Scanned;
import io.greenlane.gate.ScannedImage.Vulnerability;
import io.greenlane.image.Digest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScanTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Look FIRST = new Look(NOON, NOON);
    private static final Look LATE = new Look(NOON.plus(Duration.ofMinutes(30)), NOON);
    private static final Duration WAIT = Duration.ofMinutes(30);
    private static final Digest DIGEST = new Digest("sha256:" + "a".repeat(64));

    private static Scan scan(Allowed... allowed) {
        return new Scan(Map.of(Severity.CRITICAL, 0, Severity.HIGH, 1), List.of(allowed), WAIT);
    }

    private static ScannedImage image(String name, Scanned scanned) {
        return new ScannedImage(name, DIGEST, scanned);
    }

    private static Scanned found(Object... idsAndSeverities) {
        return new Scanned.Complete(IntStream.range(0, idsAndSeverities.length / 2)
                .mapToObj(i -> new Vulnerability(String.valueOf(idsAndSeverities[2 * i]),
                        (Severity) idsAndSeverities[2 * i + 1]))
                .toList());
    }

    private static Finding judge(Scan scan, Look look, Scanned... scanned) {
        return scan.judge(IntStream.range(0, scanned.length)
                .mapToObj(i -> image(i == 0 ? "linux/amd64" : "linux/arm64", scanned[i])).toList(), look);
    }

    @Test
    void no_more_than_is_allowed_passes() {
        assertThat(judge(scan(), FIRST, found("CVE-1", Severity.HIGH, "CVE-2", Severity.MEDIUM), found()))
                .isEqualTo(new Passed("scan", "2 images are scanned, with no more than is allowed"));
    }

    @Test
    void what_is_allowed_is_over_after_its_last_day() {
        Scan scan = scan(new Allowed("CVE-1", "never reached", LocalDate.parse("2026-06-01")));
        assertThat(scan.over(NOON)).isEmpty();
        assertThat(scan.over(Instant.parse("2026-06-02T00:00:00Z")))
                .containsExactly("scan: CVE-1 was allowed until 2026-06-01 (never reached) and counts again");
    }

    @Test
    void one_that_several_packages_have_counts_once() {
        assertThat(judge(scan(), FIRST, found("CVE-1", Severity.HIGH, "CVE-1", Severity.HIGH)))
                .isInstanceOf(Passed.class);
    }

    @Test
    void too_many_in_one_image_of_an_index_block_and_are_named() {
        assertThat(judge(scan(), FIRST, found(), found("CVE-2", Severity.CRITICAL, "CVE-1", Severity.CRITICAL)))
                .isEqualTo(new Blocked("scan", "linux/arm64 " + DIGEST
                        + " has 2 critical vulnerabilities (CVE-1, CVE-2), and at most 0 may be: mend them and push again, or"
                        + " allow them in gates.yaml, with a reason and an end"));
    }

    @Test
    void what_is_borne_does_not_count_through_its_last_day() {
        Scan until = scan(new Allowed("CVE-1", "never reached", LocalDate.parse("2026-06-01")));
        Scanned found = found("CVE-1", Severity.CRITICAL);

        assertThat(judge(until, new Look(Instant.parse("2026-06-01T23:59:59Z"), NOON), found))
                .isInstanceOf(Passed.class);
        assertThat(judge(until, new Look(Instant.parse("2026-06-02T00:00:00Z"), NOON), found))
                .isInstanceOfSatisfying(Blocked.class, blocked -> assertThat(blocked.sentence())
                        .endsWith("(CVE-1 was allowed until 2026-06-01)"));
    }

    @Test
    void a_scan_that_is_not_found_is_never_clean() {
        assertThat(judge(scan(), FIRST, found(), new Scanned.Awaited("not found"))).isEqualTo(new NotYet("scan",
                "no scan of linux/arm64 " + DIGEST
                        + " (not found); the release waits for it until 2026-06-01T12:30:00Z",
                NOON.plus(WAIT)));
        assertThat(judge(scan(), LATE, found(), new Scanned.Awaited("not found"))).isEqualTo(new Blocked("scan",
                "no scan of linux/arm64 " + DIGEST + " (not found), and 30m of waiting are over: see to it that the"
                        + " repository is scanned on push, by ECR or by Inspector, and push again"));
        assertThat(judge(scan(), FIRST)).isInstanceOf(Blocked.class);
    }

    @Test
    void a_scan_that_failed_blocks_whatever_the_others_wait_for() {
        assertThat(judge(scan(), FIRST, new Scanned.Awaited("PENDING"),
                new Scanned.Failed("its scan is UNSUPPORTED_IMAGE")))
                .isEqualTo(new Blocked("scan",
                        "linux/arm64 " + DIGEST + " cannot be judged: its scan is UNSUPPORTED_IMAGE"));
    }

    @Test
    void severities_of_every_scanner_are_read() {
        assertThat(List.of("CRITICAL", "high", "UNTRIAGED", "?").stream().map(Severity::of))
                .containsExactly(Severity.CRITICAL, Severity.HIGH, Severity.UNDEFINED, Severity.UNDEFINED);
    }

    @Test
    void no_more_than_five_are_named() {
        assertThat(judge(scan(), FIRST, found(severe(5))).sentence()).contains("has 5 critical vulnerabilities"
                + " (CVE-0, CVE-1, CVE-2, CVE-3, CVE-4), and");
        assertThat(judge(scan(), FIRST, found(severe(7))).sentence())
                .contains("(CVE-0, CVE-1, CVE-2, CVE-3, CVE-4 and 2 more)");
    }

    private static Object[] severe(int number) {
        return IntStream.range(0, number).boxed().flatMap(i -> Stream.of("CVE-" + i, Severity.CRITICAL)).toArray();
    }

    @Test
    void a_scan_says_what_it_asks_for() {
        assertThat(scan().sentence())
                .isEqualTo("scan: ECR has scanned every image and found at most 0 critical, 1 high;"
                        + " a release waits for 30m");
        assertThat(new Scan(Map.of(), List.of(new Allowed("CVE-1", "never reached", LocalDate.parse("2026-06-01")),
                new Allowed("CVE-2", "no network", LocalDate.parse("2026-07-01"))), Duration.ofDays(2)).sentence())
                .isEqualTo("scan: ECR has scanned every image and found at most anything, apart from CVE-1 until"
                        + " 2026-06-01 (never reached), CVE-2 until 2026-07-01 (no network); a release waits for 2d");
    }
}
