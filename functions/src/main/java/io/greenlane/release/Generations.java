package io.greenlane.release;

import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The releases of one image to one service or group, one after the other; the numbers have no gaps. */
final class Generations {
    /** More than anybody would push; a bound on the search. */
    static final int MOST = 1000;

    private Generations() {}

    /**
     * The first that is wanted; null when there is none.
     *
     * @param find the release with that number, from 1; null beyond the last
     */
    static <R> @Nullable R first(IntFunction<? extends @Nullable R> find, Predicate<R> wanted) {
        for (int generation = 1; generation <= MOST; generation++) {
            R release = find.apply(generation);
            if (release == null || wanted.test(release)) {
                return release;
            }
        }
        return null;
    }

    /**
     * The last one; null when there is none.
     *
     * @param find as above
     */
    static <R> @Nullable R last(IntFunction<? extends @Nullable R> find) {
        R last = null;
        for (int generation = 1; generation <= MOST; generation++) {
            R next = find.apply(generation);
            if (next == null) {
                break;
            }
            last = next;
        }
        return last;
    }
}
