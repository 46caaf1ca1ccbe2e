package io.greenlane.validation.rules.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.greenlane.validation.rules.Reading;
import java.nio.charset.StandardCharsets;

/** Whatever stands in a validation file, it is usable, or refused at places that the file has; secrets are never told. */
class RulesReaderFuzzTest {
    @FuzzTest(maxDuration = "10m")
    @DictionaryFile(resourcePath = "/io/greenlane/validation/rules/validation.dict")
    void a_file_is_usable_or_refused_at_its_lines(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        switch (Files.read(text)) {
            case Reading.Usable(var rules) -> assertThat(rules.hooks()).isNotEmpty();
            case Reading.Refused refused -> {
                long lines = text.chars().filter(c -> c == '\n' || c == '\r' || c == '\u0085' || c == '\u2028'
                        || c == '\u2029').count() + 1;
                assertThat(refused.problems()).isNotEmpty().allSatisfy(problem -> {
                    assertThat((long) problem.place().line()).isBetween(0L, lines);
                    assertThat(problem.sentence()).isNotBlank().doesNotContain(Files.TOKEN);
                });
            }
        }
    }
}
