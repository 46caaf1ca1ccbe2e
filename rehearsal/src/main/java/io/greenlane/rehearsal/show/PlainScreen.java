package io.greenlane.rehearsal.show;

import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One line for each event, with its time: for a file, a pipe, a build log. */
final class PlainScreen implements Screen {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private final Terminal terminal;
    private final Clock clock;
    private final ZoneId zone;
    private final Map<String, Step> seen = new HashMap<>();

    PlainScreen(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
        this.zone = clock.getZone();
    }

    @Override
    public void say(Mark mark, String sentence) {
        line("", mark, sentence);
    }

    @Override
    public void open(String release, String title) {
        line(release, Mark.NOTE, title);
    }

    @Override
    public void step(String release, Step step) {
        Step earlier = seen.put(release + "/" + step.id(), step);
        if (earlier == null || earlier.mark() != step.mark() || !earlier.detail().equals(step.detail())) {
            String detail = step.detail().isEmpty() ? "" : ": " + step.detail();
            line(release, step.mark(), "  ".repeat(step.depth()) + step.title() + detail);
        }
    }

    @Override
    public void close(String release, Mark mark, String outcome) {
        line(release, mark, outcome);
    }

    @Override
    public void tick(Visitors.Tally production) {
        // a log has no use for it
    }

    @Override
    public void print(String text) {
        terminal.out().println(text);
        terminal.out().flush();
    }

    private void line(String release, Mark mark, String text) {
        String name = String.format(Locale.ROOT, "%-6s", release);
        terminal.out().println(terminal.styled(Terminal.Style.FAINT, TIME.format(clock.instant().atZone(zone))) + "  "
                + terminal.styled(Terminal.Style.NAME, name) + " " + terminal.styled(mark.style(), mark.symbol()) + " "
                + text);
        terminal.out().flush();
    }
}
