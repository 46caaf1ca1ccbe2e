package io.greenlane.validation.analysis;

import io.greenlane.validation.Finding;
import io.greenlane.validation.Place;
import io.greenlane.validation.Result;
import io.greenlane.validation.difference.Difference;
import io.greenlane.validation.difference.Kind.Part;
import io.greenlane.validation.rules.AnalysisRule;
import io.greenlane.validation.rules.AnalysisRule.Baseline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What green's answers hold against blue's: status, headers and bodies, each a finding of its own. */
record Contents(AnalysisRule rule, Baseline baseline) {
    private static final int NAMED = 3;
    private static final int LONGEST_PATH = 100;

    /**
     * Judges what the baseline asks to compare.
     *
     * @param unusable why nothing can be said at all; null when something can
     * @param unsure why it cannot be said that green is as good as blue, only that it is not; null when that can be said too
     */
    List<Finding> judge(Evidence evidence, @Nullable String unusable, @Nullable String unsure) {
        List<Difference> differences = unusable == null ? evidence.differences() : List.of();
        List<Difference> undecided = unusable == null ? evidence.undecided() : List.of();
        return Arrays.stream(Part.values()).filter(this::asked)
                .map(part -> judge(part, evidence, of(part, differences), of(part, undecided),
                        unusable == null ? unsure : unusable))
                .toList();
    }

    private boolean asked(Part part) {
        return switch (part) {
            case STATUS -> baseline.status();
            case HEADERS -> !baseline.headers().isEmpty();
            case BODIES -> baseline.bodies();
        };
    }

    private Place place(Part part) {
        return switch (part) {
            case STATUS -> baseline.places().status();
            case HEADERS -> baseline.places().headers();
            case BODIES -> baseline.places().bodies();
        };
    }

    private static List<Difference> of(Part part, List<Difference> differences) {
        return differences.stream().filter(one -> one.kind().part() == part).toList();
    }

    private Finding judge(Part part, Evidence evidence, List<Difference> differences, List<Difference> undecided,
            @Nullable String unsure) {
        List<Difference> harm = differences.stream().filter(one -> one.significant() && one.kind().harmful()).toList();
        if (!harm.isEmpty()) {
            return finding(part, Result.FAIL, told(harm), harm.get(0).green(), evidence, null);
        }
        int pairs = evidence.counted().pairs(part);
        String why = unsure != null ? unsure : tooFew(part, pairs, evidence);
        if (why != null) {
            return finding(part, Result.INCONCLUSIVE, subject(part) + " of green against blue", "nothing", evidence,
                    why);
        }
        if (!undecided.isEmpty()) {
            return finding(part, Result.INCONCLUSIVE, told(undecided), undecided.get(0).green(), evidence,
                    "these answers are too few to tell it from noise");
        }
        return finding(part, Result.PASS,
                subject(part) + " agree in " + Words.number(pairs) + (pairs == 1 ? " pair" : " pairs") + " of answers"
                        + noise(differences) + added(differences) + left(part, evidence),
                "no difference", evidence, null);
    }

    private @Nullable String tooFew(Part part, int pairs, Evidence evidence) {
        if (2 * pairs >= rule.minSamples()) {
            return null;
        }
        return "only " + Words.number(pairs) + (pairs == 1 ? " pair" : " pairs") + " of answers could be compared"
                + left(part, evidence);
    }

    private static String subject(Part part) {
        return switch (part) {
            case STATUS -> "Statuses";
            case HEADERS -> "Headers";
            case BODIES -> "Bodies";
        };
    }

    /** The same difference of several requests is told once. */
    private static String told(List<Difference> differences) {
        Map<String, List<Difference>> alike = differences.stream().collect(Collectors.groupingBy(
                one -> one.kind() + one.path(), LinkedHashMap::new, Collectors.toCollection(ArrayList::new)));
        String named = alike.values().stream().limit(NAMED).map(Contents::toldOnce).collect(Collectors.joining("; "));
        int more = alike.size() - NAMED;
        return more > 0 ? named + "; and " + more + " more" : named;
    }

    private static String toldOnce(List<Difference> alike) {
        Difference worst = alike.get(0);
        int others = alike.size() - 1;
        return worst.request()
                + (others == 0 ? "" : " and " + others + (others == 1 ? " other request" : " other requests"))
                + ": green " + what(worst) + ", in " + Words.number(worst.differing()) + " of "
                + Words.number(worst.pairs()) + " answers; blue against blue "
                + (worst.noiseDiffering() == 0
                        ? "never did"
                        : "did in " + Words.number(worst.noiseDiffering()) + " of " + Words.number(worst.noisePairs()));
    }

    private static String what(Difference one) {
        String path = path(one);
        String instead = one.green() + " instead of " + one.blue();
        return switch (one.kind()) {
            case STATUS -> "answers " + instead;
            case HEADER -> "has " + one.path() + " " + instead;
            case MISSING -> "leaves out " + path
                    + (one.green().equals("nothing") ? "" : " (" + instead + ")");
            case TYPE, VALUE, COUNT -> "has " + instead + " at " + path;
            case ORDER -> "has another order at " + path + " (" + instead + ")";
            case ADDED -> "adds " + path;
        };
    }

    private static String path(Difference one) {
        String path = one.path();
        return path.length() <= LONGEST_PATH
                ? path
                : path.substring(0, LONGEST_PATH) + "... (" + path.length() + " characters)";
    }

    private static String noise(List<Difference> differences) {
        List<String> paths = differences.stream().filter(one -> one.kind().harmful()).map(Contents::path).distinct()
                .toList();
        return paths.isEmpty()
                ? ""
                : ", but for what differs between answers of blue too (" + paths.stream().limit(NAMED)
                        .collect(Collectors.joining(", "))
                        + (paths.size() > NAMED ? " and " + (paths.size() - NAMED) + " more" : "") + ")";
    }

    private static String added(List<Difference> differences) {
        List<Difference> added = differences.stream().filter(one -> one.significant() && !one.kind().harmful())
                .toList();
        return added.isEmpty() ? "" : "; told only: " + told(added);
    }

    private static String left(Part part, Evidence evidence) {
        if (part != Part.BODIES) {
            return "";
        }
        int cut = evidence.counted().cut();
        List<String> bounded = evidence.counted().bounded();
        return (cut == 0
                ? ""
                : "; " + Words.number(cut) + (cut == 1 ? " pair" : " pairs")
                        + " had a body longer than is kept, and " + (cut == 1 ? "was" : "were") + " not compared")
                + (bounded.isEmpty()
                        ? ""
                        : "; not all of " + String.join(", ", bounded.stream().limit(NAMED).toList())
                                + " was compared, since it has too many paths");
    }

    private Finding finding(Part part, Result result, String told, String seen, Evidence evidence,
            @Nullable String unsure) {
        Place place = place(part);
        boolean sure = result == Result.FAIL;
        return Findings.of(rule, "baseline." + part.word(), place, result, told + " (" + place + ")"
                + (sure ? "; confidence " + Words.limit(baseline.confidence()) : ""), unsure, "as blue", seen,
                evidence.counted().pairs(part), sure ? (Double) baseline.confidence() : null);
    }
}
