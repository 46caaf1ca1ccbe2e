package io.greenlane.rehearsal.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.cloud.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page about costs has every type of resource that the templates create, and how many there are. */
class CostPageTest {
    private static final Path PAGE = ShippedTemplates.root().resolve("docs/costs.md");
    private static final Pattern ADDED = Pattern.compile("^\\| `(\\w+)` \\| `(AWS::[A-Za-z0-9:]+)` \\| ([0-9]+) \\|",
            Pattern.MULTILINE);
    private static final Pattern ROW = Pattern.compile("^\\| `(AWS::[A-Za-z0-9:]+)` \\| ([0-9]+) \\|",
            Pattern.MULTILINE);

    @Test
    void every_resource_of_the_templates_has_its_line() throws IOException {
        Map<String, String> everything = new HashMap<>(ShippedTemplates.SAMPLE_WEBSITE);
        everything.put("NotificationEmail", "ops@example.com");
        Stack stack = deploy(everything);
        String page = Files.readString(PAGE);
        int sample = page.indexOf("## The sample website");

        assertThat(rows(page.substring(0, sample))).isEqualTo(types(stack));
        assertThat(rows(page.substring(sample))).isEqualTo(types(stack.stack("Sample")));
    }

    /** What is charged for comes with these parameters alone; those of the sample website have a section of their own. */
    @ParameterizedTest
    @CsvSource({"Approvals,true", "ApprovalsInChat,true",
            "KmsKeyArn,arn:aws:kms:eu-west-1:111122223333:key/0d6b2b6a-9f5e-4c1e-8f0e-2f5b7a3c1d9e",
            "PermissionsBoundaryArn,arn:aws:iam::111122223333:policy/boundary", "SecretPath,/shop/secrets/"})
    void every_resource_that_a_parameter_adds_has_its_line(String parameter, String value) throws IOException {
        Map<String, String> before = new HashMap<>(ShippedTemplates.EXISTING_SERVICE);
        before.put("Approvals", Boolean.toString(parameter.equals("ApprovalsInChat")));
        Map<String, String> after = new HashMap<>(before);
        after.put(parameter, value);
        Map<String, Long> added = types(deploy(after));
        types(deploy(before)).forEach((type, number) -> added.merge(type, -number, Long::sum));
        added.values().removeIf(number -> number == 0);

        Map<String, Long> rows = ADDED.matcher(Files.readString(PAGE)).results()
                .filter(row -> row.group(1).equals(parameter))
                .collect(Collectors.toMap(row -> row.group(2), row -> Long.valueOf(row.group(3))));
        assertThat(rows).isEqualTo(added);
    }

    private static Stack deploy(Map<String, String> parameters) {
        return new StackDeployer(new Account("111122223333", "eu-west-1"), new RecordingCloud().clients())
                .deploy("greenlane", ShippedTemplates.main(), parameters);
    }

    private static Map<String, Long> types(Stack stack) {
        Map<String, Long> types = stack.resources().values().stream()
                .collect(Collectors.groupingBy(Stack.Resource::type, TreeMap::new, Collectors.counting()));
        types.remove("AWS::CloudFormation::Stack");
        return types;
    }

    private static Map<String, Long> rows(String text) {
        return ROW.matcher(text).results().collect(
                Collectors.toMap(row -> row.group(1), row -> Long.valueOf(row.group(2)), (one, other) -> one,
                        TreeMap::new));
    }
}
