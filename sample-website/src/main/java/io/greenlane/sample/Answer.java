package io.greenlane.sample;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a version answers.
 *
 * @param headers in the order in which they are sent
 * @param delay the work that the answer takes: a server waits that long, a simulation counts it as latency
 * @param keptBytes memory that the version does not give back after the answer
 */
public record Answer(int status, Map<String, String> headers, String body, Duration delay, int keptBytes) {
    public Answer {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }
}
