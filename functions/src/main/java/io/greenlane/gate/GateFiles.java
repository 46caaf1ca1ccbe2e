package io.greenlane.gate;

import io.greenlane.gate.reading.GatesReader;
import io.greenlane.gate.reading.GatesReader.Reading;
import io.greenlane.validation.source.Documents;
import io.greenlane.validation.source.Documents.Lookup;
import io.greenlane.validation.source.SourceUri;

/** Finds the gates.yaml of a service: the one that the settings name, or else the one at the usual place. */
public final class GateFiles {
    private final Documents documents;
    private final String named;

    /**
     * A search.
     *
     * @param named the URI from the settings; blank when none was set
     */
    public GateFiles(Documents documents, String named) {
        this.documents = documents;
        this.named = named.strip();
    }

    /**
     * Searches.
     *
     * @param service name of the ECS service
     */
    public Sought of(String service) {
        SourceUri uri;
        try {
            uri = named.isEmpty() ? SourceUri.usualOf(service, "gates") : SourceUri.parse(named);
        } catch (IllegalArgumentException e) {
            return new Sought.Unusable("the file cannot be found: " + e.getMessage());
        }
        return switch (documents.find(uri)) {
            case Lookup.Found found -> switch (GatesReader.read(found.document())) {
                case Reading.Usable(GateRules rules) -> new Sought.File(rules);
                case Reading.Refused refused -> new Sought.Unusable("gates.yaml cannot be used: " + refused.sentence());
            };
            case Lookup.NotThere nothing when named.isEmpty() -> new Sought.None();
            case Lookup.NotThere(String sentence) -> new Sought.Unusable("the settings name " + uri.text()
                    + ", and it is not there: " + sentence);
            case Lookup.Unreadable(String sentence) -> new Sought.Unreadable(sentence);
        };
    }

    /** What was found. */
    public sealed interface Sought {
        /** A file. */
        record File(GateRules rules) implements Sought {}

        /** The service has no gates. */
        record None() implements Sought {}

        /** There should be gates, and nobody can say which, until somebody changes something. */
        record Unusable(String sentence) implements Sought {}

        /** There may be a file, but its place does not give it out now. */
        record Unreadable(String sentence) implements Sought {}
    }
}
