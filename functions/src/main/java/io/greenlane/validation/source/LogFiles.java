package io.greenlane.validation.source;

import java.io.InputStream;

/** Opens files that are too large for a {@link Document}, to be read from front to back. */
@FunctionalInterface
public interface LogFiles {
    /** Opens the file; whatever its place answers is a value. */
    Opening open(SourceUri uri);

    /** What became of it. */
    sealed interface Opening {
        /** To be closed by the caller. */
        record Opened(InputStream content) implements Opening {}

        /** There is none, or it may not be read. */
        record Unavailable(String sentence) implements Opening {}
    }
}
