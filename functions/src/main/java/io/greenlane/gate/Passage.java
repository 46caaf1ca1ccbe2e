package io.greenlane.gate;

import io.greenlane.gate.Finding.Overridden;
import io.greenlane.release.Operator;
import io.greenlane.release.OverriddenGate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What all gates together say. */
public sealed interface Passage {
    /** For people; it names each gate that it is about. */
    String sentence();

    /**
     * The deployment may start.
     *
     * @param overridden gates that would not let it, and do not count
     */
    record Open(String sentence, List<OverriddenGate> overridden) implements Passage {
        public Open {
            overridden = List.copyOf(overridden);
        }

        Open(String sentence) {
            this(sentence, List.of());
        }
    }

    /**
     * It may not start yet.
     *
     * @param until the first deadline of the gates that wait
     */
    record Waiting(String sentence, Instant until) implements Passage {}

    /** It may not start at all. */
    record Closed(String sentence) implements Passage {}

    /** What findings say of a release about which there is nothing else to say. */
    static Passage of(List<Finding> findings) {
        return of(findings, "");
    }

    /**
     * One gate that blocks closes the way; else one that waits keeps it closed for now.
     *
     * @param also what people are to hear besides where the way is closed; empty for nothing
     */
    static Passage of(List<Finding> findings, String also) {
        if (findings.stream().anyMatch(Finding.Blocked.class::isInstance)) {
            return new Closed(sentence(findings, Finding.Blocked.class::isInstance) + also);
        }
        return findings.stream().filter(Finding.NotYet.class::isInstance).map(Finding.NotYet.class::cast)
                .min(Comparator.comparing(Finding.NotYet::until)).<Passage>map(first -> new Waiting(
                        sentence(findings, Finding.NotYet.class::isInstance) + also, first.until()))
                .orElseGet(() -> findings.isEmpty()
                        ? new Open("The service has no gates.")
                        : new Open(sentence(findings, found -> true), findings.stream()
                                .filter(Overridden.class::isInstance).map(Overridden.class::cast)
                                .map(Overridden::asPassed).distinct().toList()));
    }

    private static String sentence(List<Finding> findings, Predicate<Finding> those) {
        return findings.stream().filter(those).map(Passage::told).collect(Collectors.joining("; ", "", "."));
    }

    private static String told(Finding found) {
        return "Gate " + found.gate() + (found instanceof Overridden(String gate, String sentence, Operator operator)
                ? ", overridden by " + operator.name() + " (" + operator.reason() + "): " + sentence
                : ": " + found.sentence());
    }
}
