package io.greenlane.validation.source;

/** Finds texts by the URI of their place. */
@FunctionalInterface
public interface Documents {
    /** Asks the place; whatever it answers is a value. */
    Lookup find(SourceUri uri);

    /** What a place answered. */
    sealed interface Lookup {
        /** The text. */
        record Found(Document document) implements Lookup {}

        /** There is nothing of that name. */
        record NotThere(String sentence) implements Lookup {}

        /** There may be something, but it cannot be read or is no document. */
        record Unreadable(String sentence) implements Lookup {}
    }
}
