package io.greenlane.rehearsal.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.greenlane.rehearsal.template.Reviewed.Resource;
import io.greenlane.rehearsal.template.Reviewed.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that tells what the roles of the templates may do is drawn from the templates, with the reasons written there. */
class PermissionsPageTest {
    private static final Path PAGE = ShippedTemplates.root().resolve("docs/security/permissions.md");
    private static final String HEAD = """
            # What the roles may do

            Drawn from the templates by `PermissionsPageTest`, with the sample website, so that every name is known; drawn anew with

            ```
            ./mvnw -pl rehearsal -am test -Dtest=PermissionsPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dgreenlane.draw=true
            ```

            Where an existing service is deployed to, its own names stand in place of those of the sample. It is drawn with
            all that is optional, and without it nothing is granted on it: `KmsKeyArn`, `Approvals`, `ApprovalsInChat`, `SecretPath` (`/shop/secrets/`),
            `HookSubnetIds` (the policy `AWSLambdaENIManagementAccess`), and a validation file in S3 (`shop-config/validation.yaml`)
            or, in rows of their own, in AppConfig. ARNs are shown without partition, service, region and account.
            """;

    private static final String POLICIES = """

            ## Policies of resources

            | Policy | Who | Action | On |
            |---|---|---|---|
            """;
    private static final String CALLERS = """

            ## Who calls functions without a role

            | Function | Who | For |
            |---|---|---|
            """;

    private final Reviewed reviewed = reviewed("s3://shop-config/validation.yaml");
    private final Reviewed withAppConfig = reviewed("appconfig:shop/production/validation");

    private static Reviewed reviewed(String validationSource) {
        Map<String, String> parameters = new HashMap<>(ShippedTemplates.SAMPLE_WEBSITE);
        parameters.putAll(ShippedTemplates.OF_THE_ACCOUNT);
        parameters.putAll(Map.of("SecretPath", "/shop/secrets/", "ValidationSource", validationSource));
        return Reviewed.of(ShippedTemplates.root(), parameters);
    }

    /** Those of all forms that are drawn. */
    private Stream<Statement> grants() {
        return Stream.concat(reviewed.grants(), withAppConfig.grants()
                .filter(grant -> grant.actions().stream().anyMatch(action -> action.startsWith("appconfig:"))));
    }

    @Test
    void the_page_tells_what_the_templates_grant() throws IOException {
        String page = HEAD + Stream.concat(reviewed.all("AWS::IAM::ManagedPolicy"), reviewed.all("AWS::IAM::Role"))
                .map(this::section).collect(Collectors.joining()) + POLICIES
                + Stream.concat(reviewed.resourcePolicies(), reviewed.keyPolicies()).map(PermissionsPageTest::policyRow)
                        .collect(Collectors.joining())
                + CALLERS + reviewed.all("AWS::Lambda::Permission").map(PermissionsPageTest::callerRow).sorted()
                        .collect(Collectors.joining());
        if (Boolean.getBoolean("greenlane.draw")) {
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE).as("drawn anew with -Dgreenlane.draw=true").hasContent(page);
    }

    @Test
    void every_grant_has_a_reason() {
        assertThat(grants()).isNotEmpty()
                .allSatisfy(grant -> assertThat(reason(grant)).as(grant.toString()).isPresent());
    }

    private String section(Resource owner) {
        String assumedBy = reviewed.trusts().filter(trust -> trust.owner().equals(owner.id()))
                .map(trust -> ", assumed by " + trust.written().path("Principal").path("Service").asText())
                .collect(Collectors.joining());
        String attached = Reviewed.items(owner.properties().path("ManagedPolicyArns"))
                .map(arn -> ", with " + arn.asText().replaceFirst(".*[/-]", "")).collect(Collectors.joining());
        String rows = grants().filter(grant -> grant.owner().equals(owner.id())).map(this::row)
                .collect(Collectors.joining());
        return "\n## " + owner.id() + assumedBy + attached + "\n\n| Action | On | Why |\n|---|---|---|\n" + rows;
    }

    private String row(Statement grant) {
        return "| " + quoted(grant.actions()) + " | " + quoted(grant.resources()) + condition(grant) + " | "
                + reason(grant).orElse("") + " |\n";
    }

    private static String policyRow(Statement statement) {
        JsonNode principal = statement.written().path("Principal");
        String who = statement.allows() ? "`" + bare(principal.iterator().next().asText()) + "`" : "nobody";
        return "| " + statement.owner() + " | " + who + " | "
                + quoted(statement.actions()) + " | " + quoted(statement.resources()) + condition(statement) + " |\n";
    }

    private static String callerRow(Resource permission) {
        return "| " + bare(permission.properties().path("FunctionName").asText()).replaceFirst(".*-", "") + " | `"
                + permission.properties().path("Principal").asText() + "` | `"
                + bare(permission.properties().path("SourceArn").asText()) + "` |\n";
    }

    private static String condition(Statement statement) {
        return Reviewed.items(statement.written().path("Condition")).flatMap(operator -> operator.properties().stream())
                .map(key -> ", if " + key.getKey() + " is " + (key.getValue().isArray()
                        ? Reviewed.items(key.getValue()).map(JsonNode::asText).map(PermissionsPageTest::bare)
                                .collect(Collectors.joining(" or "))
                        : key.getValue().asText()))
                .collect(Collectors.joining());
    }

    private static String quoted(List<String> texts) {
        return texts.stream().map(text -> "`" + bare(text) + "`").collect(Collectors.joining(", "));
    }

    /** An ARN without partition, service, region and account; other texts as they are. */
    private static String bare(String text) {
        return text.replaceFirst("^arn:aws:[a-z0-9-]*:[a-z0-9-]*:[0-9]*:", "");
    }

    /** The comment above the statement that has these actions, below the resource whose it is. */
    private Optional<String> reason(Statement grant) {
        for (String text : reviewed.texts().values()) {
            List<String> lines = text.lines().dropWhile(line -> !line.equals("  " + grant.owner() + ":")).skip(1)
                    .takeWhile(line -> !line.matches(" {2}\\w+:")).toList();
            for (int i = 0; i < lines.size(); i++) {
                String statement = lines.stream().skip(i + 1L).takeWhile(line -> !line.contains("Effect: Allow"))
                        .collect(Collectors.joining("\n"));
                if (lines.get(i).contains("Effect: Allow") && grant.actions().stream().allMatch(statement::contains)) {
                    return comment(lines, i);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> comment(List<String> lines, int statement) {
        int last = statement - 1;
        while (!lines.get(last).strip().startsWith("#")) {
            last--;
        }
        int first = last;
        while (lines.get(first - 1).strip().startsWith("#")) {
            first--;
        }
        return last < statement - 3
                ? Optional.empty()
                : Optional.of(lines.subList(first, last + 1).stream().map(line -> line.strip().substring(1).strip())
                        .collect(Collectors.joining(" ")));
    }
}
