package io.greenlane.validation.rules.yaml;

import io.greenlane.validation.Place;

/** Ends the reading of a text of which nothing more can be said. */
final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Place place;

    Unreadable(Place place, String sentence) {
        super(sentence, null, false, false);
        this.place = place;
    }

    Place place() {
        return place;
    }
}
