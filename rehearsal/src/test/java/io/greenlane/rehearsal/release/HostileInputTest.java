package io.greenlane.rehearsal.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.json.Quote;
import io.greenlane.rehearsal.release.SampleSite.Recorded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * Whoever may start the workflow, or sends what looks like a push, gets one outcome for it whose sentence is fit for a log, a mail
 * and a chat; production is not touched, and nothing is deployed.
 */
class HostileInputTest {
    private static final int LONGEST_REASON = 600;

    /** Texts that some parser, shell, terminal, page or path takes for something else. */
    private static final List<String> TEXTS = List.of("", " ", ".", "..", "../../etc/passwd", "..\\..\\windows",
            "a/../b",
            "/", "//", "a//b", "-rf", "--help", "$(reboot)", "`id`", "; rm -rf /", "| cat", "&& true", "%00",
            "%2e%2e%2f",
            "\u0000", "a\u0000b", "\n", "a\nb", "\r\nSet-Cookie: x", "\t", "\u001b[2J\u001b[31m", "\u0007",
            "\u202egpj.exe",
            "\u200b", "\ufeffv1", "\u2028", "\ud800", "v1\udc00", "\ue000", "${jndi:ldap://x/a}", "#{7*7}", "{{7*7}}",
            "{% $x %}", "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' OR '1'='1",
            "\"; DROP TABLE x",
            "*", "?", "[a-z]+", "(a+)+$", "@everyone", "<!channel>", "[x](javascript:alert(1))", "javascript:alert(1)",
            "http://169.254.169.254/latest/meta-data", "file:///proc/self/environ", "arn:aws:iam::*:root", "sha256:",
            "sha256:" + "0".repeat(63), "sha256:" + "0".repeat(65), "sha256:" + "G".repeat(64),
            "SHA256:" + "a".repeat(64),
            "sha512:" + "a".repeat(128), "a".repeat(129), "a".repeat(300), "x".repeat(20_000), "\u0430\u0440\u0440",
            "K\u00c4SE",
            "\uff0e\uff0e\uff0f", "v1 ", " v1", "V1\u0301");
    private static final List<String> MEMBERS = List.of("repository-name", "image-digest", "action-type", "result");
    private static final List<String> AROUND = List.of("account", "region", "source", "detail-type");

    /** Executions that one page of a list has. */
    private static final int BATCH = 100;
    /** No workflow of an event that is turned away takes as long. */
    private static final Duration LONG = Duration.ofMinutes(2);

    private final WarmFunctions functions = new WarmFunctions();
    private SampleSite site = new SampleSite(Map.of(), functions);

    @Test
    void every_hostile_text_anywhere_in_an_event_is_one_clear_outcome() {
        List<String> events = new ArrayList<>();
        // Each text in every other member, each member with every other text.
        for (int i = 0; i < TEXTS.size(); i++) {
            for (int j = i % 2; j < MEMBERS.size(); j += 2) {
                ObjectNode event = site.pushEvent(MEMBERS.get(j) + i, site.firstDigest, "v1");
                ((ObjectNode) event.get("detail")).put(MEMBERS.get(j), TEXTS.get(i));
                events.add(event.toString());
            }
            for (int j = i % 2; j < AROUND.size(); j += 2) {
                events.add(site.pushEvent(AROUND.get(j) + i, site.firstDigest, "v1").put(AROUND.get(j), TEXTS.get(i))
                        .toString());
            }
        }

        assertThat(events).hasSizeGreaterThan(200);
        assertClear(events, Set.of("REJECTED", "IGNORED"));
    }

    @Test
    void a_hostile_tag_of_an_image_that_runs_already_changes_nothing() {
        assertClear(TEXTS.stream().map(text -> site.pushEvent("tag" + TEXTS.indexOf(text), site.firstDigest, text)
                .toString()).toList(), Set.of("REJECTED", "IGNORED", "DUPLICATE"));
    }

    @Test
    void a_value_of_another_kind_in_place_of_any_member_is_one_clear_outcome() {
        List<String> events = new ArrayList<>();
        for (String value : List.of("null", "true", "0", "-1", "1e400", "[]", "[1]", "{}", "{\"a\":{\"a\":{}}}",
                "\"\"")) {
            JsonNode node = SampleSite.json(value);
            for (String member : MEMBERS) {
                ObjectNode event = site.pushEvent("kind" + events.size(), site.firstDigest, "v1");
                ((ObjectNode) event.get("detail")).set(member, node);
                events.add(event.toString());
            }
            for (String member : List.of("account", "region", "source", "detail-type", "detail", "time")) {
                ObjectNode event = site.pushEvent("kind" + events.size(), site.firstDigest, "v1");
                event.set(member, node);
                events.add(event.toString());
            }
        }

        assertClear(events, Set.of("REJECTED", "IGNORED"));
    }

    private void assertClear(List<String> events, Set<String> outcomes) {
        for (int from = 0; from < events.size(); from += BATCH) {
            List<String> batch = events.subList(from, Math.min(events.size(), from + BATCH));
            site = new SampleSite(Map.of(), functions);
            batch.forEach(site::start);
            site.cloud.timeline.advance(LONG);
            assertClear(batch.size(), outcomes);
        }
    }

    private void assertClear(int events, Set<String> outcomes) {
        List<DescribeExecutionResponse> executions = site.executions();
        List<Recorded> recorded = site.recorded();

        assertThat(executions.stream().filter(it -> it.status() == ExecutionStatus.FAILED
                || it.status() == ExecutionStatus.SUCCEEDED).count()).isEqualTo(events);
        assertThat(recorded.size()).isEqualTo(events);
        assertThat(recorded.stream().map(Recorded::outcome).distinct()).isSubsetOf(outcomes);
        recorded.forEach(each -> assertFit(each.reason()));
        executions.stream().map(DescribeExecutionResponse::cause).filter(Objects::nonNull).forEach(
                HostileInputTest::assertFit);
        site.messages().forEach(message -> assertFit(message.path("reason").asText()));
        Set<String> ids = recorded.stream().map(Recorded::id).collect(Collectors.toCollection(HashSet::new));
        assertThat(ids).as("one outcome each").hasSize(events);
        assertThat(site.deployments()).isEmpty();
        assertThat(site.undelivered()).isZero();
        site.assertAtRest(site.firstDigest);
    }

    private static void assertFit(String sentence) {
        assertThat(sentence).isNotBlank().hasSizeLessThan(LONGEST_REASON).isEqualTo(Quote.visible(sentence));
    }
}
