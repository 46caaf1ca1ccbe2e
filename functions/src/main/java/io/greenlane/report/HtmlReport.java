package io.greenlane.report;

import io.greenlane.validation.Conclusion;
import io.greenlane.validation.Finding;
import io.greenlane.validation.Result;
import io.greenlane.validation.analysis.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A report as one HTML page that needs nothing else: no script, nothing from a network, so it works from a disk, from a bucket and
 * under the strict policy that it carries itself. It is well-formed XML too.
 */
final class HtmlReport {
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
            + "form-action 'none'";

    private static final int MOST_ALSO = 3;
    private static final Set<String> NUMBERS = Set.of("Samples", "Confidence", "Requests", "p50", "p90", "p95", "p99",
            "Pairs that differ", "Blue against blue", "Line");

    private final Report report;
    private final Markup html = new Markup();
    /** The same file is shown once, however many hooks were validated by it. */
    private final List<RulesFile> files;

    private HtmlReport(Report report) {
        this.report = report;
        this.files = report.hooks().stream().map(ValidationRecord::rules).distinct().toList();
    }

    static String of(Report report) {
        return new HtmlReport(report).page();
    }

    private String page() {
        html.prolog("<!DOCTYPE html>").open("html", "lang", "en", "xmlns", "http://www.w3.org/1999/xhtml");
        html.open("head").empty("meta", "charset", "utf-8")
                .empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY)
                .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .empty("meta", "name", "color-scheme", "content", "light dark")
                .empty("meta", "name", "referrer", "content", "no-referrer")
                .element("title", Telling.sign(report.result()) + " " + headline()).style(ReportStyle.SHEET).close();
        html.open("body").open("main");
        addVerdict();
        report.hooks().forEach(this::addHook);
        for (int i = 0; i < files.size(); i++) {
            addFile(files.get(i), i + 1);
        }
        return html.close().close().close().toString();
    }

    private String headline() {
        return report.subject().image() + " " + switch (report.result()) {
            case PASS -> "passed validation";
            case WARN -> "passed validation with a warning";
            case INCONCLUSIVE -> "was not proven good";
            case FAIL -> "failed validation";
        };
    }

    // ---- the first screen ---------------------------------------------------------------------------------------------------

    private void addVerdict() {
        html.open("header", "class", "verdict " + kind(report.result()));
        html.open("h1");
        addSign(report.result());
        html.text(headline()).close();
        ValidationRecord telling = report.telling();
        html.element("p", telling.conclusion().sentence(), "class", "sentence");
        addAlso(telling);
        html.open("ol", "class", "hooks");
        report.hooks().forEach(hook -> {
            html.open("li").open("a", "href", "#" + hook.hook(), "class", kind(hook.conclusion().result()));
            addSign(hook.conclusion().result());
            html.text(hook.hook() + " " + Telling.word(hook.conclusion().result()) + " in "
                    + Telling.time(Duration.between(hook.begun(), hook.ended()))).close().close();
        });
        html.close();
        Subject subject = report.subject();
        html.open("dl");
        addTerm("Digest", subject.digest());
        addTerm("Service", subject.service());
        addTerm("Deployment", subject.deploymentId());
        addTerm("Release", subject.releaseId());
        addTerm("Task definition", subject.taskDefinition());
        addTerm("Overridden", subject.overridden());
        addTerm("Rules", files.stream().map(HtmlReport::name).distinct().collect(Collectors.joining("; ")));
        addTerm("Validated", Telling.moment(report.hooks().get(0).begun()));
        html.close().close();
    }

    /** What else is as bad as what the sentence says. */
    private void addAlso(ValidationRecord telling) {
        Result worst = telling.conclusion().result();
        List<Integer> others = IntStream.range(0, telling.findings().size())
                .filter(i -> telling.findings().get(i).enforced() && telling.findings().get(i).result() == worst)
                .skip(1).boxed().toList();
        if (worst == Result.PASS || others.isEmpty()) {
            return;
        }
        html.open("ul", "class", "also");
        others.stream().limit(MOST_ALSO).forEach(i -> html.open("li")
                .element("a", telling.findings().get(i).rule(), "href", "#" + id(telling, i))
                .text(": " + telling.findings().get(i).sentence()).close());
        if (others.size() > MOST_ALSO) {
            html.element("li", "and " + (others.size() - MOST_ALSO) + " more");
        }
        html.close();
    }

    private void addTerm(String term, @Nullable String value) {
        if (value != null) {
            html.open("div").element("dt", term).element("dd", value).close();
        }
    }

    private static String name(RulesFile file) {
        return file.source() + (file.version() == null ? "" : ", version " + file.version());
    }

    // ---- a hook -------------------------------------------------------------------------------------------------------------

    private void addHook(ValidationRecord hook) {
        Conclusion conclusion = hook.conclusion();
        html.open("section", "id", hook.hook().toString());
        html.open("h2");
        addSign(conclusion.result());
        html.text(hook.hook() + " " + Telling.word(conclusion.result())).close();
        html.element("p", conclusion.sentence());
        html.element("p", Telling.counts(hook.findings()) + "; begun " + Telling.moment(hook.begun()) + ", ended "
                + Telling.moment(hook.ended()), "class", "aside");
        addFindings(hook);
        for (int i = 0; i < hook.traffic().size(); i++) {
            addTraffic(hook.traffic().get(i), hook.hook() + "-traffic-" + (i + 1), hook.rules());
        }
        html.close();
    }

    private void addFindings(ValidationRecord hook) {
        html.open("div", "class", "wide").open("table");
        html.element("caption", "Rules of " + hook.hook());
        addHead("Result", "Rule and what was found", "Expected", "Seen", "Samples", "Confidence", "Where");
        html.open("tbody");
        for (int i = 0; i < hook.findings().size(); i++) {
            Finding finding = hook.findings().get(i);
            html.open("tr", "id", id(hook, i), "class",
                    finding.enforced() ? kind(finding.result()) : "trial");
            html.open("td", "class", "result");
            addSign(finding.result());
            html.text(shortWord(finding.result()));
            if (!finding.enforced()) {
                html.element("span", "trial, blocks nothing", "class", "note");
            }
            html.close();
            html.open("th", "scope", "row").element("code", finding.rule())
                    .element("span", finding.sentence(), "class", "told").close();
            html.element("td", finding.expected(), "class", "short").element("td", finding.seen(), "class", "short")
                    .element("td", Telling.number(finding.samples()), "class", "number")
                    .element("td", Telling.confidence(finding), "class", "number");
            html.open("td");
            addPlace(Telling.place(finding), finding.place().line(), hook.rules());
            html.close().close();
        }
        html.close().close().close();
    }

    private void addPlace(String text, int line, RulesFile file) {
        if (line > 0 && line <= file.lines().size()) {
            html.element("a", text, "href", "#" + lineId(files.indexOf(file) + 1, line));
        } else {
            html.text(text);
        }
    }

    // ---- traffic ------------------------------------------------------------------------------------------------------------

    private void addTraffic(Traffic traffic, String id, RulesFile file) {
        html.open("h3", "id", id).text("Analysis ").element("code", traffic.analysis()).text(" ");
        if (traffic.line() > 0) {
            addPlace("(line " + traffic.line() + ")", traffic.line(), file);
        }
        html.close();
        html.element("p", Telling.number(traffic.begun()) + " of " + Telling.number(traffic.planned())
                + " requests were sent to green"
                + (traffic.ending() == null ? "" : "; it ended early, since " + traffic.ending()) + ".", "class",
                "aside");
        TrafficPlots plots = new TrafficPlots(traffic, id);
        if (!plots.isEmpty()) {
            addPlots(plots);
        }
        addNumbers(traffic);
        addDifferences(traffic);
    }

    private void addPlots(TrafficPlots plots) {
        html.open("div", "class", "plots");
        html.open("figure");
        plots.addCourse(html);
        html.element("figcaption", "Latency over time. Thick: median (p50), thin: p95. Green is solid, blue dashed; "
                + "errors of green are a cross, of blue a plus. About 9 % exact.").close();
        html.open("figure");
        plots.addDistribution(html);
        html.element("figcaption", "Distribution of latency: each further nine has the same room. Green is solid, blue "
                + "dashed.").close();
        html.close();
    }

    private void addNumbers(Traffic traffic) {
        Map<Side, Seen> sides = new LinkedHashMap<>();
        sides.put(Side.GREEN, traffic.green());
        if (traffic.blue() != null) {
            sides.put(Side.BLUE, traffic.blue());
        }
        html.open("div", "class", "wide").open("table").element("caption", "Numbers of " + traffic.analysis());
        addHead("Side", "Requests", "Errors", "p50", "p90", "p95", "p99", "Not counted", "Warm-up, apart");
        html.open("tbody");
        sides.forEach((side, seen) -> {
            html.open("tr").element("th", side.word(), "scope", "row", "class", side.word());
            html.element("td", Telling.number(seen.counted()), "class", "number");
            html.element("td", seen.errors() == 0
                    ? "none"
                    : Telling.number(seen.errors()) + " ("
                            + Rounded.percent((double) seen.errors() / Math.max(1, seen.counted())) + "): "
                            + kinds(seen));
            for (double share : new double[]{0.5, 0.9, 0.95, 0.99}) {
                double millis = seen.millis(share);
                html.element("td", Double.isNaN(millis) ? "too few" : Rounded.millis(millis), "class", "number");
            }
            html.element("td", seen.doubted() == 0
                    ? "none"
                    : Telling.number(seen.doubted()) + ", may be another's: " + seen.doubt());
            html.element("td", seen.warmUp() == 0
                    ? "none"
                    : Telling.number(seen.warmUp()) + " requests, p50 " + Rounded.millis(seen.warmUpMedianMillis()));
            html.close();
        });
        html.close().close().close();
    }

    private static String kinds(Seen seen) {
        return seen.errorsByKind().entrySet().stream().map(kind -> Telling.number(kind.getValue()) + " "
                + kind.getKey()).collect(Collectors.joining(", "));
    }

    private void addDifferences(Traffic traffic) {
        if (traffic.differences().isEmpty()) {
            return;
        }
        html.open("div", "class", "wide").open("table");
        html.element("caption", "Differences between answers of blue and green");
        addHead("Where", "Blue, for example", "Green, for example", "Pairs that differ", "Blue against blue", "Judged");
        html.open("tbody");
        traffic.differences().forEach(difference -> {
            html.open("tr", "class", difference.harmful() ? "fail" : "harmless");
            html.open("th", "scope", "row").element("code", difference.path())
                    .element("span", difference.request(), "class", "told").close();
            html.open("td").element("code", difference.blue()).close();
            html.open("td").element("code", difference.green()).close();
            html.element("td", of(difference.differing(), difference.pairs()), "class", "number");
            html.element("td", of(difference.noiseDiffering(), difference.noisePairs()), "class", "number");
            html.element("td", difference.judged()).close();
        });
        html.close().close().close();
    }

    private static String of(int some, int all) {
        return Telling.number(some) + " of " + Telling.number(all);
    }

    // ---- the file -----------------------------------------------------------------------------------------------------------

    private void addFile(RulesFile file, int number) {
        html.open("section", "id", "file-" + number);
        html.element("h2", name(file));
        html.element("p", "SHA-256 " + file.sha256(), "class", "aside");
        html.open("div", "class", "wide").open("table", "class", "file");
        html.element("caption", "The rules, with what they came to");
        addHead("Line", "Result", "Text");
        html.open("tbody");
        Map<Integer, List<Mark>> marks = marks(file);
        for (int line = 1; line <= file.lines().size(); line++) {
            List<Mark> here = marks.getOrDefault(line, List.of());
            html.open("tr", "id", lineId(number, line), "class", kind(here));
            html.element("th", Integer.toString(line), "scope", "row").open("td");
            here.forEach(mark -> {
                String told = mark.finding().rule() + " " + shortWord(mark.finding().result());
                html.open("a", "href", "#" + mark.id(), "title", mark.finding().sentence(), "aria-label", told);
                addSign(mark.finding().result());
                html.close();
            });
            html.text(word(here));
            html.close().open("td").element("code", file.lines().get(line - 1)).close().close();
        }
        html.close().close().close().close();
    }

    /** A finding whose rule stands in a line. */
    private record Mark(String id, Finding finding) {}

    /** How a line looks: as the worst of its rules that count. */
    private static String kind(List<Mark> marks) {
        return marks.isEmpty() ? "" : enforced(marks).map(HtmlReport::kind).orElse("trial");
    }

    private static String word(List<Mark> marks) {
        return marks.isEmpty() ? "" : enforced(marks).map(HtmlReport::shortWord).orElse("trial");
    }

    private static Optional<Result> enforced(List<Mark> marks) {
        return marks.stream().map(Mark::finding).filter(Finding::enforced).map(Finding::result).reduce(Result::and);
    }

    private Map<Integer, List<Mark>> marks(RulesFile file) {
        Map<Integer, List<Mark>> marks = new LinkedHashMap<>();
        report.hooks().stream().filter(hook -> hook.rules().equals(file)).forEach(hook -> {
            for (int i = 0; i < hook.findings().size(); i++) {
                Finding finding = hook.findings().get(i);
                marks.computeIfAbsent(finding.place().line(), none -> new ArrayList<>())
                        .add(new Mark(id(hook, i), finding));
            }
        });
        return marks;
    }

    // ---- small things -------------------------------------------------------------------------------------------------------

    private void addHead(String... columns) {
        html.open("thead").open("tr");
        for (String column : columns) {
            html.element("th", column, "scope", "col", "class", NUMBERS.contains(column) ? "number" : "word");
        }
        html.close().close();
    }

    private void addSign(Result result) {
        html.element("span", Telling.sign(result), "class", "sign " + kind(result), "aria-hidden", "true");
    }

    private static String shortWord(Result result) {
        return result == Result.WARN ? "warned" : Telling.word(result);
    }

    private static String kind(Result result) {
        return switch (result) {
            case PASS -> "pass";
            case WARN -> "warn";
            case INCONCLUSIVE -> "unsure";
            case FAIL -> "fail";
        };
    }

    private static String id(ValidationRecord hook, int finding) {
        return hook.hook() + "-" + (finding + 1);
    }

    private static String lineId(int file, int line) {
        return "file-" + file + "-line-" + line;
    }
}
