package io.greenlane.validation.check;

import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.PathNotFoundException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands at a JSONPath.
 *
 * @param one whether the path can only mean one value, unlike {@code $..id} or {@code $.items[*]}
 * @param values none when nothing is there
 */
record Found(boolean one, List<@Nullable Object> values) {
    /** Looks; a {@link com.jayway.jsonpath.InvalidPathException} says why the path is none. */
    static Found at(String path, JsonBody.Parsed body) {
        JsonPath compiled = JsonPath.compile(path);
        boolean one = compiled.isDefinite();
        Object root = body.root();
        if (root == null) {
            return new Found(one, path.strip().equals("$") ? Collections.singletonList(null) : List.of());
        }
        try {
            Object found = compiled.read(root, PlainJson.CONFIGURATION);
            return new Found(one, one || !(found instanceof List<?> several)
                    ? Collections.singletonList(found)
                    : Collections.unmodifiableList(several));
        } catch (PathNotFoundException e) {
            return new Found(one, List.of());
        }
    }

    /** Whether there is exactly one value, whatever the path could mean. */
    boolean single() {
        return values.size() == 1;
    }

    boolean nothing() {
        return values.isEmpty();
    }

    /** The only value when the path means one, else all of them as a list. */
    @Nullable
    Object value() {
        return one && single() ? values.get(0) : values;
    }

    /** Members of the list or object that is there, or values of a path that means several; null when there is nothing to count. */
    @Nullable
    Integer count() {
        if (!one) {
            return values.size();
        }
        return switch (single() ? values.get(0) : null) {
            case List<?> list -> list.size();
            case Map<?, ?> object -> object.size();
            case null, default -> null;
        };
    }
}
