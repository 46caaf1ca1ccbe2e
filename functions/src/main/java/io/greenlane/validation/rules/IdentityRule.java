package io.greenlane.validation.rules;

import io.greenlane.probe.Request;
import io.greenlane.validation.Place;
import org.jspecify.annotations.Nullable;

/**
 * How an answer shows which version gave it.
 *
 * @param request the one that is asked for proof
 * @param header name of the header that says it; null when a JSON path does
 * @param jsonPath path to the value that says it; null when a header does
 * @param equals what the new version says, for example its digest
 * @param inARow so many proven answers in a row are the proof
 */
public record IdentityRule(Place place, Request request, @Nullable String header, @Nullable String jsonPath,
        String equals, int inARow) {}
