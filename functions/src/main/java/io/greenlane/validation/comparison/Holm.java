package io.greenlane.validation.comparison;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The correction of Holm for looking at many metrics: whatever they have to do with each other, the chance that any of those
 * that keep their limits is called worse is at most one minus the confidence.
 */
public final class Holm {
    private Holm() {}

    /**
     * The level of each metric.
     *
     * @param p each metric's {@link Comparison#withinLimit()}; all that are looked at, not only the small ones
     * @param confidence of all together, 0 to 1
     * @return by the same names: a metric is worse if its p is not above its level
     */
    public static Map<String, Double> levels(Map<String, Double> p, double confidence) {
        List<Map.Entry<String, Double>> ordered = p.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder())).toList();
        Map<String, Double> levels = new LinkedHashMap<>();
        double level = 0;
        boolean stopped = false;
        for (int i = 0; i < ordered.size(); i++) {
            if (!stopped) {
                level = (1 - confidence) / (ordered.size() - i);
                stopped = ordered.get(i).getValue() > level;
            }
            levels.put(ordered.get(i).getKey(), level);
        }
        return levels;
    }
}
