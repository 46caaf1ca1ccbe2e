package io.greenlane.image;

import java.util.Collection;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Tags that match a Java regular expression as a whole. A pattern that would backtrack without end is stopped after a fixed
 * number of looks at the tag, and its repetitions are limited, so that one badly written rule cannot hold up the releases.
 */
final class RegexPolicy implements TagPolicy {
    private static final int MOST_LOOKS = 100_000;
    private static final long MOST_REPETITIONS = 10_000;
    private static final Pattern REPETITION = Pattern.compile("\\{(\\d{1,6})(?:,(\\d{0,6}))?\\}");

    private final Pattern pattern;

    private RegexPolicy(Pattern pattern) {
        this.pattern = pattern;
    }

    static RegexPolicy of(String rule) {
        long repetitions = 1;
        Matcher counts = REPETITION.matcher(rule);
        while (counts.find() && repetitions <= MOST_REPETITIONS) {
            String most = counts.group(2) == null || counts.group(2).isEmpty() ? counts.group(1) : counts.group(2);
            repetitions *= Math.max(1, Long.parseLong(most));
        }
        if (repetitions > MOST_REPETITIONS) {
            throw TagPolicy.malformed("regex:" + rule, "its counted repetitions multiply to more than "
                    + MOST_REPETITIONS + "; a tag has at most 128 characters");
        }
        try {
            return new RegexPolicy(Pattern.compile(rule));
        } catch (PatternSyntaxException e) {
            throw TagPolicy.malformed("regex:" + rule, e.getDescription() + " at position " + e.getIndex());
        }
    }

    @Override
    public TagDecision decide(Tag tag, Supplier<? extends Collection<Tag>> held) {
        try {
            return pattern.matcher(new Watched(tag.text())).matches()
                    ? new TagDecision.Taken(text())
                    : TagPolicy.notMatched(this);
        } catch (TooManyLooks e) {
            return new TagDecision.NotTaken(text() + " was stopped because it backtracks too much on this tag; write it"
                    + " without nested repetitions");
        }
    }

    @Override
    public String text() {
        return "regex:" + pattern.pattern();
    }

    private static final class TooManyLooks extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManyLooks() {
            super("more than " + MOST_LOOKS + " looks at a tag", null, false, false);
        }
    }

    /** Text that counts how often it is looked at. */
    private static final class Watched implements CharSequence {
        private final String text;
        private int looks;

        Watched(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++looks > MOST_LOOKS) {
                throw new TooManyLooks();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
