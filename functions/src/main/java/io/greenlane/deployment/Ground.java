package io.greenlane.deployment;

import io.greenlane.release.Objection;

/** What a release finds in production when it is about to be deployed. */
public sealed interface Ground {
    /**
     * What it was prepared for.
     *
     * @param desiredCount how many tasks the service wants
     */
    record Firm(AppSpecContent appSpec, int desiredCount) implements Ground {}

    /** Somebody else has decided meanwhile what production runs. */
    record Lost(Objection objection) implements Ground {}

    /** Production runs another revision than the one that the release was copied from; it is to be prepared anew. */
    final class ChangedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public ChangedException(String sentence) {
            super(sentence);
        }
    }
}
