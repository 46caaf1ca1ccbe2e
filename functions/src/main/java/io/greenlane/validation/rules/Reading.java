package io.greenlane.validation.rules;

import java.util.List;
import java.util.stream.Collectors;

/** What came of reading a validation.yaml. */
public sealed interface Reading {
    /** It can be used. */
    record Usable(ValidationRules rules) implements Reading {}

    /**
     * It cannot.
     *
     * @param problems all that were found, by their place; at least one
     */
    record Refused(List<Problem> problems) implements Reading {
        public Refused {
            problems = List.copyOf(problems);
        }

        /** All of them, a line each. */
        public String sentence() {
            return problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
        }
    }
}
