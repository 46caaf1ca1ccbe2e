package io.greenlane.rehearsal.show;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The steps of one release as lines of a tree. */
final class ReleaseTree {
    private static final Duration WORTH_SAYING = Duration.ofMillis(50);
    private static final int BAR = 20;
    private static final int TIME_COLUMN = 10;
    private static final int TITLE_WIDTH = 30;

    private final Terminal terminal;
    private final String title;
    private final Map<String, Step> steps = new LinkedHashMap<>();
    private @Nullable Mark mark;
    private String outcome = "";

    ReleaseTree(Terminal terminal, String title) {
        this.terminal = terminal;
        this.title = title;
    }

    void put(Step step) {
        steps.merge(step.id(), step, (earlier, later) -> later.after(earlier));
    }

    void end(Mark ended, String said) {
        mark = ended;
        outcome = said;
    }

    boolean isOpen() {
        return mark == null;
    }

    /** The lines, none wider than the terminal. */
    List<String> lines(Clock clock) {
        List<String> lines = new ArrayList<>();
        lines.add("  " + terminal.styled(Terminal.Style.STRONG, cut(title, terminal.columns() - 2)));
        List<Step> all = List.copyOf(steps.values());
        for (int i = 0; i < all.size(); i++) {
            lines.add(line(all.get(i), branch(all, i), clock.instant()));
        }
        Mark ending = mark;
        if (ending != null) {
            List<String> said = ResultTable.wrap(outcome, terminal.columns() - 6);
            lines.add("  " + faint("└ ") + terminal.styled(ending.style(), ending.symbol() + " " + said.getFirst()));
            said.stream().skip(1).forEach(more -> lines.add("      " + terminal.styled(ending.style(), more)));
        }
        return lines;
    }

    private String branch(List<Step> all, int i) {
        boolean more = mark != null || all.subList(i + 1, all.size()).stream().anyMatch(later -> later.depth() == 0);
        if (all.get(i).depth() == 0) {
            return more ? "├ " : "└ ";
        }
        boolean lastBelow = i == all.size() - 1 || all.get(i + 1).depth() == 0;
        return (more ? "│ " : "  ") + (lastBelow ? "└ " : "├ ");
    }

    private String line(Step step, String branch, Instant now) {
        Instant ended = step.ended();
        Duration took = Duration.between(step.begun(), ended == null ? now : ended);
        String time = took.compareTo(WORTH_SAYING) < 0 ? "" : Durations.of(took);
        String text = step.title();
        Instant due = step.due();
        String detail = due != null && ended == null
                ? (progress(step.begun(), due, now) + "  " + step.detail()).strip()
                : step.detail();
        int width = terminal.columns() - branch.length() - 2 - 2 - TIME_COLUMN;
        String padded = text.length() < TITLE_WIDTH - branch.length()
                ? text + " ".repeat(TITLE_WIDTH - branch.length() - text.length())
                : text + " ";
        String shown = cut(padded, width);
        String rest = cut(detail, width - shown.length());
        String before = "  " + faint(branch) + terminal.styled(step.mark().style(), step.mark().symbol()) + " " + shown
                + faint(rest);
        return time.isEmpty()
                ? before.stripTrailing()
                : before + " ".repeat(Math.max(0, width + TIME_COLUMN - shown.length() - rest.length() - time.length()))
                        + faint(time);
    }

    private static String progress(Instant begun, Instant due, Instant now) {
        double whole = Math.max(1, Duration.between(begun, due).toMillis());
        double passed = Math.clamp(Duration.between(begun, now).toMillis(), 0, (long) whole);
        int filled = (int) Math.round(BAR * passed / whole);
        Duration left = Duration.between(now, due);
        return "█".repeat(filled) + "░".repeat(BAR - filled) + " " + Durations.of(left) + " left";
    }

    private String faint(String text) {
        return terminal.styled(Terminal.Style.FAINT, text);
    }

    static String cut(String text, int width) {
        if (text.length() <= width) {
            return text;
        }
        return width <= 0 ? "" : text.substring(0, width - 1) + "…";
    }
}
