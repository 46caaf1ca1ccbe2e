package io.greenlane.rehearsal.show;

import io.greenlane.probe.Listener;
import io.greenlane.validation.Conclusion;
import io.greenlane.validation.Finding;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Result;
import io.greenlane.validation.rules.HookRules;
import io.greenlane.validation.rules.IdentityRule;
import io.greenlane.validation.run.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A validation as it goes: a line for each finding, the verdict last, and on a terminal what is under way. */
final class FindingLines {
    private final Terminal terminal;
    private int told;
    private boolean underWay;

    FindingLines(Terminal terminal) {
        this.terminal = terminal;
    }

    /** The first thing to be said. */
    synchronized void begin(Listener green, @Nullable Listener blue, @Nullable IdentityRule identity) {
        line("");
        line("  Green is " + green + (blue == null ? "" : ", blue is " + blue) + ". No load balancer is asked here: "
                + (identity == null
                        ? "nothing proves that what answers is green, since the file has no 'identity'."
                        : "only " + identity.request().line() + " proves that what answers is green."));
    }

    /** A hook begins. */
    synchronized void hook(HookEvent event, HookRules rules) {
        told = 0;
        line("");
        line("  " + terminal.styled(Terminal.Style.STRONG, event.toString()));
        if (rules.alarms() != null) {
            finding(Mark.SKIPPED, "alarms",
                    "Alarms are not asked for here: " + String.join(", ", rules.alarms().names())
                            + ".");
        }
    }

    /** A rule has ended. */
    synchronized void after(Progress progress) {
        List<Finding> findings = progress.findings();
        findings.subList(told, findings.size()).forEach(finding -> finding(mark(finding.result()), finding.rule(),
                finding.sentence() + (finding.enforced() ? "" : " (a trial rule, which stops nothing)")));
        told = findings.size();
    }

    /** What is under way has come so far. */
    synchronized void tick(long requests, Duration time) {
        if (terminal.live()) {
            erase();
            terminal.out().print("  " + terminal.styled(Mark.RUNNING.style(), Mark.RUNNING.symbol()) + " "
                    + terminal.styled(Terminal.Style.FAINT, String.format(Locale.ROOT, "%,d requests, %s", requests,
                            Durations.of(time))));
            terminal.out().flush();
            underWay = true;
        }
    }

    /** The last thing to be said. */
    synchronized void end(Conclusion conclusion, @Nullable Path page) {
        Mark mark = mark(conclusion.result());
        line("");
        line("  " + terminal.styled(mark.style(), mark.symbol() + " " + conclusion.result()) + "  "
                + wrapped(conclusion.sentence(), 10));
        if (page != null) {
            line("    Report: " + page);
        }
        line("");
    }

    static Mark mark(Result result) {
        return switch (result) {
            case PASS -> Mark.DONE;
            case WARN -> Mark.WARNED;
            case INCONCLUSIVE -> Mark.UNSURE;
            case FAIL -> Mark.FAILED;
        };
    }

    private void finding(Mark mark, String rule, String sentence) {
        line("    " + terminal.styled(mark.style(), mark.symbol()) + " " + terminal.styled(Terminal.Style.NAME, rule)
                + "  " + wrapped(sentence, rule.length() + 8));
    }

    /** On a terminal in lines that fit, after the first one indented; in one line elsewhere, for those who search it. */
    private String wrapped(String sentence, int before) {
        if (!terminal.live()) {
            return sentence;
        }
        String placeholder = "x".repeat(before);
        return String.join("\n        ", ResultTable.wrap(placeholder + " " + sentence, terminal.columns() - 8))
                .substring(before + 1);
    }

    private void line(String text) {
        erase();
        terminal.out().println(text);
        terminal.out().flush();
    }

    private void erase() {
        if (underWay) {
            terminal.out().print("\r\u001b[K");
            underWay = false;
        }
    }
}
