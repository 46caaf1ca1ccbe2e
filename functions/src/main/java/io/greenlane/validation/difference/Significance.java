package io.greenlane.validation.difference;

import io.greenlane.validation.comparison.Holm;
import io.greenlane.validation.comparison.Proportions;
import io.greenlane.validation.comparison.Proportions.Share;
import io.greenlane.validation.difference.Kind.Part;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which differences are more than noise: green differs from blue more often than blue from blue, by Fisher's exact test on the two
 * shares, one-sided, and by at least {@value #MATTERS} of all answers. All that are looked at share the chance of a false alarm
 * (Holm); those that could not be proved with their numbers, however they were spread between blue and green, are not looked at and
 * take nothing from the others (Tarone): that is decided by how often they were seen, not by whom.
 */
final class Significance {
    /** The smallest share of answers that matters. */
    static final double MATTERS = 0.02;
    /** In at least so many of the few answers that there are. */
    private static final double STRIKING = 0.5;
    private static final double UNLIKE_OTHERS = 0.05;

    private final List<Difference> all;
    private final Map<Part, Integer> noisePairs;
    private final Map<String, Integer> noise = new HashMap<>();
    private final double confidence;

    private Significance(List<Difference> all, Map<Part, Integer> noisePairs, double confidence) {
        this.all = all;
        this.noisePairs = noisePairs;
        this.confidence = confidence;
        all.forEach(one -> noise.merge(one.kind() + one.path(), one.noiseDiffering(), Integer::sum));
    }

    /**
     * One difference, judged.
     *
     * @param undecided whether it may be more than noise, but has too few pairs to say so
     */
    record Verdict(Difference difference, boolean undecided) {}

    /**
     * Judges.
     *
     * @param all with how often each was seen, none of them significant so far
     * @param noisePairs pairs of blue and blue of all requests together
     */
    static List<Verdict> of(List<Difference> all, Map<Part, Integer> noisePairs, double confidence) {
        return new Significance(all, noisePairs, confidence).verdicts();
    }

    private List<Verdict> verdicts() {
        Map<String, Double> harm = chances(true);
        Map<String, Double> chances = new HashMap<>(chances(false));
        Map<String, Double> levels = new HashMap<>(Holm.levels(chances, confidence));
        chances.putAll(harm);
        levels.putAll(Holm.levels(harm, confidence));
        double strictest = (1 - confidence) / Math.max(1, harm.size());
        return all.stream().map(one -> {
            boolean significant = chances.getOrDefault(key(one), 1.0) <= levels.getOrDefault(key(one), 0.0);
            return new Verdict(significant ? significant(one) : one,
                    !significant && one.kind().harmful() && undecided(one, strictest));
        }).toList();
    }

    private Map<String, Double> chances(boolean harmful) {
        Map<String, Double> chances = new LinkedHashMap<>();
        all.stream().filter(one -> one.kind().harmful() == harmful).filter(this::provable)
                .forEach(one -> chances.put(key(one), chance(one)));
        return chances;
    }

    private static String key(Difference one) {
        return one.request() + " " + one.kind() + " " + one.path();
    }

    private boolean provable(Difference one) {
        int seen = one.differing() + one.noiseDiffering();
        return least(one.pairs(), one.noisePairs(), seen) <= 1 - confidence;
    }

    /** The chance of the most one-sided way in which so many can be spread over the pairs. */
    private static double least(int pairs, int noisePairs, int seen) {
        int all = pairs + noisePairs;
        int most = Math.min(pairs, seen);
        double chance = 1;
        // All that were seen are green's, or all of green's differ: a product of shares either way.
        for (int i = 0; i < most && chance > 1e-12; i++) {
            chance *= seen <= pairs ? (double) (pairs - i) / (all - i) : (double) (seen - i) / (all - i);
        }
        return chance;
    }

    private static double chance(Difference one) {
        return one.share() - one.noise() < MATTERS
                ? 1
                : chance(one, one.noiseDiffering(), one.noisePairs());
    }

    private static double chance(Difference one, int noiseDiffering, int noisePairs) {
        return Proportions.compare(new Share(noiseDiffering, noisePairs), new Share(one.differing(), one.pairs()), 0,
                0.95).withinLimit();
    }

    private boolean undecided(Difference one, double level) {
        if (one.differing() == 0 || one.share() - one.noise() < STRIKING
                || least(one.pairs(), one.noisePairs(), one.pairs()) <= level) {
            return false;
        }
        int pairsOfAll = noisePairs.getOrDefault(one.kind().part(), 0);
        return pairsOfAll == 0
                || chance(one, noise.getOrDefault(one.kind() + one.path(), 0), pairsOfAll) <= UNLIKE_OTHERS;
    }

    private static Difference significant(Difference one) {
        return new Difference(one.request(), one.kind(), one.path(), one.pairs(), one.differing(), one.noisePairs(),
                one.noiseDiffering(), one.blue(), one.green(), true);
    }
}
