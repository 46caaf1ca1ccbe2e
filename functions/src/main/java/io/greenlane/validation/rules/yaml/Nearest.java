package io.greenlane.validation.rules.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The name that was probably meant. */
public final class Nearest {
    private Nearest() {}

    /** What to add to a sentence about an unknown name: the one that was meant, or else all there are; begins with a space. */
    public static String hint(String name, Collection<String> known) {
        String meant = to(name, known);
        if (meant != null) {
            return " Did you mean '" + meant + "'?";
        }
        return known.isEmpty() || known.size() > 20 ? "" : " It may be " + String.join(", ", known) + ".";
    }

    /** The nearest name that differs in at most a third of its letters; null when none is near. */
    public static @Nullable String to(String name, Collection<String> known) {
        return known.stream().filter(one -> Math.abs(name.length() - one.length()) <= furthest(one))
                .filter(one -> distance(name, one) <= furthest(one))
                .min(Comparator.comparingInt(one -> distance(name, one))).orElse(null);
    }

    private static int furthest(String known) {
        return Math.max(1, known.length() / 3);
    }

    /** Letters to insert, remove, replace or swap with their neighbour; small and capital ones are the same. */
    public static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                steps[i][j] = Math.min(steps[i - 1][j - 1] + same,
                        Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    steps[i][j] = Math.min(steps[i][j], steps[i - 2][j - 2] + 1);
                }
            }
        }
        return steps[a.length()][b.length()];
    }
}
