package io.greenlane.rehearsal.codedeploy;

import software.amazon.awssdk.services.codedeploy.model.ErrorCode;

/** Something that makes a running deployment fail, with the code and the text of its errorInformation. */
final class DeploymentFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ErrorCode code;

    DeploymentFault(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    DeploymentFault(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    ErrorCode code() {
        return code;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
