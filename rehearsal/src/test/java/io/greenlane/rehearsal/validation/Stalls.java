package io.greenlane.rehearsal.validation;

import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Times in which nothing goes on, as while a garbage collector works.
 *
 * @param ends end of each by its begin; they do not overlap
 */
record Stalls(NavigableMap<Duration, Duration> ends) {
    /** There are none. */
    static final Stalls NONE = new Stalls(new TreeMap<>());
    private static final Duration UNTIL = Duration.ofHours(1);
    private static final double MEAN_GAP_SECONDS = 8;
    private static final double SHORTEST_MILLIS = 50;
    private static final double LONGEST_MILLIS = 500;

    /** One every eight seconds on average, each of 50 to 500 ms, for an hour. */
    static Stalls drawn(RandomGenerator random) {
        NavigableMap<Duration, Duration> ends = new TreeMap<>();
        Duration at = Duration.ZERO;
        while (at.compareTo(UNTIL) < 0) {
            Duration begin = at.plusNanos((long) (-Math.log(1 - random.nextDouble()) * MEAN_GAP_SECONDS * 1e9));
            at = begin.plusNanos((long) (random.nextDouble(SHORTEST_MILLIS, LONGEST_MILLIS) * 1e6));
            ends.put(begin, at);
        }
        return new Stalls(ends);
    }

    /** The moment itself, or the end of the stall that it lies in. */
    Duration over(Duration moment) {
        Map.Entry<Duration, Duration> before = ends.floorEntry(moment);
        return before == null || before.getValue().compareTo(moment) < 0 ? moment : before.getValue();
    }

    /** When work is done that begins at that moment and takes so long without stalls. */
    Duration done(Duration begin, Duration work) {
        Duration end = over(begin).plus(work);
        Map.Entry<Duration, Duration> next = ends.higherEntry(begin);
        while (next != null && next.getKey().compareTo(end) < 0) {
            end = end.plus(next.getValue().minus(next.getKey()));
            next = ends.higherEntry(next.getKey());
        }
        return end;
    }
}
