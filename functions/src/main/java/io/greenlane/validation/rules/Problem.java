package io.greenlane.validation.rules;

import io.greenlane.validation.Place;

/**
 * Why a file cannot be used.
 *
 * @param place in the file, from line 1 and column 1 on; line 0 when it stands in no file
 * @param sentence for people: the value, and the way out; never a secret
 */
public record Problem(Place place, String sentence) {
    /** On one line, the way editors can follow it: {@code validation.yaml:41:7: ...}. */
    @Override
    public String toString() {
        return place.source() + (place.line() == 0 ? "" : ":" + place.line() + ":" + place.column()) + ": " + sentence;
    }
}
