package io.greenlane.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreezeTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Duration DAYS = Duration.ofDays(3);

    private static Window dates(String from, String to) {
        return new Window.Dates(LocalDateTime.parse(from), LocalDateTime.parse(to), BERLIN, "sale");
    }

    private static Window weekly(DayOfWeek day, String from, String to) {
        return new Window.Weekly(Set.of(day), LocalTime.parse(from), LocalTime.parse(to), BERLIN, "weekend");
    }

    private static Look at(String now) {
        return new Look(Instant.parse(now), Instant.parse(now));
    }

    @ParameterizedTest
    @CsvSource({"2026-06-01T07:59:59Z, ", "2026-06-01T08:00:00Z, 2026-06-01T10:00:00Z",
            "2026-06-01T09:59:59.999Z, 2026-06-01T10:00:00Z", "2026-06-01T10:00:00Z, "})
    void a_freeze_begins_and_ends_to_the_second_in_its_own_zone(String now, Instant end) {
        assertThat(dates("2026-06-01T10:00", "2026-06-01T12:00").endAt(Instant.parse(now))).isEqualTo(end);
    }

    @Test
    void dates_are_over_at_their_end_and_what_comes_every_week_never() {
        Freeze freeze = new Freeze(List.of(dates("2026-06-01T10:00", "2026-06-01T12:00"),
                weekly(DayOfWeek.MONDAY, "10:00", "12:00")), DAYS);
        assertThat(freeze.over(Instant.parse("2026-06-01T09:59:59Z"))).isEmpty();
        assertThat(freeze.over(Instant.parse("2026-06-01T10:00:00Z"))).containsExactly(
                "freeze: the one between 2026-06-01T10:00 and 2026-06-01T12:00 in Europe/Berlin (sale) is over");
    }

    /** On 2026-03-29 the clocks of Berlin go from 02:00 to 03:00, on 2026-10-25 from 03:00 to 02:00. */
    @ParameterizedTest
    @CsvSource({"2026-03-29T02:30, 2026-03-29T04:00, 2026-03-29T01:00:00Z, 2026-03-29T02:00:00Z",
            "2026-03-29T02:30, 2026-03-29T04:00, 2026-03-29T01:30:00Z, 2026-03-29T02:00:00Z",
            "2026-03-29T00:00, 2026-03-29T02:30, 2026-03-29T01:29:00Z, 2026-03-29T01:30:00Z",
            "2026-10-25T02:30, 2026-10-25T04:00, 2026-10-25T00:30:00Z, 2026-10-25T03:00:00Z",
            "2026-10-25T00:00, 2026-10-25T02:30, 2026-10-25T01:29:00Z, 2026-10-25T01:30:00Z"})
    void where_clocks_change_it_is_rather_longer(String from, String to, Instant inside, Instant end) {
        assertThat(dates(from, to).endAt(inside)).isEqualTo(end);
    }

    @Test
    void one_that_would_begin_while_clocks_are_put_forward_begins_then() {
        assertThat(dates("2026-03-29T02:30", "2026-03-29T04:00").endAt(Instant.parse("2026-03-29T00:59:59Z"))).isNull();
        assertThat(weekly(DayOfWeek.SUNDAY, "02:30", "04:00").endAt(Instant.parse("2026-03-29T01:00:00Z")))
                .isEqualTo("2026-03-29T02:00:00Z");
    }

    @Test
    void a_weekly_freeze_may_end_on_the_next_day() {
        Window night = weekly(DayOfWeek.FRIDAY, "22:00", "06:00");

        assertThat(night.endAt(Instant.parse("2026-06-05T19:59:00Z"))).isNull();
        assertThat(night.endAt(Instant.parse("2026-06-05T20:00:00Z"))).isEqualTo("2026-06-06T04:00:00Z");
        assertThat(night.endAt(Instant.parse("2026-06-06T03:59:00Z"))).isEqualTo("2026-06-06T04:00:00Z");
        assertThat(night.endAt(Instant.parse("2026-06-06T04:00:00Z"))).isNull();
        assertThat(night.endAt(Instant.parse("2026-06-06T20:00:00Z"))).isNull();
    }

    @Test
    void a_release_waits_for_the_end_and_is_told_when_and_why() {
        Freeze freeze = new Freeze(List.of(dates("2026-06-01T10:00", "2026-06-01T12:00")), DAYS);

        assertThat(freeze.judge(at("2026-06-01T09:00:00Z"))).isEqualTo(new Finding.NotYet("freeze",
                "no deployment starts before 2026-06-01T10:00:00Z (sale); the release waits for it until "
                        + "2026-06-04T09:00:00Z",
                Instant.parse("2026-06-04T09:00:00Z")));
        assertThat(freeze.judge(at("2026-06-01T10:00:00Z"))).isInstanceOf(Finding.Passed.class);
    }

    @Test
    void windows_that_meet_are_one() {
        Freeze freeze = new Freeze(List.of(weekly(DayOfWeek.FRIDAY, "16:00", "00:00"),
                weekly(DayOfWeek.SATURDAY, "00:00", "00:00"), weekly(DayOfWeek.SUNDAY, "00:00", "00:00")), DAYS);

        assertThat(freeze.judge(at("2026-06-05T14:00:00Z")).sentence())
                .startsWith("no deployment starts before 2026-06-07T22:00:00Z (weekend)");
    }

    @Test
    void one_that_lasts_longer_than_a_release_waits_blocks_at_once() {
        Freeze freeze = new Freeze(List.of(dates("2026-12-18T16:00", "2027-01-04T08:00")), DAYS);

        assertThat(freeze.judge(at("2026-12-24T18:00:00Z"))).isEqualTo(new Finding.Blocked("freeze",
                "no deployment starts before 2027-01-04T07:00:00Z (sale), and a release waits for 3d at most: push again"
                        + " after that, or shorten the freeze in gates.yaml"));
    }

    @Test
    void every_day_of_every_week_is_judged_in_the_end() {
        Freeze always = new Freeze(List.of(new Window.Weekly(Set.of(DayOfWeek.values()), LocalTime.MIDNIGHT,
                LocalTime.MIDNIGHT, BERLIN, "closed")), DAYS);

        assertThat(always.judge(at("2026-06-01T09:00:00Z"))).isInstanceOf(Finding.Blocked.class);
    }

    @Test
    void a_freeze_that_ends_before_it_begins_is_none() {
        assertThatThrownBy(() -> dates("2026-06-01T12:00", "2026-06-01T10:00"))
                .hasMessage("A freeze ends after it begins, got 2026-06-01T12:00 to 2026-06-01T10:00");
    }

    @Test
    void a_freeze_says_when_it_is_and_how_long_it_is_waited_for() {
        Window window = new Window.Weekly(Set.of(DayOfWeek.SATURDAY, DayOfWeek.FRIDAY), LocalTime.NOON,
                LocalTime.MIDNIGHT, BERLIN, "weekend");
        assertThat(new Freeze(List.of(dates("2026-06-01T10:00", "2026-06-01T12:00"), window), Duration.ofHours(36))
                .sentence())
                .isEqualTo("freeze: it is not between 2026-06-01T10:00 and 2026-06-01T12:00 in Europe/Berlin"
                        + " (sale), nor Friday, Saturday from 12:00 to 00:00 in Europe/Berlin (weekend); a release waits"
                        + " for 36h");
    }

    @Test
    void the_reason_that_is_told_is_that_of_the_freeze_that_is_on() {
        Window other = new Window.Dates(LocalDateTime.parse("2026-05-01T10:00"),
                LocalDateTime.parse("2026-05-01T12:00"),
                BERLIN, "over");
        assertThat(new Freeze(List.of(other, dates("2026-06-01T10:00", "2026-06-01T12:00")), DAYS)
                .judge(at("2026-06-01T08:30:00Z")).sentence()).contains("(sale)").doesNotContain("over");
    }
}
