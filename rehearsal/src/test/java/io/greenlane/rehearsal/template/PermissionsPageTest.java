package io.greenlane.rehearsal.template;

import static org.assertj.core.api.Assertions.assertThat;

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

            Where an existing service is deployed to, its own names stand in place of those of the sample; without `KmsKeyArn`
            nothing is granted on a key. The key of approvals has a policy of its own, in the template: `CheckGatesRole` makes
            codes with it and `ApproveReleaseRole` compares them, and nobody else can. ARNs are shown without partition, service, region and account.
            """;

    private final Reviewed reviewed = Reviewed.of(ShippedTemplates.root(), withKey());

    private static Map<String, String> withKey() {
        Map<String, String> parameters = new HashMap<>(ShippedTemplates.SAMPLE_WEBSITE);
        parameters.putAll(ShippedTemplates.OF_THE_ACCOUNT);
        return parameters;
    }

    @Test
    void the_page_tells_what_the_templates_grant() throws IOException {
        String page = HEAD + Stream.concat(reviewed.all("AWS::IAM::ManagedPolicy"), reviewed.all("AWS::IAM::Role"))
                .map(this::section).collect(Collectors.joining());
        if (Boolean.getBoolean("greenlane.draw")) {
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE).as("drawn anew with -Dgreenlane.draw=true").hasContent(page);
    }

    @Test
    void every_grant_has_a_reason() {
        assertThat(reviewed.grants()).isNotEmpty()
                .allSatisfy(grant -> assertThat(reason(grant)).as(grant.toString()).isPresent());
    }

    private String section(Resource owner) {
        String assumedBy = reviewed.trusts().filter(trust -> trust.owner().equals(owner.id()))
                .map(trust -> ", assumed by " + trust.written().path("Principal").path("Service").asText())
                .collect(Collectors.joining());
        String attached = Reviewed.items(owner.properties().path("ManagedPolicyArns"))
                .map(arn -> ", with " + arn.asText().replaceFirst(".*[/-]", "")).collect(Collectors.joining());
        String rows = reviewed.grants().filter(grant -> grant.owner().equals(owner.id())).map(this::row)
                .collect(Collectors.joining());
        return "\n## " + owner.id() + assumedBy + attached + "\n\n| Action | On | Why |\n|---|---|---|\n" + rows;
    }

    private String row(Statement grant) {
        String condition = Reviewed.items(grant.written().path("Condition"))
                .flatMap(operator -> operator.properties().stream())
                .map(key -> ", if " + key.getKey() + " is " + key.getValue().asText()).collect(Collectors.joining());
        return "| " + grant.actions().stream().map(action -> "`" + action + "`").collect(Collectors.joining(", "))
                + " | "
                + grant.resources().stream()
                        .map(arn -> "`" + arn.replaceFirst("^arn:aws:[a-z0-9-]*:[a-z0-9-]*:[0-9]*:", "")
                                + "`")
                        .collect(Collectors.joining(", "))
                + condition + " | " + reason(grant).orElse("") + " |\n";
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
