package io.greenlane.validation.difference;

import java.util.Map;

/**
 * What is compared of an answer.
 *
 * @param status 0 when it is not compared
 * @param headers the chosen ones that are there, by name in small letters
 */
public record Content(int status, Map<String, String> headers, Body body) {
    public Content {
        headers = Map.copyOf(headers);
    }

    /** A body as far as it is compared. */
    sealed interface Body {}

    /** Nothing at all, as after HEAD. */
    record Empty() implements Body {}

    /** JSON without the paths that are ignored. */
    record Json(Shape shape) implements Body {}

    /** Something else, such as a page: what it says is not compared. */
    record Text() implements Body {}

    /** Longer than was kept. */
    record Cut() implements Body {}
}
