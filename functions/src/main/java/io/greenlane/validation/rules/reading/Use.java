package io.greenlane.validation.rules.reading;

import java.util.Set;

/**
 * Where a text is used, which decides what may be filled in.
 *
 * @param where for sentences, for example {@code a header}
 * @param secrets whether a secret may stand there: only where it is sent and not shown
 * @param saved names of values that are known by the time the text is used
 */
record Use(String where, boolean secrets, Set<String> saved) {
    /** The path of a request. */
    static Use target(Set<String> saved) {
        return new Use("the path of a request, which load balancers write into their logs", false, saved);
    }

    /** A header that load balancers write into their logs. */
    static Use logged(String header, Set<String> saved) {
        return new Use("the header " + header + ", which load balancers write into their logs", false, saved);
    }

    /** Headers and body of a request. */
    static Use sent(Set<String> saved) {
        return new Use("a request", true, saved);
    }

    /** What an answer must be. */
    static final Use EXPECTED = new Use("an expectation, which is told when it is not met", false, Set.of());
}
