package io.greenlane.rehearsal.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.cloud.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page about costs has every type of resource that the templates create, and how many there are. */
class CostPageTest {
    private static final Pattern ROW = Pattern.compile("^\\| `(AWS::[A-Za-z0-9:]+)` \\| ([0-9]+) \\|",
            Pattern.MULTILINE);

    @Test
    void every_resource_of_the_templates_has_its_line() throws IOException {
        Map<String, String> everything = new HashMap<>(ShippedTemplates.SAMPLE_WEBSITE);
        everything.put("NotificationEmail", "ops@example.com");
        Stack stack = new StackDeployer(new Account("111122223333", "eu-west-1"), new RecordingCloud().clients())
                .deploy("greenlane", ShippedTemplates.main(), everything);
        String page = Files.readString(ShippedTemplates.root().resolve("docs/costs.md"));
        int sample = page.indexOf("## The sample website");

        assertThat(rows(page.substring(0, sample))).isEqualTo(types(stack));
        assertThat(rows(page.substring(sample))).isEqualTo(types(stack.stack("Sample")));
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
