package io.greenlane.rehearsal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What people read about validation.yaml is true. */
class ValidationGuideTest {
    private static final Path GUIDE = ValidationFiles.ROOT.resolve("docs/validation.md");
    private static final Pattern KEYS = Pattern.compile("(?s)(<!-- keys: [^>]*-->\n).*(<!-- end of keys -->\n)");
    private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");

    @Test
    void its_tables_show_the_schema_as_it_is() throws IOException {
        String written = Files.readString(GUIDE);
        String guide = KEYS.matcher(written).replaceFirst(found -> Matcher
                .quoteReplacement(
                        found.group(1) + new SchemaTables(ValidationFiles.schema()).markdown() + found.group(2)));
        if (Boolean.getBoolean("greenlane.draw")) {
            Files.writeString(GUIDE, guide);
        }

        assertThat(GUIDE).as("drawn anew with -Dgreenlane.draw=true").hasContent(guide);
    }

    @Test
    void its_first_file_can_be_used_and_has_ten_lines() throws IOException {
        String first = YAML.matcher(Files.readString(GUIDE)).results().map(found -> found.group(1)).findFirst()
                .orElseThrow();

        assertThat(ValidationFiles.sentences(first)).isEmpty();
        assertThat(ValidationFiles.complaints(ValidationFiles.validator(), ValidationFiles.yaml(first))).isEmpty();
        assertThat(first.lines().filter(line -> !line.startsWith("#"))).hasSizeLessThanOrEqualTo(10);
    }

    @Test
    void its_other_yaml_is_part_of_such_a_file() throws IOException {
        for (MatchResult found : YAML.matcher(Files.readString(GUIDE)).results().skip(1).toList()) {
            String text = found.group(1) + "version: 1\nhooks: { AfterAllowTestTraffic: {} }\n";

            assertThat(ValidationFiles.sentences(text)).as(text).isEmpty();
        }
    }
}
