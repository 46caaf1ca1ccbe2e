package io.greenlane.aws;

import io.greenlane.json.Quote;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Why a service did not answer as asked, in words that a person can act on. */
final class Refusal {
    private static final Set<String> DENIED = Set.of("AccessDenied", "AccessDeniedException");
    /** How AWS's messages name what was denied; a few have no resource. */
    private static final Pattern MISSING = Pattern
            .compile("not authorized to perform: ([\\w-]+:\\w+)(?: on resource: (\\S+))?");

    private Refusal() {}

    /**
     * A clause about the failure.
     *
     * @param permissions what the role of the function needs, told when the service denied access without naming an action
     */
    static String of(SdkException failure, String permissions) {
        if (!(failure instanceof AwsServiceException refused) || refused.awsErrorDetails() == null) {
            return Quote.of(failure.getMessage());
        }
        String code = String.valueOf(refused.awsErrorDetails().errorCode());
        return DENIED.contains(code) || refused.statusCode() == 403
                ? code + "; the role of the function needs " + missing(refused).orElse(permissions)
                : code + ", " + Quote.of(refused.awsErrorDetails().errorMessage());
    }

    private static Optional<String> missing(AwsServiceException refused) {
        Matcher named = MISSING.matcher(String.valueOf(refused.awsErrorDetails().errorMessage()));
        return named.find()
                ? Optional.of(named.group(1) + (named.group(2) == null ? "" : " on " + named.group(2)))
                : Optional.empty();
    }
}
