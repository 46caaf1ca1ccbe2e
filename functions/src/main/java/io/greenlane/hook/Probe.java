package io.greenlane.hook;

import java.net.URI;

/** Sends one request to green. */
@FunctionalInterface
public interface Probe {
    /** GET, without following redirects. */
    Answer get(URI uri);

    /** What came back. */
    sealed interface Answer {
        /** An HTTP response. */
        record Status(int code) implements Answer {}

        /** None; the clause says why, for example that the connection was refused. */
        record Nothing(String why) implements Answer {}
    }
}
