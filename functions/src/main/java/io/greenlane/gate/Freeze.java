package io.greenlane.gate;

import io.greenlane.gate.Finding.Blocked;
import io.greenlane.gate.Finding.Passed;
import io.greenlane.json.Quote;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * No deployment starts in certain times.
 *
 * @param windows those times
 * @param patience how long a release waits for their end
 */
public record Freeze(List<Window> windows, Duration patience) implements Gate {
    static final String GATE = "freeze";

    public Freeze {
        windows = List.copyOf(windows);
    }

    @Override
    public String name() {
        return GATE;
    }

    @Override
    public List<String> over(Instant now) {
        return windows.stream().filter(window -> window.isOver(now))
                .map(window -> "freeze: the one " + window.sentence() + " is over").toList();
    }

    @Override
    public String sentence() {
        return "freeze: it is not " + windows.stream().map(Window::sentence).collect(Collectors.joining(", nor "))
                + "; a release waits for " + Waits.text(patience);
    }

    /** Judges the moment. A release that would wait too long is told so at once. */
    Finding judge(Look look) {
        Window first = windows.stream().filter(window -> window.endAt(look.now()) != null).findFirst().orElse(null);
        Instant end = end(look.now());
        if (first == null || end == null) {
            return new Passed(GATE, "no freeze at " + look.now());
        }
        String sentence = "no deployment starts before " + end + " (" + Quote.visible(first.reason()) + ")";
        return end.isAfter(look.since().plus(patience))
                ? new Blocked(GATE, sentence + ", and a release waits for " + Waits.text(patience)
                        + " at most: push again after that, or shorten the freeze in gates.yaml")
                : look.notYet(GATE, sentence, patience, "push again after that");
    }

    /** Windows that meet are one; null when it is none now. */
    private @Nullable Instant end(Instant now) {
        Instant end = null;
        for (int i = 0; i <= windows.size() * 8; i++) {
            Instant from = end == null ? now : end;
            Instant next = windows.stream().map(window -> window.endAt(from)).filter(at -> at != null)
                    .max(Instant::compareTo).orElse(null);
            if (next == null) {
                return end;
            }
            end = next;
        }
        return end;
    }
}
