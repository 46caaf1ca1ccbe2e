package io.greenlane.validation.run;

import java.time.Duration;

/**
 * Time that is left for a rule.
 *
 * @param slice until this call must end
 * @param hook until everything must be done
 * @param fresh whether no rule has ended in this slice yet, so that a new slice would give no more time than this one
 */
record Left(Duration slice, Duration hook, boolean fresh) {
    Duration least() {
        return least(slice, hook);
    }

    /** The smaller one of what is left of the slice, what is left of the hook, and what the rule itself may take. */
    Duration atMost(Duration longest) {
        return least(least(), longest);
    }

    /** Whether work that may take so long is cut off by the end of the slice, and by nothing else. */
    boolean cutsOff(Duration longest) {
        return slice.compareTo(hook) < 0 && slice.compareTo(longest) < 0;
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
