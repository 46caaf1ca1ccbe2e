package io.greenlane.gate;

import io.greenlane.json.Quote;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.zone.ZoneOffsetTransition;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A time in which no deployment starts. Where clocks are put forward or back, it is rather longer than shorter. */
public sealed interface Window {
    /** Why there is one. */
    String reason();

    /** When it is, and why. */
    String sentence();

    /** When the time is over that it is at this moment; null when it is not. */
    @Nullable
    Instant endAt(Instant now);

    /** Whether it will never be again. */
    boolean isOver(Instant now);

    /**
     * From one moment to another.
     *
     * @param to the first moment that is not in it any more
     */
    record Dates(LocalDateTime from, LocalDateTime to, ZoneId zone, String reason) implements Window {
        public Dates {
            if (!from.isBefore(to)) {
                throw new IllegalArgumentException("A freeze ends after it begins, got " + from + " to " + to);
            }
        }

        @Override
        public String sentence() {
            return "between " + from + " and " + to + " in " + zone + " (" + Quote.visible(reason) + ")";
        }

        @Override
        public @Nullable Instant endAt(Instant now) {
            return Window.endAt(now, from, to, zone);
        }

        @Override
        public boolean isOver(Instant now) {
            return !now.isBefore(Window.end(to, zone));
        }
    }

    /**
     * Every week.
     *
     * @param days on which it begins; not empty
     * @param to when it ends: on the next day when that is not after {@code from}
     */
    record Weekly(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone, String reason) implements Window {
        public Weekly {
            days = Set.copyOf(days);
        }

        @Override
        public String sentence() {
            return days.stream().sorted().map(day -> day.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
                    .collect(Collectors.joining(", ")) + " from " + from + " to " + to + " in " + zone + " ("
                    + Quote.visible(reason) + ")";
        }

        @Override
        public @Nullable Instant endAt(Instant now) {
            LocalDate today = now.atZone(zone).toLocalDate();
            return Stream.of(today, today.minusDays(1)).filter(day -> days.contains(day.getDayOfWeek()))
                    .flatMap(day -> Stream.ofNullable(Window.endAt(now, day.atTime(from),
                            (to.isAfter(from) ? day : day.plusDays(1)).atTime(to), zone)))
                    .max(Instant::compareTo).orElse(null);
        }

        @Override
        public boolean isOver(Instant now) {
            return false;
        }
    }

    private static @Nullable Instant endAt(Instant now, LocalDateTime from, LocalDateTime to, ZoneId zone) {
        Instant end = end(to, zone);
        return now.isBefore(begin(from, zone)) || !now.isBefore(end) ? null : end;
    }

    /** A time that the clocks leave out begins when they are put forward. */
    private static Instant begin(LocalDateTime from, ZoneId zone) {
        ZoneOffsetTransition change = zone.getRules().getTransition(from);
        return change != null && change.isGap()
                ? change.getInstant()
                : ZonedDateTime.ofLocal(from, zone, null).withEarlierOffsetAtOverlap().toInstant();
    }

    private static Instant end(LocalDateTime to, ZoneId zone) {
        return ZonedDateTime.ofLocal(to, zone, null).withLaterOffsetAtOverlap().toInstant();
    }
}
