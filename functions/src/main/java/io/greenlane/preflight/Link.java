package io.greenlane.preflight;

import java.util.Map;

/**
 * One link of the chain.
 *
 * @param name what it is
 * @param sentence what was found; with a way out, unless it holds
 */
public record Link(String name, State state, String sentence) {
    /** How it stands. */
    public enum State {
        /** As it should be. */
        HOLDS("✔"),
        /** Releases work, and something is missing all the same. */
        WARNS("!"),
        /** No release can come to its end. */
        BROKEN("✘"),
        /** It could not be looked at. */
        UNSEEN("?");

        private final String mark;

        State(String mark) {
            this.mark = mark;
        }
    }

    static Link holds(String name, String sentence) {
        return new Link(name, State.HOLDS, sentence);
    }

    static Link warns(String name, String sentence) {
        return new Link(name, State.WARNS, sentence);
    }

    static Link broken(String name, String sentence) {
        return new Link(name, State.BROKEN, sentence);
    }

    static Link unseen(String name, String sentence) {
        return new Link(name, State.UNSEEN, sentence);
    }

    /** Whether releases can rely on it. */
    boolean bears() {
        return state == State.HOLDS || state == State.WARNS;
    }

    String line() {
        return state.mark + " " + name + ": " + sentence;
    }

    Map<String, Object> members() {
        return Map.of("name", name, "state", state.name(), "sentence", sentence);
    }
}
