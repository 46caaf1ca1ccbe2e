package io.greenlane.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {
    private static final String HEX = "7f".repeat(32);
    private static final Repository SHOP = new Repository(new Registry("111122223333", "eu-west-1"),
            new RepositoryName("shop/api"), "127.0.0.1:5000/shop/api");
    private static final Repository CHINA = new Repository(new Registry("111122223333", "cn-north-1"),
            new RepositoryName("shop/api"), "111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/shop/api");

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            nginx                      | -               | nginx        | -    | false
            nginx:1.29                 | -               | nginx        | 1.29 | false
            library/nginx:1            | -               | library/nginx | 1   | false
            localhost/app              | localhost       | app          | -    | false
            localhost:5000/app:v1      | localhost:5000  | app          | v1   | false
            127.0.0.1:5000/shop/api    | 127.0.0.1:5000  | shop/api     | -    | false
            registry.example/a/b/c:x_y | registry.example | a/b/c       | x_y  | false
            REGISTRY.example/a         | registry.example | a           | -    | false
            reg.example:443/a@DIGEST   | reg.example:443 | a            | -    | true
            reg.example:443/a:v1@DIGEST | reg.example:443 | a           | v1   | true
            a@DIGEST                   | -               | a            | -    | true
            .internal/app              | .internal       | app          | -    | false
            """)
    void a_reference_is_taken_apart(String text, String registry, String path, String tag, boolean pinned) {
        assertThat(ImageReference.parse(text.replace("DIGEST", "sha256:" + HEX))).hasValueSatisfying(reference -> {
            assertThat(reference.registry()).isEqualTo(registry);
            assertThat(reference.path()).isEqualTo(path);
            assertThat(reference.tag()).isEqualTo(tag);
            assertThat(reference.digest()).isEqualTo(pinned ? new Digest("sha256:" + HEX) : null);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "@", "a@sha256:7f", "a@", "a:", "a:b:c d", "reg.example/", "a b", "$(id)", "a@x@y",
            "nginx:-x", "näme"})
    void text_that_names_no_image_is_none(String text) {
        assertThat(ImageReference.parse(text)).isEmpty();
    }

    @Test
    void the_longest_reference_has_1024_characters() {
        assertThat(ImageReference.parse("a".repeat(1022) + ":v")).isPresent();
        assertThat(ImageReference.parse("a".repeat(1023) + ":v")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/api:v1, true",
            "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/api, true",
            "111122223333.DKR.ecr.eu-west-1.amazonaws.com/shop/api:v1, true",
            "127.0.0.1:5000/shop/api:v1, true", "127.0.0.1:5001/shop/api:v1, false",
            "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/api2:v1, false",
            "111122223333.dkr.ecr.eu-west-1.amazonaws.com/x/shop/api:v1, false",
            "111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/api:v1, false",
            "999988887777.dkr.ecr.eu-west-1.amazonaws.com/shop/api:v1, false",
            "111122223333.dkr.ecr.eu-west-1.amazonaws.com.evil.example/shop/api, false", "shop/api:v1, false",
            "docker.io/shop/api:v1, false", "not an image, false"})
    void a_repository_holds_what_is_pulled_under_its_names(String image, boolean held) {
        assertThat(SHOP.holds(image)).isEqualTo(held);
    }

    @ParameterizedTest
    @CsvSource({"111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/shop/api:v1, true",
            "111122223333.dkr.ecr.cn-north-1.amazonaws.com/shop/api:v1, true",
            "111122223333.dkr.ecr.cn-north-1.amazonaws.com.cnx/shop/api:v1, false"})
    void a_repository_in_china_has_its_own_host(String image, boolean held) {
        assertThat(CHINA.holds(image)).isEqualTo(held);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:5000/shop/api", "127.0.0.1:5000/shop/api:v1",
            "127.0.0.1:5000/shop/api:v1@sha256:0000000000000000000000000000000000000000000000000000000000000000"})
    void pinning_keeps_the_name_and_drops_the_tag(String text) {
        assertThat(ImageReference.parse(text).orElseThrow().pinnedTo(new Digest("sha256:" + HEX)))
                .isEqualTo("127.0.0.1:5000/shop/api@sha256:" + HEX);
    }
}
