package io.greenlane.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.validation.Finding;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Place;
import io.greenlane.validation.Result;
import io.greenlane.validation.difference.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What each form of a report says. */
class FormsTest {
    private static final Report REPORT = new Report(List.of(Samples.good(),
            Samples.with(Samples.slow(),
                    new Difference("GET /api/products", Kind.MISSING, "$.items[*].price", "1299", "nothing",
                            1180, 1200, 0, 50, true))));

    private static ValidationRecord record(HookEvent hook, int rules) {
        return new ValidationRecord(Samples.SUBJECT, hook, Samples.BEGUN, Samples.BEGUN.plusSeconds(4),
                new RulesFile("validation.yaml", null, "00", List.of()),
                IntStream.range(0, rules).mapToObj(i -> new Finding("checks.c" + i, new Place("validation.yaml", i, 1),
                        i == rules - 1 ? Result.FAIL : Result.PASS, true, "Sentence " + i + ".", "e", "s", 1, null))
                        .toList(),
                List.of());
    }

    @Test
    void the_worst_hook_speaks_for_the_report_and_the_last_one_when_all_passed() {
        assertThat(REPORT.telling().hook()).isEqualTo(HookEvent.BEFORE_ALLOW_TRAFFIC);
        assertThat(new Report(List.of(Samples.good(), new ValidationRecord(Samples.SUBJECT,
                HookEvent.AFTER_ALLOW_TRAFFIC, Samples.BEGUN, Samples.BEGUN, Samples.good().rules(), List.of(),
                List.of()))).telling().hook()).isEqualTo(HookEvent.AFTER_ALLOW_TRAFFIC);
    }

    @Test
    void markdown_says_the_verdict_first_and_the_worst_rules_before_the_others() {
        List<String> lines = MarkdownReport.of(REPORT).lines().toList();

        assertThat(lines.get(0)).isEqualTo("# \u2717 Validation failed: shop/api:v2.4.1");
        assertThat(lines.get(2)).startsWith("**Error rate 2.6 % over 779 requests");
        assertThat(lines).filteredOn(line -> line.startsWith("| \u2717 failed | analyses")).hasSize(3);
        assertThat(lines.get(lines.size() - 1)).startsWith("| \u2717 failed (trial) | checks.motto");
    }

    @Test
    void markdown_has_at_most_sixty_lines_however_many_rules_there_are() {
        List<String> lines = MarkdownReport.of(new Report(
                Arrays.stream(HookEvent.values()).map(hook -> record(hook, 200)).toList())).lines().toList();

        assertThat(lines).hasSizeBetween(50, MarkdownReport.MOST_LINES);
        assertThat(lines).filteredOn(line -> line.contains("checks.c199")).hasSize(3);
        assertThat(lines).filteredOn(line -> line.matches("\\| \\| and 1[0-9][0-9] more .*")).hasSize(3);
    }

    @Test
    void junit_has_a_suite_for_each_hook_and_a_case_for_each_rule() {
        Document xml = HostileTextTest.parsed(JUnitReport.of(REPORT));
        Element all = xml.getDocumentElement();

        assertThat(Map.of("tests", all.getAttribute("tests"), "failures", all.getAttribute("failures"), "errors",
                all.getAttribute("errors"), "skipped", all.getAttribute("skipped")))
                .isEqualTo(Map.of("tests", "14", "failures", "3", "errors", "1", "skipped", "1"));
        assertThat(HostileTextTest.elements(xml)).filteredOn(one -> one.getTagName().equals("testsuite"))
                .extracting(suite -> suite.getAttribute("name"))
                .containsExactly("AfterAllowTestTraffic", "BeforeAllowTraffic");
        assertThat(((Element) xml.getElementsByTagName("skipped").item(0)).getAttribute("message"))
                .isEqualTo("GET /motto answered 200, expected 204 (validation.yaml line 19).");
        assertThat(((Element) xml.getElementsByTagName("error").item(0)).getAttribute("message"))
                .startsWith("Alarms were not watched for 60 seconds");
    }

    @Test
    void the_page_answers_first_whether_it_passed_and_why_and_what_image() {
        Document page = HostileTextTest.parsed(HtmlReport.of(REPORT));
        String first = page.getElementsByTagName("header").item(0).getTextContent();

        assertThat(first).contains("shop/api:v2.4.1 failed validation", "Error rate 2.6 % over 779 requests",
                "GET /api/products: green is 27 % slower than blue", "sha256:9f86d081", "d-AB12CD34E",
                "AfterAllowTestTraffic passed in 2 s", "BeforeAllowTraffic failed in");
    }

    @Test
    void the_page_needs_nothing_from_elsewhere_and_forbids_it() {
        String html = HtmlReport.of(REPORT);

        assertThat(html)
                .contains("content=\"default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:")
                .doesNotContain("<script", "@import", "url(");
        assertThat(html.replace("http://www.w3.org/1999/xhtml", "")).doesNotContain("http:", "https:");
    }

    @Test
    void plots_have_titles_both_sides_and_the_lines_of_the_limits() {
        Document page = HostileTextTest.parsed(HtmlReport.of(REPORT));
        List<Element> plots = HostileTextTest.elements(page).stream().filter(one -> one.getTagName().equals("svg"))
                .toList();

        assertThat(plots).hasSize(2).allSatisfy(plot -> {
            assertThat(plot.getAttribute("role")).isEqualTo("img");
            assertThat(plot.getFirstChild().getNodeName()).isEqualTo("title");
        });
        assertThat(plots.get(0).getTextContent()).contains("latency_p95 at most 120 ms (line 32)",
                "latency at most blue's + 10 % (line 37)", "green p95", "blue p50", "20 errors of green at second 3");
        assertThat(plots.get(1).getTextContent()).contains("99 %", "green", "blue");
    }

    @Test
    void tables_name_their_columns_and_each_line_of_the_file_shows_what_it_came_to() {
        Document page = HostileTextTest.parsed(HtmlReport.of(REPORT));

        assertThat(HostileTextTest.elements(page)).filteredOn(one -> one.getTagName().equals("th"))
                .allSatisfy(head -> assertThat(head.getAttribute("scope")).isIn("col", "row"));
        assertThat(HostileTextTest.elements(page)).filteredOn(one -> one.getAttribute("id").equals("file-1-line-37"))
                .singleElement().satisfies(line -> {
                    assertThat(line.getAttribute("class")).isEqualTo("fail");
                    assertThat(line.getTextContent()).contains("37", "failed",
                            "latency: { max_increase: 10%, ignore_below: 2ms }");
                });
        assertThat(page.getDocumentElement().getTextContent()).contains("$.items[*].price", "1,180 of 1,200",
                "more than noise");
    }
}
