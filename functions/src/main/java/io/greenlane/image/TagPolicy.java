package io.greenlane.image;

import io.greenlane.json.Quote;
import java.util.Collection;
import java.util.function.Supplier;

/** A rule for the tags that a service follows, written as {@code exact:}, {@code glob:}, {@code regex:} or {@code semver:}. */
public sealed interface TagPolicy permits TagPolicy.Exact, GlobPolicy, RegexPolicy, SemverPolicy {
    /** The longest rule; more is not needed for tags of at most 128 characters. */
    int LONGEST = 200;

    /**
     * Decides in bounded time.
     *
     * @param held asks for all tags that the repository holds; called only by a rule that compares
     */
    TagDecision decide(Tag tag, Supplier<? extends Collection<Tag>> held);

    /** The rule as its owner wrote it. */
    String text();

    /** Reads a rule; an {@link IllegalArgumentException} names what is wrong with it. */
    static TagPolicy parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0 || text.length() > LONGEST) {
            throw malformed(text, "it must be exact:, glob:, regex: or semver: and at most " + LONGEST + " characters");
        }
        String rule = text.substring(colon + 1);
        if (rule.isBlank()) {
            throw malformed(text, "nothing follows the colon");
        }
        return switch (text.substring(0, colon)) {
            case "exact" -> new Exact(new Tag(rule));
            case "glob" -> new GlobPolicy(rule);
            case "regex" -> RegexPolicy.of(rule);
            case "semver" -> SemverPolicy.of(rule);
            default -> throw malformed(text, "it must begin with exact:, glob:, regex: or semver:");
        };
    }

    /** The complaint about a rule that cannot be used. */
    static IllegalArgumentException malformed(String text, String why) {
        return new IllegalArgumentException("tag policy " + Quote.of(text) + " is not usable: " + why);
    }

    /** One tag and no other. */
    record Exact(Tag tag) implements TagPolicy {
        @Override
        public TagDecision decide(Tag pushed, Supplier<? extends Collection<Tag>> held) {
            return pushed.equals(tag) ? new TagDecision.Taken(text()) : TagPolicy.notMatched(this);
        }

        @Override
        public String text() {
            return "exact:" + tag;
        }
    }

    /** The decision of a rule whose form the tag does not have. */
    static TagDecision notMatched(TagPolicy policy) {
        return new TagDecision.NotTaken("it does not match " + policy.text());
    }
}
