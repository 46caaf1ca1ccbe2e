package io.greenlane.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryTest {
    @ParameterizedTest
    @CsvSource({"arn:aws:lambda:eu-west-1:111122223333:function:PlanRelease, eu-west-1",
            "arn:aws-cn:ecr:cn-north-1:111122223333:repository/shop/api, cn-north-1"})
    void a_resource_lives_beside_the_registry_of_its_account_and_region(String arn, String region) {
        assertThat(Registry.ofArn(arn)).isEqualTo(new Registry("111122223333", region));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PlanRelease", "arn:gcp:lambda:eu-west-1:111122223333:function:PlanRelease",
            "arn:aws:s3:::bucket", "arn:aws:lambda:eu-west-1:1111:function:PlanRelease"})
    void what_names_no_account_and_region_is_refused(String arn) {
        assertThatIllegalArgumentException().isThrownBy(() -> Registry.ofArn(arn));
    }

    @Test
    void a_name_of_a_repository_has_2_to_256_characters() {
        assertThat(new RepositoryName("ab").text()).hasSize(2);
        assertThat(new RepositoryName("a".repeat(256)).text()).hasSize(256);
        assertThatIllegalArgumentException().isThrownBy(() -> new RepositoryName("a"))
                .withMessageEndingWith("got 'a'");
        assertThatIllegalArgumentException().isThrownBy(() -> new RepositoryName("a".repeat(257)))
                .withMessageContaining("2 to 256");
    }
}
