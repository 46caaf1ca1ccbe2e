package io.greenlane.release;

/** A release was asked for that the ledger does not know. */
public final class NoSuchReleaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoSuchReleaseException(String releaseId) {
        super("The ledger knows no release " + releaseId);
    }
}
