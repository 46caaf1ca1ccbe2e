package io.greenlane.rehearsal.show;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Trees that change in place, with the visitors of production counted below them. */
final class LiveScreen implements Screen {
    private final Terminal terminal;
    private final Clock clock;
    private final Map<String, ReleaseTree> open = new LinkedHashMap<>();
    private Visitors.@Nullable Tally production;
    private int drawn;

    LiveScreen(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public void say(Mark mark, String sentence) {
        List<String> lines = ResultTable.wrap(sentence, terminal.columns() - 4);
        settle(IntStream.range(0, lines.size()).mapToObj(i -> (i == 0
                ? "  " + terminal.styled(mark.style(), mark.symbol()) + " "
                : "    ") + lines.get(i)).toList());
    }

    @Override
    public void open(String release, String title) {
        open.put(release, new ReleaseTree(terminal, title));
        redraw();
    }

    @Override
    public void step(String release, Step step) {
        ReleaseTree tree = open.get(release);
        if (tree != null) {
            tree.put(step);
            redraw();
        }
    }

    @Override
    public void close(String release, Mark mark, String outcome) {
        ReleaseTree tree = open.get(release);
        if (tree != null) {
            tree.end(mark, outcome);
        }
        if (open.values().stream().noneMatch(ReleaseTree::isOpen)) {
            List<String> lines = new ArrayList<>(trees());
            open.clear();
            settle(lines);
        } else {
            redraw();
        }
    }

    @Override
    public void tick(Visitors.Tally tally) {
        production = tally;
        redraw();
    }

    @Override
    public void print(String text) {
        production = null;
        settle(text.lines().toList());
    }

    /** Writes lines above the part that changes; they stay as they are. */
    private void settle(List<String> lines) {
        draw(lines);
    }

    private void redraw() {
        draw(List.of());
    }

    private void draw(List<String> settled) {
        StringBuilder screen = new StringBuilder();
        if (drawn > 0) {
            screen.append("\u001b[" + drawn + "A\r\u001b[J");
        }
        settled.forEach(line -> screen.append(line).append('\n'));
        List<String> changing = changing();
        changing.forEach(line -> screen.append(line).append('\n'));
        drawn = changing.size();
        terminal.out().print(screen);
        terminal.out().flush();
    }

    /** The part that changes, no higher than the terminal: its newest lines. */
    private List<String> changing() {
        List<String> lines = new ArrayList<>(trees());
        Visitors.Tally tally = production;
        if (tally != null) {
            lines.add("");
            lines.add(visitors(tally));
        }
        int most = terminal.rows() - 1;
        return lines.size() <= most ? lines : lines.subList(lines.size() - most, lines.size());
    }

    private List<String> trees() {
        List<String> lines = new ArrayList<>();
        open.values().forEach(tree -> {
            lines.add("");
            lines.addAll(tree.lines(clock));
        });
        return lines;
    }

    private String visitors(Visitors.Tally tally) {
        String failed = tally.failed() + " failed";
        return "  production  " + String.format(Locale.ROOT, "%,d requests", tally.requests()) + "  "
                + terminal.styled(tally.failed() == 0 ? Terminal.Style.GOOD : Terminal.Style.BAD, failed)
                + (tally.now() == null
                        ? ""
                        : "  " + terminal.styled(Terminal.Style.NAME, "● " + tally.now()) + " serves");
    }
}
