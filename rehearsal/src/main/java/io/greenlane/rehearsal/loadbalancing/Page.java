package io.greenlane.rehearsal.loadbalancing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list; the marker is the position of the first item of the next page.
 *
 * @param nextMarker null on the last page
 */
record Page<T>(List<T> items, @Nullable String nextMarker) {
    private static final int MAX = 400;

    static <T> Page<T> of(List<T> all, @Nullable String marker, @Nullable Integer pageSize) {
        int size = pageSize == null ? MAX : pageSize;
        if (size < 1 || size > MAX) {
            throw Faults.validation("PageSize must be between 1 and " + MAX + ", got " + size);
        }
        int from;
        try {
            from = marker == null ? 0 : Integer.parseInt(marker);
        } catch (NumberFormatException foreign) {
            throw Faults.validation("Marker '" + marker + "' is not one that this API has given out");
        }
        int to = Math.min(all.size(), from + size);
        if (from < 0 || from > to) {
            throw Faults.validation("Marker '" + marker + "' is not one that this API has given out");
        }
        return new Page<>(List.copyOf(all.subList(from, to)), to < all.size() ? Integer.toString(to) : null);
    }
}
