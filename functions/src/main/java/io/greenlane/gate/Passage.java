package io.greenlane.gate;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What all gates together say. */
public sealed interface Passage {
    /** For people; it names each gate that it is about. */
    String sentence();

    /** The deployment may start. */
    record Open(String sentence) implements Passage {}

    /**
     * It may not start yet.
     *
     * @param until the first deadline of the gates that wait
     */
    record Waiting(String sentence, Instant until) implements Passage {}

    /** It may not start at all. */
    record Closed(String sentence) implements Passage {}

    /** One gate that blocks closes the way; else one that waits keeps it closed for now. */
    static Passage of(List<Finding> findings) {
        if (findings.stream().anyMatch(Finding.Blocked.class::isInstance)) {
            return new Closed(sentence(findings, Finding.Blocked.class::isInstance));
        }
        return findings.stream().filter(Finding.NotYet.class::isInstance).map(Finding.NotYet.class::cast)
                .min(Comparator.comparing(Finding.NotYet::until)).<Passage>map(first -> new Waiting(
                        sentence(findings, Finding.NotYet.class::isInstance), first.until()))
                .orElseGet(() -> new Open(findings.isEmpty()
                        ? "The service has no gates."
                        : sentence(findings, found -> true)));
    }

    private static String sentence(List<Finding> findings, Predicate<Finding> those) {
        return findings.stream().filter(those).map(found -> "Gate " + found.gate() + ": " + found.sentence())
                .collect(Collectors.joining("; ", "", "."));
    }
}
