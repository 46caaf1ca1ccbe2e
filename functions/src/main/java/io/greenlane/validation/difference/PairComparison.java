package io.greenlane.validation.difference;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares answers as they come. What blue shows against itself is noise: two answers to the same request while noise is learnt, and
 * afterwards each answer with the one before it, so that what is rare, and requests of which there are few pairs, are known
 * too. Answers one after the other are further apart than a pair, so that they rather differ more often: noise is never taken for
 * less than it is. Not for several threads at once.
 */
public final class PairComparison {
    /** Values of answers that are remembered: what is above it goes, the longest unused first. */
    private static final int MOST_REMEMBERED = 200_000;

    private final Differences differences;
    private final Map<String, Content> before = new LinkedHashMap<>(16, 0.75f, true);
    private int remembered;

    /**
     * Compares.
     *
     * @param differences where it is counted
     */
    public PairComparison(Differences differences) {
        this.differences = differences;
    }

    /** Two answers of blue to the same request. */
    public void learn(String request, Content first, Content second) {
        after(request, first);
        differences.addNoise(request, first, second);
        remember(request, second);
    }

    /** Answers of blue and green to the same request. */
    public void compare(String request, Content blue, Content green) {
        after(request, blue);
        differences.addPair(request, blue, green);
        remember(request, blue);
    }

    private void after(String request, Content blue) {
        @Nullable
        Content last = before.get(request);
        if (last != null) {
            differences.addNoise(request, last, blue);
        }
    }

    private void remember(String request, Content blue) {
        Content replaced = before.put(request, blue);
        remembered += size(blue) - (replaced == null ? 0 : size(replaced));
        Iterator<Content> longestUnused = before.values().iterator();
        while (remembered > MOST_REMEMBERED && before.size() > 1 && longestUnused.hasNext()) {
            remembered -= size(longestUnused.next());
            longestUnused.remove();
        }
    }

    private static int size(Content content) {
        return content.body() instanceof Content.Json(Shape shape) ? 1 + shape.size() : 1;
    }
}
