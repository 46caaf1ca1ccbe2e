package io.greenlane.validation.source;

import io.greenlane.validation.source.Documents.Lookup;

/**
 * Decides which validation file a service has: the one that was named, or else the one at the usual place, or else the built-in
 * default. A file that was named and is not there is an error; so is any file that may be there but cannot be read.
 */
public final class DocumentSearch {
    private final Documents documents;

    public DocumentSearch(Documents documents) {
        this.documents = documents;
    }

    /**
     * Searches.
     *
     * @param named the URI from the settings; blank when none was set
     * @param service name of the ECS service
     */
    public Sought of(String named, String service) {
        SourceUri uri;
        try {
            uri = named.isBlank() ? SourceUri.usualOf(service) : SourceUri.parse(named.strip());
        } catch (IllegalArgumentException e) {
            return new Sought.Refused("The validation file cannot be found: " + e.getMessage());
        }
        if (uri instanceof SourceUri.BuiltIn) {
            return new Sought.Default("The settings ask for the built-in default");
        }
        return switch (documents.find(uri)) {
            case Lookup.Found(Document document) -> new Sought.File(document);
            case Lookup.NotThere(String sentence) when named.isBlank() ->
                new Sought.Default(sentence + ", so the built-in default applies");
            case Lookup.NotThere(String sentence) ->
                new Sought.Refused("The validation file " + uri.text() + " is named but not there: " + sentence);
            case Lookup.Unreadable(String sentence) ->
                new Sought.Refused("The validation file cannot be read: " + sentence);
        };
    }

    /** What was found. */
    public sealed interface Sought {
        /** A file. */
        record File(Document document) implements Sought {}

        /** The built-in default applies; the sentence says why. */
        record Default(String sentence) implements Sought {}

        /** Nothing can be validated. */
        record Refused(String sentence) implements Sought {}
    }
}
