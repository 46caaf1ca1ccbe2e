package io.greenlane.gate;

/** A gate does not let the release pass; nothing was touched and the release ends as REJECTED. */
public final class GatesClosedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public GatesClosedException(String sentence) {
        super(sentence);
    }
}
