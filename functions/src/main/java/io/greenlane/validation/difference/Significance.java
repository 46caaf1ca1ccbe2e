package io.greenlane.validation.difference;

import io.greenlane.validation.comparison.Holm;
import io.greenlane.validation.comparison.Proportions;
import io.greenlane.validation.comparison.Proportions.Share;
import io.greenlane.validation.comparison.SignTest;
import io.greenlane.validation.difference.Kind.Part;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which differences are more than noise: green differs from blue more often than blue from blue, by Fisher's exact test on the two
 * shares, one-sided, and by at least {@value #MATTERS} of all answers. A member that blue's answers have now and then is missing now and
 * then among blue's too; so a sign test asks as well whether it is missing in green more often than it is added there, and the smaller
 * chance counts twice. All that are looked at share the chance of a false alarm
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
    private final Map<String, Integer> added = new HashMap<>();
    private final double confidence;

    private Significance(List<Difference> all, Map<Part, Integer> noisePairs, double confidence) {
        this.all = all;
        this.noisePairs = noisePairs;
        this.confidence = confidence;
        all.forEach(one -> noise.merge(one.kind() + one.path(), one.noiseDiffering(), Integer::sum));
        all.stream().filter(one -> one.kind() == Kind.ADDED)
                .forEach(one -> added.put(one.request() + one.path(), one.differing()));
    }

    /**
     * One difference, judged.
     *
     * @param byChance of a difference that is in all or most of too few pairs: the chance of that if this request is as noisy as all
     *            together; 1 of any other
     * @param suspicious whether it cannot be told from noise, and may well be more
     * @param undecided whether it is hardly noise, even among so many suspicious ones, but cannot be proved to be none
     */
    record Verdict(Difference difference, double byChance, boolean suspicious, boolean undecided) {}

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
        double level = (1 - confidence) / Math.max(1, harm.size());
        List<Difference> unproved = all.stream().filter(one -> one.kind().harmful() && unprovable(one, level)).toList();
        Map<String, Double> byChance = new HashMap<>();
        unproved.forEach(one -> byChance.put(key(one), amongAll(one)));
        return all.stream().map(one -> {
            boolean significant = chances.getOrDefault(key(one), 1.0) <= levels.getOrDefault(key(one), 0.0);
            double chance = significant ? 1 : byChance.getOrDefault(key(one), 1.0);
            return new Verdict(significant ? significant(one) : one, chance, chance <= UNLIKE_OTHERS,
                    chance <= UNLIKE_OTHERS / Math.max(1, unproved.size()));
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
        double shares = least(one.pairs(), one.noisePairs(), one.differing() + one.noiseDiffering());
        double least = one.kind() == Kind.MISSING
                ? twice(shares, SignTest.chance(one.differing() + added(one), 0))
                : shares;
        return least <= 1 - confidence;
    }

    private static double twice(double one, double other) {
        return Math.min(1, 2 * Math.min(one, other));
    }

    private int added(Difference missing) {
        return added.getOrDefault(missing.request() + missing.path(), 0);
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

    private double chance(Difference one) {
        double shares = one.share() - one.noise() < MATTERS ? 1 : chance(one, one.noiseDiffering(), one.noisePairs());
        return one.kind() == Kind.MISSING && one.differing() - added(one) >= MATTERS * one.pairs()
                ? twice(shares, SignTest.chance(one.differing(), added(one)))
                : shares;
    }

    private static double chance(Difference one, int noiseDiffering, int noisePairs) {
        return Proportions.compare(new Share(noiseDiffering, noisePairs), new Share(one.differing(), one.pairs()), 0,
                0.95).withinLimit();
    }

    /** In all or most of its pairs, but those are too few to prove anything by. */
    private static boolean unprovable(Difference one, double level) {
        return one.differing() > 0 && one.share() - one.noise() >= STRIKING
                && least(one.pairs(), one.noisePairs(), one.pairs()) > level;
    }

    /** Chance that it differs so often if it is as noisy as all requests together; none at all when nothing is known of noise. */
    private double amongAll(Difference one) {
        int pairsOfAll = noisePairs.getOrDefault(one.kind().part(), 0);
        return pairsOfAll == 0 ? 0 : chance(one, noise.getOrDefault(one.kind() + one.path(), 0), pairsOfAll);
    }

    private static Difference significant(Difference one) {
        return new Difference(one.request(), one.kind(), one.path(), one.pairs(), one.differing(), one.noisePairs(),
                one.noiseDiffering(), one.blue(), one.green(), true);
    }
}
