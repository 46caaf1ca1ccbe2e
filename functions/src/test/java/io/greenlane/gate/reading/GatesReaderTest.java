package io.greenlane.gate.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.gate.AlarmsQuiet;
import io.greenlane.gate.Freeze;
import io.greenlane.gate.Gate;
import io.greenlane.gate.Platform;
import io.greenlane.gate.Scan;
import io.greenlane.gate.Severity;
import io.greenlane.gate.Signature;
import io.greenlane.gate.Window;
import io.greenlane.gate.cosign.CosignKey;
import io.greenlane.gate.reading.GatesReader.Reading;
import io.greenlane.validation.source.Document;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatesReaderTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static final String KEY = """
            -----BEGIN PUBLIC KEY-----
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEbieQvheRNpifop2kaHuirj5nLzzt
            /Ey5nYCMTVaOm20PNl3OQI6lQtuR0BVFDmqMP4ExSN5tB7WJfBbz+i8wwg==
            -----END PUBLIC KEY-----
            """;

    private static Reading read(String text) {
        return GatesReader.read(new Document("gates.yaml", "7", text));
    }

    @Test
    void a_file_without_a_word_has_the_gates_that_every_file_has() {
        assertThat(read("version: 1\n")).isInstanceOfSatisfying(Reading.Usable.class, usable -> {
            assertThat(usable.rules().version()).isEqualTo("7");
            assertThat(usable.rules().gates()).containsExactly(new Platform(),
                    new AlarmsQuiet(true, List.of(), Duration.ofMinutes(30)));
        });
    }

    @Test
    void all_of_it_is_read() {
        assertThat(read("""
                version: 1
                platform: false
                alarms:
                  deployment_group: false
                  names: [shop-errors]
                  wait: 2h
                freeze:
                  dates:
                    - { from: "2026-12-18T16:00", to: "2027-01-04T08:00", zone: Europe/Berlin, reason: Christmas }
                  weekly:
                    - { days: [fri, sat], from: "16:00", to: "24:00", zone: Europe/Berlin, reason: weekend }
                  wait: 7d
                """)).isInstanceOfSatisfying(Reading.Usable.class, usable -> assertThat(usable.rules().gates())
                .containsExactly(new AlarmsQuiet(false, List.of("shop-errors"), Duration.ofHours(2)),
                        new Freeze(List.of(
                                new Window.Dates(LocalDateTime.parse("2026-12-18T16:00"),
                                        LocalDateTime.parse("2027-01-04T08:00"), BERLIN, "Christmas"),
                                new Window.Weekly(Set.of(DayOfWeek.FRIDAY, DayOfWeek.SATURDAY), LocalTime.of(16, 0),
                                        LocalTime.MIDNIGHT, BERLIN, "weekend")),
                                Duration.ofDays(7))));
    }

    @Test
    void keys_of_cosign_are_read_beside_profiles() {
        assertThat(read("""
                version: 1
                platform: false
                signature:
                  signer_profiles: [ "arn:aws:signer:eu-west-1:111122223333:/signing-profiles/ci" ]
                  cosign:
                    keys:
                      - name: build server
                        pem: |
                          %s
                """.formatted(KEY.replace("\n", "\n          ")))).isInstanceOfSatisfying(Reading.Usable.class,
                usable -> assertThat(usable.rules().gates()).contains(
                        new Signature(List.of("arn:aws:signer:eu-west-1:111122223333:/signing-profiles/ci"),
                                List.of(CosignKey.read("build server", KEY)), Duration.ofMinutes(10))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "platform: true | gates.yaml:1:1: 'version' is missing here.",
            "version: 2 | gates.yaml:1:10: 'version' must be 1, the only version there is, got '2'.",
            "{version: 1, alarm: {}} | gates.yaml:1:14: There is no 'alarm' in a file of gates. Did you mean 'alarms'?",
            "{version: 1, platform: yes} | gates.yaml:1:24: 'platform' must be true or false (small, without quotes), got 'yes'.",
            "{version: 1, alarms: {wait: 30}} | gates.yaml:1:29: 'wait' must be a time such as 30m, 24h or 7d, got '30'; write the unit: 30m.",
            "{version: 1, alarms: {wait: 8d}} | gates.yaml:1:29: 'wait' must be from 1m to 7d, got '8d'.",
            "{version: 1, alarms: {names: ['']}} | gates.yaml:1:31: The name of an alarm has 1 to 255 characters, got ''.",
            "{version: 1, freeze: {wait: 1h}} | gates.yaml:1:22: A freeze has 'dates' or 'weekly'; without either it freezes nothing.",
            "{version: 1, freeze: {dates: [{from: '2026-12-18', to: '2026-12-19T00:00', zone: UTC, reason: x}]}} | gates.yaml:1:38: 'from' must be a date and time such as \"2026-12-18T16:00\", got '2026-12-18'.",
            "{version: 1, freeze: {dates: [{from: '2026-12-19T00:00', to: '2026-12-18T00:00', zone: UTC, reason: x}]}} | gates.yaml:1:58: A freeze ends after it begins, got 2026-12-19T00:00 to 2026-12-18T00:00.",
            "{version: 1, freeze: {dates: [{from: '2026-12-18T00:00', to: '2026-12-19T00:00', zone: CET+1, reason: x}]}} | gates.yaml:1:88: 'zone' must be a time zone such as Europe/Berlin or UTC, got 'CET+1'.",
            "{version: 1, freeze: {dates: [{from: '2026-12-18T00:00', to: '2026-12-19T00:00', zone: UTC}]}} | gates.yaml:1:31: 'reason' is missing here.",
            "{version: 1, freeze: {weekly: [{days: [friday], from: '16:00', to: '24:00', zone: UTC, reason: x}]}} | gates.yaml:1:40: A day is one of mon, tue, wed, thu, fri, sat, sun, got 'friday'.",
            "{version: 1, freeze: {weekly: [{days: [], from: '16:00', to: '24:00', zone: UTC, reason: x}]}} | gates.yaml:1:33: 'days' names no day; it may be mon, tue, wed, thu, fri, sat, sun.",
            "{version: 1, freeze: {weekly: [{days: [fri], from: '16', to: '24:00', zone: UTC, reason: x}]}} | gates.yaml:1:52: 'from' must be a time such as \"16:00\", got '16'.",
            "{version: 1, signature: {wait: 1h}} | gates.yaml:1:25: A signature is one by 'signer_profiles' or by 'cosign'; without either nobody is trusted.",
            "{version: 1, signature: {signer_profiles: [ci]}} | gates.yaml:1:44: A signing profile is named by its ARN, arn:aws:signer:<region>:<account>:/signing-profiles/<name>, got 'ci'.",
            "{version: 1, signature: {cosign: {}}} | gates.yaml:1:34: 'keys' is missing here.",
            "{version: 1, signature: {cosign: {keys: []}}} | gates.yaml:1:35: 'keys' has none that is trusted.",
            "{version: 1, signature: {cosign: {keys: [{name: ci}]}}} | gates.yaml:1:42: 'pem' is missing here.",
            "{version: 1, signature: {cosign: {keys: [{name: '', pem: x}]}}} | gates.yaml:1:49: The name of a key has 1 to 64 letters, digits, spaces, '.', '_' or '-', got ''.",
            "{version: 1, signature: {cosign: {keys: [{name: ci, pem: 'awskms:///alias/ci'}]}}} | gates.yaml:1:58: Key 'ci' cannot be used: it is not the PEM of a public key, '-----BEGIN PUBLIC KEY-----' and so on, as 'cosign public-key' prints it.",
            "{version: 1, signature: {cosign: {keys: [{name: ci, pem: '-----BEGIN EC PRIVATE KEY-----U2VjcmV0-----END EC PRIVATE KEY-----'}]}}} | gates.yaml:1:58: Key 'ci' cannot be used: it is a private key, which whoever can read this file has now: make another key pair, and write the PEM of a public key, '-----BEGIN PUBLIC KEY-----' and so on, as 'cosign public-key' prints it.",
            "[] | gates.yaml:1:1: A file of gates must be names with values, such as { version: ... }, got a list."})
    void a_file_that_cannot_be_used_says_where_and_why(String text, String sentence) {
        assertThat(read(text)).isInstanceOfSatisfying(Reading.Refused.class,
                refused -> assertThat(refused.sentence()).isEqualTo(sentence));
    }

    private static Gate only(String gate) {
        return ((Reading.Usable) read("{version: 1, platform: false, " + gate + "}")).rules().gates().get(0);
    }

    private static String refusal(String gate) {
        return read("{version: 1, " + gate + "}") instanceof Reading.Refused refused ? refused.sentence() : "usable";
    }

    @Test
    void a_scan_of_which_nothing_is_said_allows_nothing_critical_and_nothing_high() {
        assertThat(only("scan: {}")).isEqualTo(new Scan(Map.of(Severity.CRITICAL, 0, Severity.HIGH, 0), List.of(),
                Duration.ofMinutes(30)));
    }

    @Test
    void a_scan_limits_the_severities_that_it_names_and_bears_what_it_allows() {
        assertThat(only("scan: {most: {critical: 0, low: 10000}, wait: 1h, allow: [{cve: CVE-2026-1, reason: "
                + "x".repeat(200) + ", until: '2026-06-30'}]}")).isEqualTo(
                        new Scan(Map.of(Severity.CRITICAL, 0, Severity.LOW, 10_000),
                                List.of(new Scan.Allowed("CVE-2026-1", "x".repeat(200), LocalDate.parse("2026-06-30"))),
                                Duration.ofHours(1)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{cve: C, reason: x, until: '2026-06-30'} | 'cve' must be the id of a vulnerability such as CVE-2026-1234, got 'C'.",
            "{cve: CVE-1, reason: ' ', until: '2026-06-30'} | 'reason' must be 1 to 200 characters, got ' '.",
            "{cve: CVE-1, reason: x, until: '2026-06-31'} | 'until' must be a day such as \"2026-06-30\", got '2026-06-31'.",
            "{cve: CVE-1, reason: x} | 'until' is missing here.",
            "{cve: CVE-1, until: '2026-06-30'} | 'reason' is missing here.",
            "{reason: x, until: '2026-06-30'} | 'cve' is missing here."})
    void what_is_allowed_has_an_id_a_reason_and_an_end(String allowed, String sentence) {
        assertThat(refusal("scan: {allow: [" + allowed + "]}")).endsWith(sentence).doesNotContain("\n");
    }

    @Test
    void reasons_and_lists_end_somewhere() {
        assertThat(refusal("scan: {allow: [{cve: CVE-1, reason: " + "x".repeat(201) + ", until: '2026-06-30'}]}"))
                .contains("'reason' must be 1 to 200 characters");
        String window = "freeze: {dates: [{from: '2026-12-18T00:00', to: '2026-12-19T00:00', zone: UTC, reason: %s}]}";
        assertThat(refusal(window.formatted("x".repeat(200)))).isEqualTo("usable");
        assertThat(refusal(window.formatted("x".repeat(201)))).contains("'reason' must be 1 to 200 characters");
        assertThat(refusal("alarms: {names: [" + "x".repeat(255) + "]}")).isEqualTo("usable");
        assertThat(refusal("alarms: {names: [" + "x".repeat(256) + "]}")).contains("1 to 255 characters");
        assertThat(refusal("alarms: {wait: 7d}")).isEqualTo("usable");
        assertThat(refusal("alarms: {wait: 1m}")).isEqualTo("usable");
        assertThat(refusal("alarms: {wait: 0m}")).contains("'wait' must be from 1m to 7d, got '0m'");
    }

    @Test
    void whose_signatures_are_trusted_is_named_by_arn() {
        String profile = "arn:aws:signer:eu-west-1:111122223333:/signing-profiles/ci";
        assertThat(only("signature: {signer_profiles: ['" + profile + "']}"))
                .isEqualTo(new Signature(List.of(profile), List.of(), Duration.ofMinutes(10)));
        assertThat(refusal("signature: {signer_profiles: [ci]}"))
                .contains("A signing profile is named by its ARN,").endsWith("got 'ci'.");
        assertThat(refusal("signature: {signer_profiles: []}")).contains("names nobody who is trusted");
        assertThat(refusal("signature: {signer_profiles: [[]]}")).isNotEqualTo("usable");
    }

    @Test
    void all_problems_are_told_at_once() {
        assertThat(read("{version: 3, platform: 1, freeze: []}")).isInstanceOfSatisfying(Reading.Refused.class,
                refused -> assertThat(refused.problems()).hasSize(3));
    }
}
