package io.greenlane.rehearsal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.validation.source.CompressedText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The sample website's own validation.yaml. */
class SampleValidationTest {
    /** Characters of a parameter in the standard tier (Systems Manager API, PutParameter). */
    private static final int STANDARD = 4096;

    private final String text = ValidationFiles.text(
            ValidationFiles.ROOT.resolve("sample-website/deploy/validation.yaml"));

    @Test
    void the_reader_and_the_schema_accept_it() {
        assertThat(ValidationFiles.sentences(text)).isEmpty();
        assertThat(ValidationFiles.complaints(ValidationFiles.validator(), ValidationFiles.yaml(text))).isEmpty();
    }

    @Test
    void packed_it_fits_into_a_standard_parameter_and_comes_out_whole() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        String parameter = Base64.getEncoder().encodeToString(packed.toByteArray());

        assertThat(parameter).hasSizeLessThanOrEqualTo(STANDARD).doesNotContain("{{");
        assertThat(CompressedText.bytes(parameter)).hasValueSatisfying(
                bytes -> assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(text));
    }

    @Test
    void no_check_knows_what_only_a_comparison_shall_find() {
        assertThat(text.lines().filter(line -> !line.strip().startsWith("#")))
                .noneMatch(line -> line.contains("price"));
    }
}
