package io.greenlane.validation.source;

/** Values that a validation file refers to by name and that are never shown. */
@FunctionalInterface
public interface Secrets {
    /**
     * The value of a secret.
     *
     * @throws SecretUnavailableException when there is none of that name or it may not be read
     */
    String value(String name);

    /** A secret that cannot be had; the message is a sentence and never holds a value. */
    final class SecretUnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public SecretUnavailableException(String sentence) {
            super(sentence);
        }
    }
}
