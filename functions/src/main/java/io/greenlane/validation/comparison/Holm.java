package io.greenlane.validation.comparison;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The correction of Holm for looking at many metrics: whatever they have to do with each other, the chance that any of those
 * that keep their limits is called worse is at most one minus the confidence.
 */
public final class Holm {
    private Holm() {}

    /**
     * The level of each metric, when all count the same.
     *
     * @param p each metric's {@link Comparison#withinLimit()}; all that are looked at, not only the small ones
     * @param confidence of all together, 0 to 1
     * @return by the same names: a metric is worse if its p is not above its level
     */
    public static Map<String, Double> levels(Map<String, Double> p, double confidence) {
        return levels(p, metric -> 1, confidence);
    }

    /**
     * The level of each metric, when some are to be found more surely than others.
     *
     * @param weight of each metric, above 0: the share of the chance of a false alarm that it gets first
     */
    public static Map<String, Double> levels(Map<String, Double> p, ToDoubleFunction<String> weight,
            double confidence) {
        List<String> ordered = p.keySet().stream()
                .sorted(Comparator
                        .comparingDouble(metric -> p.getOrDefault(metric, 1.0) / weight.applyAsDouble(metric)))
                .toList();
        double rest = ordered.stream().mapToDouble(weight).sum();
        Map<String, Double> levels = new LinkedHashMap<>();
        boolean stopped = false;
        for (String metric : ordered) {
            double level = (1 - confidence) * weight.applyAsDouble(metric) / rest;
            levels.put(metric, level);
            stopped |= p.getOrDefault(metric, 1.0) > level;
            rest -= stopped ? 0 : weight.applyAsDouble(metric);
        }
        return levels;
    }
}
