package io.greenlane.report;

import io.greenlane.validation.Finding;
import io.greenlane.validation.Result;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * A report as JUnit XML, as build servers read it: a suite per hook, a case per rule. A rule that failed is a failure, an inconclusive one
 * an error; a trial rule that did not pass is skipped, since it blocks nothing.
 */
final class JUnitReport {
    private JUnitReport() {}

    static String of(Report report) {
        Markup xml = new Markup().prolog("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        List<Finding> all = report.hooks().stream().flatMap(hook -> hook.findings().stream()).toList();
        xml.open("testsuites", attributes(all, "name", "Validation of " + report.subject().deploymentId(), "time",
                seconds(report.hooks().stream().map(JUnitReport::took).reduce(Duration.ZERO, Duration::plus))));
        report.hooks().forEach(hook -> add(xml, hook));
        return xml.close().toString();
    }

    private static void add(Markup xml, ValidationRecord hook) {
        xml.open("testsuite", attributes(hook.findings(), "name", hook.hook().toString(), "time",
                seconds(took(hook)), "timestamp", hook.begun().toString()));
        xml.open("properties");
        hook.subject().members().forEach(
                (name, value) -> xml.empty("property", "name", name, "value", String.valueOf(value)));
        xml.close();
        hook.findings().forEach(finding -> add(xml, hook, finding));
        xml.close();
    }

    private static void add(Markup xml, ValidationRecord hook, Finding finding) {
        xml.open("testcase", "classname", hook.hook().toString(), "name", finding.rule(), "file",
                finding.place().source(), "line", Integer.toString(finding.place().line()));
        if (skipped(finding)) {
            xml.empty("skipped", "message", finding.sentence());
        } else if (finding.result() == Result.FAIL || finding.result() == Result.INCONCLUSIVE) {
            xml.element(finding.result() == Result.FAIL ? "failure" : "error",
                    "expected: " + finding.expected() + "; seen: " + finding.seen() + "; samples: "
                            + finding.samples(),
                    "message", finding.sentence(), "type", finding.result().name());
        } else {
            xml.element("system-out", finding.sentence());
        }
        xml.close();
    }

    private static boolean skipped(Finding finding) {
        return !finding.enforced()
                && (finding.result() == Result.FAIL || finding.result() == Result.INCONCLUSIVE);
    }

    private static String[] attributes(List<Finding> findings, String... more) {
        String[] counts = {"tests", Integer.toString(findings.size()),
                "failures", count(findings, one -> !skipped(one) && one.result() == Result.FAIL),
                "errors", count(findings, one -> !skipped(one) && one.result() == Result.INCONCLUSIVE),
                "skipped", count(findings, JUnitReport::skipped)};
        String[] all = Arrays.copyOf(more, more.length + counts.length);
        System.arraycopy(counts, 0, all, more.length, counts.length);
        return all;
    }

    private static String count(List<Finding> findings, Predicate<Finding> which) {
        return Long.toString(findings.stream().filter(which).count());
    }

    private static Duration took(ValidationRecord hook) {
        return Duration.between(hook.begun(), hook.ended());
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).setScale(3, RoundingMode.HALF_UP).toPlainString();
    }
}
