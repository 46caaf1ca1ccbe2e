package io.greenlane.probe;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came back for a request. */
public sealed interface Answer {
    /**
     * From the call until the last byte that was read, or until it was clear that none would come, by a clock that never goes back.
     * Waiting for a connection counts, so that a listener that is slow to accept hides nothing.
     */
    Duration took();

    /**
     * An HTTP response.
     *
     * @param headers by name in small letters, values in their order
     * @param body decoded as UTF-8, at most as much as the sender keeps
     * @param cut whether there was more of the body than was kept
     */
    record Response(int status, Map<String, List<String>> headers, String body, boolean cut, Duration took)
            implements
                Answer {
        public Response {
            headers = Map.copyOf(headers);
        }

        /** The first value of a header; null when it is not there. */
        public @Nullable String header(String name) {
            List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
            return values == null || values.isEmpty() ? null : values.get(0);
        }
    }

    /**
     * No HTTP response.
     *
     * @param sentence what happened, and what may be the cause
     */
    record Nothing(Fault fault, String sentence, Duration took) implements Answer {}

    /** Why there is no response. */
    enum Fault {
        /** Nobody listens there. */
        REFUSED,
        /** No connection in time: security group, subnet, or a host that is gone. */
        NO_CONNECTION,
        /** Connected, but the answer was not there in time. */
        TIMED_OUT,
        /** The certificate is good, but for another name than was asked for. */
        OTHER_NAME,
        /** The certificate is not good, or the handshake failed. */
        TLS,
        /** The connection ended before the answer did, or the answer was no HTTP. */
        BROKEN,
        /** The name has no address. */
        UNKNOWN_HOST,
        /** The address is one that is never called. */
        FORBIDDEN
    }
}
