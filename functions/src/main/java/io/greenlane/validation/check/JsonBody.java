package io.greenlane.validation.check;

import io.greenlane.json.Json;
import io.greenlane.json.Quote;
import io.greenlane.probe.Answer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a response, read as JSON. */
sealed interface JsonBody {
    /** Reads it. */
    static JsonBody of(Answer.Response response) {
        if (response.cut()) {
            return new Unreadable("has a body longer than the " + response.body().length()
                    + " characters that are kept, too long to be read as JSON");
        }
        try {
            return new Parsed(Json.value(response.body()));
        } catch (IllegalArgumentException e) {
            return new Unreadable(response.body().isBlank()
                    ? "has an empty body and no JSON"
                    : "has a body that is no JSON: " + Quote.of(response.body()));
        }
    }

    /** A value as it stands in JSON text; text itself without quotes. */
    static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> text;
            case Map<?, ?> object -> Json.text(object);
            case List<?> list -> Json.text(list);
            default -> value.toString();
        };
    }

    /**
     * It is no JSON.
     *
     * @param why as a verb and its object, for example {@code has a body that is no JSON}
     */
    record Unreadable(String why) implements JsonBody {}

    /** It is JSON. */
    record Parsed(@Nullable Object root) implements JsonBody {}
}
