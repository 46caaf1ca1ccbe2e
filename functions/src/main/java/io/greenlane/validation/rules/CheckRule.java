package io.greenlane.validation.rules;

import io.greenlane.probe.Request;
import io.greenlane.validation.Place;

/**
 * One request and what its answer must be.
 *
 * @param name in the file
 * @param enforced false for a trial rule
 */
public record CheckRule(String name, Place place, boolean enforced, Request request, Expectation expect, Retry retry) {}
