package io.greenlane.gate.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.gate.AlarmsQuiet;
import io.greenlane.gate.Freeze;
import io.greenlane.gate.Platform;
import io.greenlane.gate.Window;
import io.greenlane.gate.reading.GatesReader.Reading;
import io.greenlane.validation.source.Document;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatesReaderTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

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
            "[] | gates.yaml:1:1: A file of gates must be names with values, such as { version: ... }, got a list."})
    void a_file_that_cannot_be_used_says_where_and_why(String text, String sentence) {
        assertThat(read(text)).isInstanceOfSatisfying(Reading.Refused.class,
                refused -> assertThat(refused.sentence()).isEqualTo(sentence));
    }

    @Test
    void all_problems_are_told_at_once() {
        assertThat(read("{version: 3, platform: 1, freeze: []}")).isInstanceOfSatisfying(Reading.Refused.class,
                refused -> assertThat(refused.problems()).hasSize(3));
    }
}
