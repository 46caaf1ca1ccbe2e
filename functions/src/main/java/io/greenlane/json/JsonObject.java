package io.greenlane.json;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that is read member by member; what is missing or of another type is refused with an
 * {@link IllegalArgumentException} whose sentence names the member by its path and shows the value.
 *
 * @param path where the object stands in its document, for example {@code event.detail}
 * @param members as parsed
 */
public record JsonObject(String path, Map<?, ?> members) {
    /** The value as an object. */
    public static JsonObject of(String path, @Nullable Object value) {
        if (value instanceof Map<?, ?> members) {
            return new JsonObject(path, members);
        }
        throw wrong(path, "an object", value);
    }

    /** A member that must be there and be text. */
    public String text(String name) {
        if (members.get(name) instanceof String text) {
            return text;
        }
        throw unfit(name, "text");
    }

    /** A member that may be absent or null, and is text otherwise. */
    public @Nullable String optionalText(String name) {
        return members.get(name) == null ? null : text(name);
    }

    /** A member that must be there and be a number. */
    public double number(String name) {
        if (members.get(name) instanceof Number number) {
            return number.doubleValue();
        }
        throw unfit(name, "a number");
    }

    /** A member that must be there and be true or false. */
    public boolean truth(String name) {
        if (members.get(name) instanceof Boolean truth) {
            return truth;
        }
        throw unfit(name, "true or false");
    }

    /** A member that must be there and be an object. */
    public JsonObject object(String name) {
        if (members.get(name) instanceof Map<?, ?> object) {
            return new JsonObject(path(name), object);
        }
        throw unfit(name, "an object");
    }

    /** A member that may be absent or null, which reads as no objects at all, and is a list of objects otherwise. */
    public List<JsonObject> objects(String name) {
        Object value = members.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw wrong(path(name), "a list", value);
        }
        return IntStream.range(0, list.size()).mapToObj(i -> of(path(name) + "[" + i + "]", list.get(i))).toList();
    }

    /** Path of a member of this object. */
    public String path(String name) {
        return path + "." + name;
    }

    private IllegalArgumentException unfit(String name, String wanted) {
        return members.containsKey(name)
                ? wrong(path(name), wanted, members.get(name))
                : new IllegalArgumentException(path(name) + " is missing");
    }

    private static IllegalArgumentException wrong(String where, String wanted, @Nullable Object value) {
        return new IllegalArgumentException(where + " must be " + wanted + ", got " + Quote.of(value));
    }
}
