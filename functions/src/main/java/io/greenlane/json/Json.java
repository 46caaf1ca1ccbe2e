package io.greenlane.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON text to plain Java values and back, without loss: numbers keep every digit, members keep their order. */
public final class Json {
    private static final JSON CODEC = JSON.builder().enable(JSON.Feature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JSON.Feature.FAIL_ON_DUPLICATE_MAP_KEYS).disable(JSON.Feature.USE_FIELDS)
            .disable(JSON.Feature.HANDLE_JAVA_BEANS).enable(JSON.Feature.WRITE_NULL_PROPERTIES)
            .enable(JSON.Feature.FAIL_ON_UNKNOWN_TYPE_WRITE).build();

    private Json() {}

    /** Any JSON value; an {@link IllegalArgumentException} says at which line and column the text is no JSON. */
    public static @Nullable Object value(String text) {
        return read(text, CODEC::anyFrom);
    }

    /** An object; anything else is refused with an {@link IllegalArgumentException}. */
    public static Map<String, Object> object(String text) {
        if (!text.stripLeading().startsWith("{")) {
            throw new IllegalArgumentException("not a JSON object");
        }
        return read(text, CODEC::mapFrom);
    }

    private interface Reading<T extends @Nullable Object> {
        T from(JsonParser parser) throws IOException;
    }

    private static <T extends @Nullable Object> T read(String text, Reading<T> reading) {
        try (JsonParser parser = CODEC.getStreamingFactory().createParser(text)) {
            T value = reading.from(parser);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("not JSON: something follows its end");
            }
            return value;
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
        }
    }

    /** Compact text of maps, lists, text, numbers, booleans and null. */
    public static String text(Object value) {
        try {
            return CODEC.asString(value);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + e.getMessage(), e);
        }
    }
}
