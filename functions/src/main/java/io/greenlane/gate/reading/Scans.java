package io.greenlane.gate.reading;

import io.greenlane.gate.Scan;
import io.greenlane.gate.Scan.Allowed;
import io.greenlane.gate.Severity;
import io.greenlane.json.Quote;
import io.greenlane.validation.rules.yaml.Node;
import io.greenlane.validation.rules.yaml.Node.Scalar;
import io.greenlane.validation.rules.yaml.Problems;
import io.greenlane.validation.rules.yaml.Section;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads how many vulnerabilities an image may have, and which do not count. */
final class Scans {
    private static final int MOST_ALLOWED = 500;
    private static final int LARGEST = 10_000;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{2,99}");

    private final Problems problems;

    Scans(Problems problems) {
        this.problems = problems;
    }

    Scan read(Node node) {
        Section scan = Section.of(node, "'scan'", problems, "most", "allow", "wait");
        List<Allowed> allowed = new ArrayList<>();
        for (Node item : scan.list("allow", MOST_ALLOWED)) {
            Allowed one = allowed(item);
            if (one != null) {
                allowed.add(one);
            }
        }
        return new Scan(most(scan), allowed, GatesReader.wait(scan, Duration.ofMinutes(30)));
    }

    private Map<Severity, Integer> most(Section scan) {
        Node node = scan.find("most");
        if (node == null) {
            return Map.of(Severity.CRITICAL, 0, Severity.HIGH, 0);
        }
        Section limits = Section.of(node, "'most'", problems,
                Arrays.stream(Severity.values()).map(Severity::word).toArray(String[]::new));
        Map<Severity, Integer> most = new EnumMap<>(Severity.class);
        for (Severity severity : Severity.values()) {
            if (limits.has(severity.word())) {
                most.put(severity, limits.count(severity.word(), 0, 0, LARGEST));
            }
        }
        return most;
    }

    private @Nullable Allowed allowed(Node item) {
        Section allowed = Section.of(item, "an allowed vulnerability", problems, "cve", "reason", "until");
        String cve = value(allowed, "cve", "the id of a vulnerability such as CVE-2026-1234",
                text -> ID.matcher(text).matches() ? text : null);
        String reason = value(allowed, "reason", "1 to 200 characters",
                text -> text.isBlank() || text.length() > 200 ? null : text);
        LocalDate until = value(allowed, "until", "a day such as \"2026-06-30\"", Scans::day);
        return cve == null || reason == null || until == null ? null : new Allowed(cve, reason, until);
    }

    private static @Nullable LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private <T> @Nullable T value(Section section, String name, String wanted, Function<String, @Nullable T> read) {
        section.required(name);
        Scalar scalar = section.text(name);
        T value = scalar == null ? null : read.apply(scalar.text());
        if (scalar != null && value == null) {
            problems.add(scalar.place(), "'" + name + "' must be " + wanted + ", got " + Quote.of(scalar.text()) + ".");
        }
        return value;
    }
}
