package io.greenlane.aws;

import io.greenlane.json.Quote;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Why a service did not answer as asked, in words that a person can act on. */
final class Refusal {
    private static final Set<String> DENIED = Set.of("AccessDenied", "AccessDeniedException");

    private Refusal() {}

    /**
     * A clause about the failure.
     *
     * @param permissions what the role of the function needs, told when the service denied access
     */
    static String of(SdkException failure, String permissions) {
        if (!(failure instanceof AwsServiceException refused) || refused.awsErrorDetails() == null) {
            return Quote.of(failure.getMessage());
        }
        String code = String.valueOf(refused.awsErrorDetails().errorCode());
        return DENIED.contains(code) || refused.statusCode() == 403
                ? code + "; the role of the function needs " + permissions
                : code + ", " + Quote.of(refused.awsErrorDetails().errorMessage());
    }
}
