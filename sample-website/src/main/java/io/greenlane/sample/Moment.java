package io.greenlane.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * What else an answer depends on, so that a real server and a simulation answer by the same code.
 *
 * @param now wall clock
 * @param sinceStart how long the version has been running
 * @param served how many requests the API has answered before
 * @param random where natural noise comes from
 */
public record Moment(Instant now, Duration sinceStart, long served, RandomGenerator random) {}
