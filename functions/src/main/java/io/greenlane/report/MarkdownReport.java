package io.greenlane.report;

import io.greenlane.json.Quote;
import io.greenlane.validation.Conclusion;
import io.greenlane.validation.Finding;
import io.greenlane.validation.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A report as Markdown for pull requests and chats: the verdict first, then a table of rules; at most {@value #MOST_LINES} lines. */
final class MarkdownReport {
    static final int MOST_LINES = 60;
    /** Head, and the frame of each hook's table. */
    private static final int HEAD = 9;
    private static final int FRAME = 7;
    private static final String PUNCTUATION = "\\`*_[]|~$#";
    /** What makes a link of a bare address. */
    private static final Pattern ADDRESS = Pattern.compile("(?i)(www)(\\.)|(:)(?=/)");

    private MarkdownReport() {}

    static String of(Report report) {
        List<String> lines = new ArrayList<>();
        Subject subject = report.subject();
        lines.add("# " + Telling.sign(report.result()) + " Validation " + Telling.word(report.result()) + ": "
                + text(subject.image()));
        lines.add("");
        lines.add("**" + text(report.telling().conclusion().sentence()) + "**");
        lines.add("");
        lines.add("Deployment " + text(subject.deploymentId())
                + (subject.service() == null ? "" : " of service " + text(subject.service()))
                + (subject.digest() == null ? "" : ", image " + text(subject.digest()))
                + (subject.overridden() == null ? "" : ". " + text(subject.overridden())));
        int each = (MOST_LINES - HEAD) / report.hooks().size() - FRAME;
        report.hooks().forEach(hook -> add(lines, hook, each));
        return String.join("\n", lines) + "\n";
    }

    private static void add(List<String> lines, ValidationRecord hook, int most) {
        Conclusion conclusion = hook.conclusion();
        lines.add("");
        lines.add("## " + Telling.sign(conclusion.result()) + " " + hook.hook() + ": "
                + Telling.word(conclusion.result()));
        lines.add("");
        lines.add("| Result | Rule | Expected | Seen | Samples | Where |");
        lines.add("|---|---|---|---|--:|---|");
        List<Finding> worstFirst = hook.findings().stream()
                .sorted(Comparator.comparing((Finding finding) -> !finding.enforced())
                        .thenComparing(Finding::result, Comparator.reverseOrder()))
                .toList();
        boolean all = worstFirst.size() <= most;
        worstFirst.stream().limit(all ? most : most - 1L).forEach(finding -> lines.add("| " + result(finding) + " | "
                + text(finding.rule()) + " | " + text(finding.expected()) + " | " + text(finding.seen()) + " | "
                + finding.samples() + " | " + text(Telling.place(finding)) + " |"));
        if (!all) {
            lines.add("| | and " + (worstFirst.size() - most + 1) + " more | | | | |");
        }
    }

    private static String result(Finding finding) {
        String word = finding.result() == Result.WARN ? "warned" : Telling.word(finding.result());
        return Telling.sign(finding.result()) + " " + word + (finding.enforced() ? "" : " (trial)");
    }

    /** The text as text, wherever it stands: nothing in it is markup, a link, or calls somebody's name. */
    private static String text(String text) {
        StringBuilder escaped = new StringBuilder();
        Quote.visible(text).codePoints().forEach(point -> {
            switch (point) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '@' -> escaped.append("`@`");
                default -> {
                    if (PUNCTUATION.indexOf(point) >= 0) {
                        escaped.append('\\');
                    }
                    escaped.appendCodePoint(point);
                }
            }
        });
        return ADDRESS.matcher(escaped).replaceAll(
                found -> Matcher.quoteReplacement(found.group(1) == null ? "\\:" : found.group(1) + "\\."));
    }
}
