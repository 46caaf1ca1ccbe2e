package io.greenlane.rehearsal.validation;

import io.greenlane.validation.Result;
import io.greenlane.validation.rules.ValidationRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How often one effect is found, by the length of the traffic.
 *
 * @param effect as it stands in a table
 * @param found share of the trials that failed, for each of {@link #MINUTES} as far as was tried: none is longer than the first one in which
 *            every trial failed
 */
record Power(String effect, List<Double> found) {
    static final List<Integer> MINUTES = List.of(1, 3, 9);

    /**
     * Makes the trials.
     *
     * @param rules text with the minutes left open
     */
    static Power of(String effect, String rules, Fault fault, int trials) {
        List<Double> found = new ArrayList<>();
        for (int minutes : MINUTES) {
            ValidationRules read = Rules.read(rules.formatted(minutes));
            double share = Trials.of(effect + " " + minutes, read, fault, Conditions.CALM, trials).share(Result.FAIL);
            found.add(share);
            if (share == 1) {
                break;
            }
        }
        return new Power(effect, found);
    }

    String line() {
        StringBuilder line = new StringBuilder("| ").append(effect);
        for (int i = 0; i < MINUTES.size(); i++) {
            line.append(" | ")
                    .append(i < found.size() ? String.format(Locale.ROOT, "%.0f %%", 100 * found.get(i)) : "");
        }
        return line.append(" |\n").toString();
    }
}
