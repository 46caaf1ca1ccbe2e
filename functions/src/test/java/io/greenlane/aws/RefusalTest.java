package io.greenlane.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

class RefusalTest {
    private static SdkException denied(String message) {
        return AwsServiceException.builder().statusCode(400).awsErrorDetails(
                AwsErrorDetails.builder().errorCode("AccessDeniedException").errorMessage(message).build()).build();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "because no identity-based policy allows the ecr:ListImages action | ecr:ListImages",
            "on resource: arn:aws:ecr:eu-west-1:1:repository/shop/web because no | "
                    + "ecr:ListImages on arn:aws:ecr:eu-west-1:1:repository/shop/web",
            "on resource: arn:aws:ecr:eu-west-1:1:repository/web with an explicit deny in a service control policy | "
                    + "ecr:ListImages on arn:aws:ecr:eu-west-1:1:repository/web"})
    void what_is_missing_is_what_the_message_names(String rest, String missing) {
        assertThat(Refusal.of(denied("User: arn:aws:sts::1:assumed-role/Role/me is not authorized to perform: "
                + "ecr:ListImages " + rest), "all of ecr"))
                .isEqualTo("AccessDeniedException; the role of the function needs " + missing);
    }

    @Test
    void without_a_name_it_is_what_the_call_is_known_to_need() {
        assertThat(Refusal.of(denied("Access denied."), "ecr:ListImages"))
                .isEqualTo("AccessDeniedException; the role of the function needs ecr:ListImages");
    }

    @Test
    void what_is_no_refusal_is_told_as_it_is() {
        assertThat(Refusal.of(SdkClientException.create("Timed out."), "ecr:ListImages")).isEqualTo("'Timed out.'");
    }
}
