package io.greenlane.rehearsal.ecs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list; the token is the position of the first item of the next page.
 *
 * @param nextToken null on the last page
 */
record Page<T>(List<T> items, @Nullable String nextToken) {
    private static final int DEFAULT = 100;

    static <T> Page<T> of(List<T> all, @Nullable String token, @Nullable Integer maxResults) {
        int size = maxResults == null ? DEFAULT : maxResults;
        if (size < 1 || size > DEFAULT) {
            throw Faults.invalidParameter("maxResults must be between 1 and " + DEFAULT + ", got " + size);
        }
        int from;
        try {
            from = token == null ? 0 : Integer.parseInt(token);
        } catch (NumberFormatException foreign) {
            throw Faults.invalidParameter("Invalid token '" + token + "'");
        }
        if (from < 0 || from > all.size()) {
            throw Faults.invalidParameter("Invalid token '" + token + "'");
        }
        int to = Math.min(all.size(), from + size);
        return new Page<>(List.copyOf(all.subList(from, to)), to < all.size() ? Integer.toString(to) : null);
    }
}
