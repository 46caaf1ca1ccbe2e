package io.greenlane.image;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.semver4j.Semver;
import org.semver4j.range.RangeList;
import org.semver4j.range.RangeListFactory;

/**
 * Tags that are semantic versions in a range (the notation of npm); a leading {@code v} is allowed. The newest wins: a version
 * is not taken while the repository holds a higher one in the same range.
 */
final class SemverPolicy implements TagPolicy {
    /** More digits than the library can compare. */
    private static final Pattern TOO_LONG = Pattern.compile("[0-9]{19}");
    /** The library passes over what it does not understand; a rule must be understood as a whole. */
    private static final Pattern FORM;

    static {
        String part = "(?:0|[1-9][0-9]{0,9}|[xX*])";
        String version = "v?" + part + "(?:[.]" + part + "){0,2}+(?:-[0-9A-Za-z.-]++)?+";
        String comparators = "(?:[<>]=?+|[=^~])?+ *+" + version;
        String range = "(?:" + version + " +- +" + version + "|" + comparators + "(?: +" + comparators + ")*+)";
        FORM = Pattern.compile(" *+" + range + "(?: *+[|]{2} *+" + range + ")*+ *+");
    }

    private final String rule;
    private final RangeList range;

    private SemverPolicy(String rule, RangeList range) {
        this.rule = rule;
        this.range = range;
    }

    static SemverPolicy of(String rule) {
        try {
            RangeList range = RangeListFactory.create(rule);
            if (FORM.matcher(rule).matches() && !range.get().isEmpty()) {
                return new SemverPolicy(rule, range);
            }
        } catch (NumberFormatException e) {
            // told below, as for every rule that is no range
        }
        throw TagPolicy.malformed("semver:" + rule, "it is no range of versions such as ^1.2.0 or >=1.0.0 <3.0.0");
    }

    @Override
    public TagDecision decide(Tag tag, Supplier<? extends Collection<Tag>> held) {
        Semver pushed = version(tag);
        if (pushed == null) {
            return new TagDecision.NotTaken("it is no semantic version, as " + text() + " wants");
        }
        if (!pushed.satisfies(range)) {
            return new TagDecision.NotTaken("it is outside " + text());
        }
        Optional<Tag> newer = held.get().stream().filter(other -> isInRangeAbove(pushed, other))
                .max(Comparator.comparing(other -> Semver.parse(bare(other))));
        return newer.<TagDecision>map(other -> new TagDecision.NotTaken(
                "the repository holds '" + other + "', which is newer in " + text()))
                .orElseGet(() -> new TagDecision.Taken(text()));
    }

    private boolean isInRangeAbove(Semver pushed, Tag other) {
        Semver version = version(other);
        return version != null && version.satisfies(range) && version.isGreaterThan(pushed);
    }

    private static @Nullable Semver version(Tag tag) {
        return TOO_LONG.matcher(tag.text()).find() ? null : Semver.parse(bare(tag));
    }

    private static String bare(Tag tag) {
        String text = tag.text();
        return text.startsWith("v") ? text.substring(1) : text;
    }

    @Override
    public String text() {
        return "semver:" + rule;
    }
}
