package io.greenlane.sample;

import java.util.Map;

/**
 * What a version is started with.
 *
 * @param port PORT of the environment, 80 without it, 0 for any free one
 * @param version VERSION of the environment, {@code dev} without it
 * @param behaviour BEHAVIOUR of the environment, good without it
 */
public record Settings(int port, String version, Behaviour behaviour) {
    private static final int LARGEST_PORT = 65_535;

    public Settings {
        if (port < 0 || port > LARGEST_PORT) {
            throw new IllegalArgumentException("PORT is 0 to " + LARGEST_PORT + ", got " + port);
        }
    }

    /** Reads the environment. */
    public static Settings from(Map<String, String> environment) {
        String port = environment.getOrDefault("PORT", "80");
        try {
            return new Settings(Integer.parseInt(port), environment.getOrDefault("VERSION", "dev"),
                    Behaviour.of(environment.getOrDefault("BEHAVIOUR", Behaviour.GOOD.word())));
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException("PORT is a number, got '" + port + "'", malformed);
        }
    }
}
