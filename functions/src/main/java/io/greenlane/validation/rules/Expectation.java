package io.greenlane.validation.rules;

import io.greenlane.validation.ExpectedStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an answer must be.
 *
 * @param latency null for any
 */
public record Expectation(ExpectedStatus status, @Nullable LatencyRule latency, List<TextRule> headers,
        List<TextRule> body, List<JsonRule> json) {
    public Expectation {
        headers = List.copyOf(headers);
        body = List.copyOf(body);
        json = List.copyOf(json);
    }
}
