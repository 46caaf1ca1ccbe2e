package io.greenlane.sample;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How a version behaves; baked into its image as the environment variable BEHAVIOUR. */
public enum Behaviour {
    /** As it should. */
    GOOD("good"),
    /** The page answers 500 while the health check is content: only a look at the page finds it. */
    PAGE_500("page-500"),
    /** The health check answers 503 for ever. */
    UNHEALTHY("unhealthy"),
    /** One product answers 202 instead of 200, with the usual body. */
    WRONG_STATUS("wrong-status"),
    /** Products have no price. */
    MISSING_FIELD("missing-field"),
    /** The tags of a product are null instead of a list. */
    NULL_LIST("null-list"),
    /** The availability IN_STOCK is called AVAILABLE. */
    CHANGED_ENUM("changed-enum"),
    /** JSON is said to be plain text. */
    CHANGED_HEADER("changed-header"),
    /** The API takes 20 % longer. */
    SLOW("slow"),
    /** The API takes half as long again. */
    SLOWER("slower"),
    /** One of a hundred answers of the API is 500. */
    ERRORS("errors"),
    /** Page and API answer 503 for the first ten minutes while the health check is content. */
    SLOW_START("slow-start"),
    /** Each answer of the API keeps some memory and makes the next one slower, as a collector under pressure does. */
    MEMORY_GROWTH("memory-growth");

    private final String word;

    Behaviour(String word) {
        this.word = word;
    }

    /** As it stands in the environment. */
    public String word() {
        return word;
    }

    static Behaviour of(String word) {
        for (Behaviour behaviour : values()) {
            if (behaviour.word.equals(word)) {
                return behaviour;
            }
        }
        throw new IllegalArgumentException("BEHAVIOUR is one of "
                + Arrays.stream(values()).map(Behaviour::word).collect(Collectors.joining(", ")) + ", got '" + word
                + "'");
    }
}
