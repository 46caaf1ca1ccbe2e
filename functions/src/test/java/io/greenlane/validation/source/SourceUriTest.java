package io.greenlane.validation.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceUriTest {
    @ParameterizedTest
    @ValueSource(strings = {"ssm:/greenlane/shop/validation", "s3://my-bucket/a/b c/validation.yaml",
            "s3://a.b.c/ü?x=1#y", "appconfig:shop/prod/validation rules", "file:validation.yaml", "file:/etc/v.yaml",
            "default:"})
    void a_uri_reads_back_as_it_was_written(String text) {
        assertThat(SourceUri.parse(text).text()).isEqualTo(text);
    }

    @Test
    void a_file_may_have_three_slashes() {
        assertThat(SourceUri.parse("file:///tmp/v.yaml").text()).isEqualTo("file:/tmp/v.yaml");
    }

    @Test
    void the_usual_place_is_named_after_the_service() {
        assertThat(SourceUri.usualOf("shop_api-2").text()).isEqualTo("ssm:/greenlane/shop_api-2/validation");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "validation.yaml", "/etc/passwd", "http://169.254.169.254/latest", "https://x/y",
            "SSM:/a", "ssm:", "ssm:name", "ssm:/", "ssm:/a//b", "ssm:/a/", "ssm:/a b", "ssm:/a/*", "ssm:/a:3",
            "ssm://x/y", "ssm:/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16", "ssm:/a\n", "ssm:/a\u0000b", "s3:bucket/key",
            "s3:/bucket/key", "s3://bucket", "s3://bucket/", "s3://Bucket/key", "s3://b/key", "s3://bu..cket/key",
            "s3://10.0.0.1/key", "s3://bu_cket/key", "s3://user@bucket/key", "s3:///key", "s3://bucket//key",
            "s3://bucket/a/../b", "s3://bucket/./a", "s3://bucket/a\rb", "appconfig:a", "appconfig:a/b",
            "appconfig:a/b/c/d", "appconfig:a//c", "appconfig:a/ /c", "file:", "file://host/share", "file:////host/x",
            "file:a\u0000b", "default:x", "default", "jar:file:x!/y", " ssm:/a", "ssm:/ä"})
    void hostile_or_malformed_text_is_refused_with_a_sentence_on_one_line(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> SourceUri.parse(text))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeGreaterThan(20).doesNotContain("\n", "\r", "\u0000"));
    }

    @Test
    void a_uri_longer_than_any_place_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> SourceUri.parse("s3://bucket/" + "a".repeat(3000)))
                .withMessageContaining("2000 characters");
        assertThatIllegalArgumentException().isThrownBy(() -> SourceUri.parse("ssm:/" + "a".repeat(1500)));
        assertThatIllegalArgumentException().isThrownBy(() -> SourceUri.parse("appconfig:a/b/" + "c".repeat(200)));
    }

    @Test
    void the_refusal_lists_what_would_do() {
        assertThatIllegalArgumentException().isThrownBy(() -> SourceUri.parse("http://x/y")).withMessage(
                "'http://x/y' is no place of a file; it must be ssm:/path/name, s3://bucket/key, "
                        + "appconfig:application/environment/profile, file:path or default:");
    }
}
