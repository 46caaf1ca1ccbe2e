package io.greenlane.rehearsal.ecr;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists cut into pages; a nextToken is the position at which the next page begins. */
final class Pages {
    private Pages() {}

    record Page<T>(List<T> items, @Nullable String nextToken) {}

    /**
     * @param token of the page before, null for the first
     * @param asked maxResults of the request, null for the operation's own size
     */
    static <T> Page<T> cut(List<T> all, @Nullable String token, @Nullable Integer asked, int size) {
        int from = start(token, all.size());
        int to = Math.min(all.size(), from + (asked == null ? size : asked));
        return new Page<>(all.subList(from, to), to < all.size() ? Integer.toString(to) : null);
    }

    private static int start(@Nullable String token, int length) {
        if (token == null) {
            return 0;
        }
        try {
            int start = Integer.parseInt(token);
            if (start >= 0 && start <= length) {
                return start;
            }
        } catch (NumberFormatException foreign) {
            // falls through to the refusal
        }
        throw EcrFaults.invalid("Invalid parameter at 'nextToken' failed to satisfy constraint: 'Invalid pagination "
                + "token'");
    }
}
