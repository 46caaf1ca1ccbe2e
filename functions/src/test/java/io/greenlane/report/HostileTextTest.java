package io.greenlane.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.json.Json;
import io.greenlane.json.JsonObject;
import io.greenlane.json.Quote;
import io.greenlane.report.Samples.MemoryFiles;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Whatever a service, a file or an image says, it stands in a report as text and does nothing. */
class HostileTextTest {
    private static final List<String> NASTY = List.of("<script>alert(1)</script>",
            "</style></title></svg><img src=x onerror=alert(1)>",
            "\"'><svg/onload=alert(1)>", "]]>", "<![CDATA[", "<!--", "-->", "&lt;b&gt;&amp;&#x3c;script&#62;",
            "&entity;",
            "\0", "\u0007\u001b[31m", "\u202e\u2066gpj.exe", "\u200b\u200f\ufeff", "\ud800", "x\udc00", "\ufffe\uffff",
            "\u2028\u2029\r\n\t", "\u0085\u00a0", "| a | b |", "\\", "`` ` ```", "**bold** _it_ ~~x~~ # h",
            "[x](javascript:alert(1))",
            "![x](http://evil.test/x.png)", "@team #12 http://evil.test www.evil.test <http://evil.test>",
            "---\n# head\n> q",
            "javascript:alert(1)", "url(http://evil.test/x)", "{{secret:x}} ${x} $(x) %s %n", "😀 e\u0301 \u05d0\u0628",
            "a".repeat(3000), "");

    static Stream<String> texts() {
        Random random = new Random(20);
        Stream<String> mixed = IntStream.range(0, 60).mapToObj(i -> {
            StringBuilder text = new StringBuilder();
            for (int part = random.nextInt(2, 6); part > 0; part--) {
                text.append(NASTY.get(random.nextInt(NASTY.size() - 2)));
                text.append((char) random.nextInt(0x10000));
            }
            return text.toString();
        });
        return Stream.concat(NASTY.stream(), mixed);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void it_is_only_text_in_all_four_forms(String nasty) {
        MemoryFiles files = new MemoryFiles();
        new Reports(files).add(Samples.of(nasty));

        page(files.text("d-1/report.html"), nasty);
        junit(files.text("d-1/junit.xml"));
        markdown(files.text("d-1/report.md"));
        json(files.text("d-1/report.json"), nasty);
    }

    private static void page(String html, String nasty) {
        Document page = parsed(html);
        List<Element> elements = elements(page);
        assertThat(elements).extracting(Element::getTagName).doesNotContain("script", "img", "iframe", "object", "b")
                .isEqualTo(elements(parsed(HtmlReport.of(new Report(List.of(Samples.of("harmless")))))).stream()
                        .map(Element::getTagName).toList());
        elements.forEach(element -> attributes(element).forEach(attribute -> {
            assertThat(attribute.getNodeName()).doesNotStartWith("on").isNotEqualTo("src").isNotEqualTo("style");
            if (attribute.getNodeName().equals("href")) {
                assertThat(attribute.getNodeValue()).startsWith("#");
            }
        }));
        assertThat(html.codePoints().filter(point -> point != '\n')).allMatch(HostileTextTest::isVisible);
        if (Quote.visible(nasty).equals(nasty)) {
            assertThat(page.getElementsByTagName("h1").item(0).getTextContent()).contains(nasty);
        }
    }

    private static void junit(String xml) {
        Document suites = parsed(xml);
        assertThat(suites.getElementsByTagName("testcase").getLength()).isEqualTo(8);
        assertThat(suites.getElementsByTagName("failure").getLength()).isEqualTo(1);
        assertThat(suites.getElementsByTagName("error").getLength()).isEqualTo(1);
        assertThat(suites.getElementsByTagName("skipped").getLength()).isEqualTo(2);
        assertThat(new TreeSet<>(elements(suites).stream().map(Element::getTagName).toList())).isSubsetOf("testsuites",
                "testsuite", "properties", "property", "testcase", "failure", "error", "skipped", "system-out");
    }

    private static final Pattern CELL_BORDER = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\|");

    /** What would begin a link, an image, code or a mention, unless it is escaped. */
    private static final Pattern ACTIVE = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*(?:[\\[\\]`~]|:(?=//))");

    private static void markdown(String text) {
        List<String> lines = text.lines().toList();
        assertThat(lines).hasSizeLessThanOrEqualTo(MarkdownReport.MOST_LINES);
        assertThat(text).doesNotContain("<", ">").doesNotContainIgnoringCase("www.");
        assertThat(ACTIVE.matcher(text.replace("`@`", "")).results().map(MatchResult::group)).isEmpty();
        assertThat(text.replace("`@`", "")).doesNotContain("@");
        assertThat(lines.stream().filter(line -> line.startsWith("#")).toList()).hasSize(2);
        assertThat(lines.stream().filter(line -> line.startsWith("|")).toList()).hasSize(10)
                .allSatisfy(row -> assertThat(CELL_BORDER.matcher(row).results().count()).isEqualTo(7));
        assertThat(text.codePoints().filter(point -> point != '\n')).allMatch(HostileTextTest::isVisible);
    }

    private static void json(String text, String nasty) {
        JsonObject report = new JsonObject("report", Json.object(text));
        assertThat(report.object("subject").text("tag")).isEqualTo(nasty);
    }

    @Test
    void every_link_of_a_page_leads_to_one_place_on_it() {
        Document page = parsed(HtmlReport.of(new Report(List.of(Samples.good(), Samples.slow()))));
        List<String> ids = elements(page).stream().map(element -> element.getAttribute("id"))
                .filter(id -> !id.isEmpty()).toList();
        Set<String> targets = new TreeSet<>();
        elements(page).forEach(element -> attributes(element).stream()
                .filter(attribute -> attribute.getNodeName().equals("href"))
                .forEach(attribute -> targets.add(attribute.getNodeValue().substring(1))));

        assertThat(ids).doesNotHaveDuplicates().containsAll(targets);
        assertThat(targets).contains("file-1-line-37", "BeforeAllowTraffic", "BeforeAllowTraffic-8");
    }

    private static boolean isVisible(int point) {
        return !Character.isISOControl(point) && !(point >= 0xd800 && point <= 0xdfff)
                && Character.getType(point) != Character.FORMAT && point != 0x2028 && point != 0x2029
                && point != 0xfffe && point != 0xffff && (point == ' ' || !Character.isSpaceChar(point));
    }

    static Document parsed(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setXIncludeAware(false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new InputSource(new StringReader(xml)));
        } catch (Exception e) {
            throw new AssertionError("no XML: " + e.getMessage(), e);
        }
    }

    static List<Element> elements(Document document) {
        NodeList all = document.getElementsByTagName("*");
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            elements.add((Element) all.item(i));
        }
        return elements;
    }

    private static List<Node> attributes(Element element) {
        NamedNodeMap all = element.getAttributes();
        return IntStream.range(0, all.getLength()).mapToObj(all::item).toList();
    }
}
