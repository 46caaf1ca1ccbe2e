package io.greenlane.release;

import io.greenlane.release.OutcomeDesk.Verdict;

/** What the failure of a workflow step means for its release. */
public final class Failure {
    private Failure() {}

    /**
     * Reads a failure.
     *
     * @param error name of the error as the workflow caught it; for a function's exception its class name (Step Functions guide)
     * @param message of the error; empty when it has none
     */
    public static Verdict of(String error, String message) {
        String name = error.substring(error.lastIndexOf('.') + 1);
        String said = message.isBlank() ? "" : ": " + message;
        return switch (name) {
            case "ImageGoneException" -> new Verdict(Outcome.IMAGE_GONE, orName(message, name), null);
            case "ServiceNotDeployableException", "CopyDiffersException", "GatesClosedException" ->
                new Verdict(Outcome.REJECTED,
                        orName(message, name), null);
            case "Timeout", "HeartbeatTimeout" -> new Verdict(Outcome.FAILED,
                    "A step of the workflow did not end in time" + said, null);
            default -> new Verdict(Outcome.FAILED, "A step of the workflow failed with " + name + said, null);
        };
    }

    private static String orName(String message, String name) {
        return message.isBlank() ? name : message;
    }
}
