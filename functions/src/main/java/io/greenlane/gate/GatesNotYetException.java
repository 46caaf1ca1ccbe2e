package io.greenlane.gate;

/** A gate does not let the release pass yet; the workflow waits and looks again. */
public final class GatesNotYetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public GatesNotYetException(String sentence) {
        super(sentence);
    }
}
