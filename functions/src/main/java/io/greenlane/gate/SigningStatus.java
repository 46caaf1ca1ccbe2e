package io.greenlane.gate;

/**
 * What the registry says of one signature of an image that it makes itself (ECR API, DescribeImageSigningStatus).
 *
 * @param profile ARN of the signing profile
 * @param failure why it failed; empty when it did not
 */
public record SigningStatus(String profile, State state, String failure) {
    /** How far it is. */
    public enum State {
        COMPLETE, IN_PROGRESS, FAILED
    }
}
