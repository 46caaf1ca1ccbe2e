package io.greenlane.rehearsal.show;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The end of the rehearsal: one row for each push, then production. */
final class ResultTable {
    private static final List<String> HEAD = List.of("Push", "Outcome", "Took", "In full", "Why");

    private final Terminal terminal;

    ResultTable(Terminal terminal) {
        this.terminal = terminal;
    }

    String of(List<ReleaseResult> releases, Visitors.Tally production) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        releases.forEach(
                release -> rows.add(List.of(release.tag(), release.outcome(), time(release.seconds()),
                        time(release.secondsInFull()), release.reason())));
        int[] widths = new int[HEAD.size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        int before = widths[0] + widths[1] + widths[2] + widths[3] + 14;
        StringBuilder table = new StringBuilder("\n");
        for (int i = 0; i < rows.size(); i++) {
            ReleaseResult release = i == 0 ? null : releases.get(i - 1);
            table.append(row(rows.get(i), widths, before, release));
            if (release != null && release.report() != null) {
                table.append(" ".repeat(before - 2)).append(faint("Report: " + release.report())).append('\n');
            }
            if (i == 0) {
                table.append("  ").append(faint("─".repeat(Math.min(terminal.columns() - 2, before + widths[4] - 2))))
                        .append('\n');
            }
        }
        return table.append('\n').append(production(production)).toString();
    }

    private String row(List<String> cells, int[] widths, int before,
            @Nullable ReleaseResult release) {
        StringBuilder row = new StringBuilder("  ");
        String sign = release == null ? " " : release.expected() ? "✔" : "✖";
        Terminal.Style style = release != null && !release.expected() ? Terminal.Style.BAD : Terminal.Style.GOOD;
        row.append(terminal.styled(style, sign)).append(' ');
        for (int i = 0; i < 4; i++) {
            String cell = cells.get(i) + " ".repeat(widths[i] - cells.get(i).length());
            row.append(release == null ? faint(cell) : i == 1 ? terminal.styled(Terminal.Style.STRONG, cell) : cell)
                    .append("  ");
        }
        List<String> why = wrap(cells.get(4), Math.max(20, terminal.columns() - before + 2));
        row.append(release == null ? faint(why.getFirst()) : why.getFirst()).append('\n');
        why.stream().skip(1).forEach(more -> row.append(" ".repeat(before - 2)).append(more).append('\n'));
        return row.toString();
    }

    private String production(Visitors.Tally production) {
        String shares = production.byVersion().entrySet().stream()
                .map((Map.Entry<String, Integer> entry) -> entry.getKey() + " "
                        + String.format(Locale.ROOT, "%,d", entry.getValue()))
                .collect(Collectors.joining(", "));
        boolean whole = production.failed() == 0 && production.requests() > 0;
        String counted = String.format(Locale.ROOT, "%,d production requests, %,d failed", production.requests(),
                production.failed());
        String failure = production.firstFailure() == null ? "" : "; the first: " + production.firstFailure();
        return "  " + terminal.styled(whole ? Terminal.Style.GOOD : Terminal.Style.BAD, (whole ? "✔ " : "✖ ") + counted)
                + failure + ". Served by " + shares + ".\n    "
                + terminal.styled(Terminal.Style.STRONG, String.valueOf(production.now()))
                + " serves production now.\n    " + faint("In full: with the deployment's waits as long as on AWS.")
                + "\n";
    }

    private static String time(double seconds) {
        return Durations.of(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    /** The text in lines of at most that width, unless a word alone is wider. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split("\\s+", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private String faint(String text) {
        return terminal.styled(Terminal.Style.FAINT, text);
    }
}
