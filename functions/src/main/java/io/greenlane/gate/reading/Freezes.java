package io.greenlane.gate.reading;

import io.greenlane.gate.Freeze;
import io.greenlane.gate.Window;
import io.greenlane.json.Quote;
import io.greenlane.validation.rules.yaml.Node;
import io.greenlane.validation.rules.yaml.Node.Scalar;
import io.greenlane.validation.rules.yaml.Problems;
import io.greenlane.validation.rules.yaml.Section;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the times in which no deployment starts. */
final class Freezes {
    private static final int MOST = 100;
    private static final List<String> DAYS = Arrays.stream(DayOfWeek.values())
            .map(day -> day.name().substring(0, 3).toLowerCase(Locale.ROOT)).toList();

    private final Problems problems;

    Freezes(Problems problems) {
        this.problems = problems;
    }

    Freeze read(Node node) {
        Section freeze = Section.of(node, "'freeze'", problems, "dates", "weekly", "wait");
        if (!freeze.mentions("dates", "weekly")) {
            problems.add(freeze.place(), "A freeze has 'dates' or 'weekly'; without either it freezes nothing.");
        }
        List<Window> windows = new ArrayList<>();
        freeze.list("dates", MOST).forEach(item -> add(windows, dates(item)));
        freeze.list("weekly", MOST).forEach(item -> add(windows, weekly(item)));
        return new Freeze(windows, GatesReader.wait(freeze, Duration.ofDays(3)));
    }

    private static void add(List<Window> windows, @Nullable Window window) {
        if (window != null) {
            windows.add(window);
        }
    }

    private @Nullable Window dates(Node item) {
        Section dates = Section.of(item, "a freeze", problems, "from", "to", "zone", "reason");
        LocalDateTime from = moment(dates, "from", "a date and time such as \"2026-12-18T16:00\"",
                LocalDateTime::parse);
        LocalDateTime to = moment(dates, "to", "a date and time such as \"2026-12-18T16:00\"", LocalDateTime::parse);
        ZoneId zone = zone(dates);
        String reason = reason(dates);
        if (from == null || to == null || zone == null || reason == null) {
            return null;
        }
        if (!from.isBefore(to)) {
            problems.add(dates.placeOf("to"), "A freeze ends after it begins, got " + from + " to " + to + ".");
            return null;
        }
        return new Window.Dates(from, to, zone, reason);
    }

    private @Nullable Window weekly(Node item) {
        Section weekly = Section.of(item, "a weekly freeze", problems, "days", "from", "to", "zone", "reason");
        Set<DayOfWeek> days = days(weekly);
        LocalTime from = moment(weekly, "from", "a time such as \"16:00\"", LocalTime::parse);
        LocalTime to = moment(weekly, "to", "a time such as \"16:00\", or \"24:00\"",
                text -> text.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text));
        ZoneId zone = zone(weekly);
        String reason = reason(weekly);
        return days.isEmpty() || from == null || to == null || zone == null || reason == null
                ? null
                : new Window.Weekly(days, from, to, zone, reason);
    }

    private Set<DayOfWeek> days(Section weekly) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        weekly.required("days");
        weekly.refuseEmpty("days", "'days' names no day; it may be " + String.join(", ", DAYS) + ".");
        for (Node item : weekly.list("days", DAYS.size())) {
            int day = item instanceof Scalar scalar ? DAYS.indexOf(scalar.text()) : -1;
            if (day < 0) {
                problems.add(item.place(), "A day is one of " + String.join(", ", DAYS) + ", got "
                        + Section.shown(item) + ".");
            } else {
                days.add(DayOfWeek.of(day + 1));
            }
        }
        return days;
    }

    private @Nullable ZoneId zone(Section window) {
        return moment(window, "zone", "a time zone such as Europe/Berlin or UTC", text -> {
            if (!ZoneId.getAvailableZoneIds().contains(text)) {
                throw new DateTimeException(text);
            }
            return ZoneId.of(text);
        });
    }

    private @Nullable String reason(Section window) {
        return moment(window, "reason", "1 to 200 characters", text -> {
            if (text.isBlank() || text.length() > 200) {
                throw new DateTimeException(text);
            }
            return text;
        });
    }

    private <T> @Nullable T moment(Section window, String name, String wanted, Function<String, T> parse) {
        window.required(name);
        Scalar scalar = window.text(name);
        if (scalar == null) {
            return null;
        }
        try {
            return parse.apply(scalar.text());
        } catch (DateTimeException e) {
            problems.add(scalar.place(), "'" + name + "' must be " + wanted + ", got " + Quote.of(scalar.text()) + ".");
            return null;
        }
    }
}
