package io.greenlane.rehearsal.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped templates before a reviewer: nothing to find but what is acknowledged, and every rule finds its mutant. */
class TemplateReviewTest {
    private static final Path ACKNOWLEDGED = ShippedTemplates.root().resolve("docs/security/acknowledged.json");
    private static final List<ReviewRule> RULES = Stream.of(RolesReview.rules(), WorkflowReview.rules(),
            DataReview.rules(), TrafficReview.rules()).flatMap(List::stream).toList();
    /** What the mutants leave to find too. */
    private static final Set<String> BEFORE = Set.copyOf(findings(Reviewed.of(ShippedTemplates.root(), Mutant.form())));

    @TempDir
    private Path folder;

    /** All that narrows is given. */
    static Stream<Map<String, String>> forms() {
        Map<String, String> existing = new HashMap<>(ShippedTemplates.EXISTING_SERVICE);
        existing.putAll(ShippedTemplates.OF_THE_ACCOUNT);
        existing.putAll(Map.of("ClusterName", "shop", "ServiceName", "web", "TaskDefinitionFamily", "web",
                "TaskRoleArns",
                "arn:aws:iam::111122223333:role/web-task,arn:aws:iam::111122223333:role/web-execution", "SecretPath",
                "/shop/secrets/"));
        return Stream.of(existing, ShippedTemplates.SAMPLE_WEBSITE, Mutant.form());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void the_shipped_templates_leave_nothing_to_find_but_what_is_acknowledged(Map<String, String> parameters)
            throws IOException {
        List<String> findings = findings(Reviewed.of(ShippedTemplates.root(), parameters));
        Set<String> acknowledged = acknowledged()
                .map(each -> each.path("rule").asText() + " " + each.path("finding").asText())
                .collect(Collectors.toSet());

        assertThat(findings).allMatch(acknowledged::contains, "is acknowledged in " + ACKNOWLEDGED);
    }

    @Test
    void what_is_acknowledged_is_found_and_says_why_and_until_when() throws IOException {
        Set<String> findings = new TreeSet<>();
        forms().forEach(form -> findings.addAll(findings(Reviewed.of(ShippedTemplates.root(), form))));

        assertThat(acknowledged().toList()).isNotEmpty().allSatisfy(each -> {
            assertThat(findings).contains(each.path("rule").asText() + " " + each.path("finding").asText());
            assertThat(each.path("reason").asText()).hasSizeGreaterThan(20);
            assertThat(LocalDate.parse(each.path("until").asText())).isAfter(LocalDate.now(Clock.systemUTC()));
        });
    }

    static List<Mutant> mutants() {
        return Mutant.ALL;
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void a_template_that_breaks_a_rule_is_caught_by_it(Mutant mutant) throws IOException {
        List<String> found = new ArrayList<>(findings(Reviewed.of(mutant.below(folder), Mutant.form())));

        found.removeAll(BEFORE);
        assertThat(found).anyMatch(finding -> finding.startsWith(mutant.rule() + " "));
    }

    @Test
    void every_rule_has_a_mutant() {
        assertThat(Mutant.ALL.stream().map(Mutant::rule).collect(Collectors.toSet()))
                .isEqualTo(RULES.stream().map(ReviewRule::id).collect(Collectors.toSet()));
    }

    @Test
    void the_page_names_every_rule() throws IOException {
        String page = Files.readString(ShippedTemplates.root().resolve("docs/security/template-review.md"));

        assertThat(RULES)
                .allSatisfy(rule -> assertThat(page).contains("| `" + rule.id() + "` | " + rule.demand() + " |"));
        assertThat(page.lines().filter(line -> line.startsWith("| `"))).hasSize(RULES.size());
    }

    private static List<String> findings(Reviewed reviewed) {
        return RULES.stream().flatMap(rule -> rule.findings().apply(reviewed).map(finding -> rule.id() + " " + finding))
                .toList();
    }

    private static Stream<JsonNode> acknowledged() throws IOException {
        return Reviewed.items(JsonMapper.builder().build().readTree(Files.readString(ACKNOWLEDGED))
                .path("review"));
    }
}
