package io.greenlane.image;

import java.util.Collection;
import java.util.function.Supplier;

/**
 * Tags of a form: {@code *} stands for any characters, also none, {@code ?} for exactly one, everything else for itself.
 *
 * @param pattern without the {@code glob:}
 */
record GlobPolicy(String pattern) implements TagPolicy {
    @Override
    public TagDecision decide(Tag tag, Supplier<? extends Collection<Tag>> held) {
        return matches(tag.text()) ? new TagDecision.Taken(text()) : TagPolicy.notMatched(this);
    }

    /** Remembers only the last star: at most pattern times tag steps, whatever the pattern. */
    private boolean matches(String tag) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (at < tag.length()) {
            if (in < pattern.length() && pattern.charAt(in) == '*') {
                star = in++;
                resume = at;
            } else if (in < pattern.length() && (pattern.charAt(in) == '?' || pattern.charAt(in) == tag.charAt(at))) {
                in++;
                at++;
            } else if (star >= 0) {
                in = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        return pattern.substring(in).chars().allMatch(c -> c == '*');
    }

    @Override
    public String text() {
        return "glob:" + pattern;
    }
}
