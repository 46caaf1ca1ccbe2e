package io.greenlane.rehearsal.asl;

import java.util.Optional;

/** How a state selects and shapes its data. */
public enum QueryLanguage {
    /** Paths, payload templates and intrinsic functions; the default. */
    JSONPATH("JSONPath"),
    /** Expressions between <code>{%</code> and <code>%}</code>. */
    JSONATA("JSONata");

    private final String word;

    QueryLanguage(String word) {
        this.word = word;
    }

    /** The language as written in the field QueryLanguage of a definition. */
    public String word() {
        return word;
    }

    static Optional<QueryLanguage> of(String word) {
        for (QueryLanguage language : values()) {
            if (language.word.equals(word)) {
                return Optional.of(language);
            }
        }
        return Optional.empty();
    }
}
