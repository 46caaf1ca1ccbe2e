package io.greenlane.service;

import java.util.List;

/** A tracked service that cannot be deployed to as it stands; nothing was touched and the release ends as REJECTED. */
public final class ServiceNotDeployableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ServiceNotDeployableException(String sentence) {
        super(sentence);
    }

    /** Everything found wrong, in one message. */
    public ServiceNotDeployableException(List<String> sentences) {
        super(String.join("; ", sentences));
    }
}
