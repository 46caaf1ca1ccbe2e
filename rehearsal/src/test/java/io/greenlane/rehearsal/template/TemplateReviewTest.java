package io.greenlane.rehearsal.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.greenlane.rehearsal.iam.ServiceAuthorization;
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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped templates before a reviewer: nothing to find but what is acknowledged, and every rule finds its mutant. */
class TemplateReviewTest {
    private static final Path ACKNOWLEDGED = ShippedTemplates.root().resolve("docs/security/acknowledged.json");
    private static final List<ReviewRule> RULES = Stream.of(RolesReview.rules(), WorkflowReview.rules(),
            DataReview.rules(), TrafficReview.rules()).flatMap(List::stream).toList();
    /** Types of resources that a reviewer misses. */
    private static final Set<String> LOOKED_FOR = Set.of("AWS::Lambda::Version", "AWS::Lambda::CodeSigningConfig",
            "AWS::ECR::Repository", "AWS::CloudWatch::Alarm", "AWS::SQS::Queue", "AWS::Logs::LogGroup");
    /** What the mutants leave to find too. */
    private static final Set<String> BEFORE = Set.copyOf(findings(Reviewed.of(ShippedTemplates.root(), Mutant.form())));

    @TempDir
    private Path folder;

    /** An existing service by its three names, and with all that narrows; several services; the sample, and with all it can have. */
    static Stream<Map<String, String>> forms() {
        Map<String, String> named = new HashMap<>(ShippedTemplates.EXISTING_SERVICE);
        named.putAll(ShippedTemplates.OF_THE_ACCOUNT);
        named.putAll(Map.of("ClusterName", "shop", "ServiceName", "web", "TaskDefinitionFamily", "web",
                "TaskRoleArns",
                "arn:aws:iam::111122223333:role/web-task,arn:aws:iam::111122223333:role/web-execution", "SecretPath",
                "/shop/secrets/", "ValidationSource", "appconfig:shop/production/validation", "HookSubnetIds",
                "subnet-0a1b2c3d", "HookSecurityGroupIds", "sg-0a1b2c3d"));
        Map<String, String> several = new HashMap<>(ShippedTemplates.EXISTING_SERVICE);
        several.putAll(Map.of("CodeDeployApplicationName", "*", "DeploymentGroupName", "*", "ValidationSource",
                "s3://shop-config/validation.yaml", "Services",
                "[{\"repository\":\"shop/web\",\"application\":\"shop\",\"deploymentGroup\":\"web\"}]"));
        return Stream.of(ShippedTemplates.EXISTING_SERVICE, named, several, ShippedTemplates.SAMPLE_WEBSITE,
                Mutant.form());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void the_shipped_templates_leave_nothing_to_find_but_what_is_acknowledged(Map<String, String> parameters)
            throws IOException {
        List<JsonNode> acknowledged = acknowledged("review").toList();

        assertThat(findings(Reviewed.of(ShippedTemplates.root(), parameters))).allMatch(
                finding -> acknowledged.stream().anyMatch(each -> covers(each, finding)),
                "is acknowledged in " + ACKNOWLEDGED);
    }

    @Test
    void what_is_acknowledged_is_found() throws IOException {
        Set<String> findings = forms().flatMap(form -> findings(Reviewed.of(ShippedTemplates.root(), form)).stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(acknowledged("review").toList()).isNotEmpty()
                .allSatisfy(each -> assertThat(findings).anyMatch(finding -> covers(each, finding)));
    }

    @Test
    void what_the_templates_do_without_is_acknowledged() throws IOException {
        Set<String> types = forms().flatMap(form -> Reviewed.of(ShippedTemplates.root(), form).resources().stream())
                .map(Reviewed.Resource::type).collect(Collectors.toSet());

        assertThat(acknowledged("absent").map(each -> each.path("type").asText())).containsExactlyInAnyOrderElementsOf(
                LOOKED_FOR.stream().filter(type -> !types.contains(type)).toList());
    }

    @Test
    void what_the_linter_is_told_to_pass_over_is_acknowledged() throws IOException {
        List<String> ignored = Pattern.compile("^ +- ([EIW][0-9]{4})$", Pattern.MULTILINE)
                .matcher(Files.readString(ShippedTemplates.root().resolve(".cfnlintrc"))).results()
                .map(each -> each.group(1)).toList();

        assertThat(acknowledged("lint").map(each -> each.path("check").asText())).isEqualTo(ignored);
    }

    @ParameterizedTest
    @ValueSource(strings = {"review", "absent", "lint", "packs", "grants"})
    void what_is_acknowledged_says_why_whose_it_is_and_until_when(String section) throws IOException {
        assertThat(acknowledged(section).toList()).isNotEmpty().allSatisfy(each -> {
            assertThat(each.path("reason").asText()).hasSizeGreaterThan(20);
            assertThat(each.path("owner").asText()).isNotBlank();
            assertThat(LocalDate.parse(each.path("until").asText())).isAfter(LocalDate.now(Clock.systemUTC()));
        });
    }

    /** A finding that begins with a star is that of any resource. */
    private static boolean covers(JsonNode acknowledged, String finding) {
        String rule = acknowledged.path("rule").asText() + " ";
        String wanted = acknowledged.path("finding").asText();
        return wanted.startsWith("*")
                ? finding.startsWith(rule) && finding.endsWith(wanted.substring(1))
                : finding.equals(rule + wanted);
    }

    @Test
    void what_may_be_granted_on_everything_has_no_resource_in_the_data_of_AWS() {
        assertThat(RolesReview.WITHOUT_RESOURCE).allSatisfy(action -> {
            assertThat(ServiceAuthorization.knows(action)).as("AWS's service authorization data knows %s", action)
                    .isTrue();
            assertThat(ServiceAuthorization.resourceTypes(action))
                    .as("%s can be granted on these types of resources, so that it must not be on *", action)
                    .isEmpty();
        });
        assertThat(RolesReview.WITHOUT_SUCH_RESOURCE).allSatisfy(
                (action, type) -> assertThat(ServiceAuthorization.resourceTypes(action))
                        .as("%s is granted on *, since it can be granted on nothing but a %s", action, type)
                        .containsExactly(type));
    }

    @Test
    void nothing_may_be_granted_on_everything_that_is_not() {
        Set<String> open = forms().flatMap(form -> Reviewed.of(ShippedTemplates.root(), form).grants())
                .filter(statement -> statement.resources().contains("*"))
                .flatMap(statement -> statement.actions().stream()).collect(Collectors.toSet());

        assertThat(open).containsAll(RolesReview.WITHOUT_RESOURCE)
                .containsAll(RolesReview.WITHOUT_SUCH_RESOURCE.keySet());
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

    @Test
    void the_page_counts_the_reasons_for_what_rule_packs_find() throws IOException {
        String page = Files.readString(ShippedTemplates.root().resolve("docs/security/template-review.md"));

        assertThat(page).contains("acknowledged by " + acknowledged("packs").count() + " reasons\n");
    }

    private static List<String> findings(Reviewed reviewed) {
        return RULES.stream().flatMap(rule -> rule.findings().apply(reviewed).map(finding -> rule.id() + " " + finding))
                .toList();
    }

    private static Stream<JsonNode> acknowledged(String section) throws IOException {
        return Reviewed.items(JsonMapper.builder().build().readTree(Files.readString(ACKNOWLEDGED)).path(section));
    }
}
