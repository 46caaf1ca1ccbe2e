package io.greenlane.release;

/** Makes codes for texts, and knows them again. Whoever has not its key can make none. */
public interface Seal {
    /**
     * The code of a text; the same text has the same one.
     *
     * @return 43 letters, digits, dashes and underscores
     * @throws UnusableSealException when the key cannot be used now
     */
    String of(String text);

    /**
     * Whether this seal made that code for that text.
     *
     * @throws UnusableSealException when the key cannot be used now
     */
    boolean fits(String code, String text);

    /** The key cannot be used now; the message is a sentence without a full stop. */
    final class UnusableSealException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public UnusableSealException(String sentence) {
            super(sentence);
        }
    }
}
