package io.greenlane.sample;

/** How a version behaves; baked into its image as the environment variable BEHAVIOUR. */
public enum Behaviour {
    /** Page and health answer 200. */
    GOOD("good"),
    /** The page answers 500 while the health check is content: only a look at the page finds it. */
    PAGE_500("page-500"),
    /** The health check answers 503 for ever. */
    UNHEALTHY("unhealthy");

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
        throw new IllegalArgumentException("BEHAVIOUR is good, page-500 or unhealthy, got '" + word + "'");
    }
}
