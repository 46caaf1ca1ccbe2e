package io.greenlane.drift;

import io.greenlane.release.Difference;
import io.greenlane.release.Difference.Kind;
import io.greenlane.release.KnownGood;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is to be there and what is. */
final class Comparison {
    private static final String NEITHER = "neither target group of the service";

    private Comparison() {}

    /**
     * Everything about revision and listeners in which a service at rest differs.
     *
     * @param last what was deployed to it last
     * @param images of a revision's containers; asked for only when another revision runs
     */
    static List<Difference> of(KnownGood last, Production seen, Function<String, List<String>> images) {
        List<Difference> differences = new ArrayList<>();
        String expected = last.taskDefinition();
        if (expected != null && !expected.equals(seen.taskDefinition())) {
            differences.add(revision(last, expected, seen, images.apply(seen.taskDefinition())));
        }
        String serving = seen.targetGroup();
        if (serving != null) {
            String astray = astray(seen, serving);
            if (astray != null) {
                differences.add(new Difference(Kind.PRODUCTION_LISTENER, serving, astray,
                        "The production listener forwards to " + astray + ", but the tasks that are to serve are in "
                                + serving + ". Nothing is undone: set the weights right."));
            }
        }
        String test = undecided(seen);
        if (test != null) {
            differences.add(new Difference(Kind.TEST_LISTENER, "one of " + String.join(", ", seen.targetGroups()), test,
                    "The test listener forwards to " + test + ". Let it forward to one of "
                            + String.join(" and ", seen.targetGroups()) + ", or the next version cannot be tested."));
        }
        return differences;
    }

    private static Difference revision(KnownGood last, String expected, Production seen, List<String> images) {
        boolean sameImage = images.stream().anyMatch(image -> image.endsWith("@" + last.digest()));
        return new Difference(Kind.REVISION, expected, seen.taskDefinition(), "Production runs " + seen.taskDefinition()
                + (seen.maker() == null ? "" : ", brought by deployment " + seen.maker() + ",")
                + (sameImage
                        ? " with the image that was deployed last (" + last.tag() + "), but that was revision "
                                + expected
                        : " with " + String.join(", ", images) + "; what was deployed last is " + expected + " with "
                                + last.digest() + " (" + last.tag() + ")")
                + ". Nothing is undone, and the next release is prepared from what runs.");
    }

    /** Where production goes besides its target group, or instead; null when it goes there alone. */
    private static @Nullable String astray(Production seen, String serving) {
        List<Map<String, Integer>> ours = ours(seen, seen.production());
        if (ours.isEmpty()) {
            return NEITHER;
        }
        return ours.stream().allMatch(weights -> weights.keySet().equals(Set.of(serving))) ? null : told(ours);
    }

    /** AWS does not say on which of the two the test listener rests after a rollback: either will do. */
    private static @Nullable String undecided(Production seen) {
        List<Map<String, Integer>> ours = ours(seen, seen.test());
        if (ours.isEmpty()) {
            return NEITHER;
        }
        Set<String> all = new HashSet<>();
        ours.forEach(weights -> all.addAll(weights.keySet()));
        return all.size() == 1 ? null : told(ours);
    }

    /** What forwards to neither belongs to other services. */
    private static List<Map<String, Integer>> ours(Production seen, List<Map<String, Integer>> forwards) {
        return forwards.stream()
                .filter(weights -> weights.keySet().stream().anyMatch(seen.targetGroups()::contains)).toList();
    }

    private static String told(List<Map<String, Integer>> forwards) {
        return forwards.stream().map(weights -> new TreeMap<>(weights).entrySet().stream()
                .map(one -> one.getKey() + " (weight " + one.getValue() + ")").collect(Collectors.joining(", ")))
                .distinct().collect(Collectors.joining(", and a rule to "));
    }
}
