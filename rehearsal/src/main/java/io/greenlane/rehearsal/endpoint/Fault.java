package io.greenlane.rehearsal.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * An error as a client sees it.
 *
 * @param code on the wire: {@code TaskTimedOut}, {@code TargetGroupNotFound}
 * @param legacyCode the code of the service's former query protocol; null when it has none
 * @param members what the error carries beside its message
 */
record Fault(String code, @Nullable String legacyCode, int status, String message, ObjectNode members) {
    /** Whether the caller is to blame, in the words of the query protocol. */
    String blame() {
        return status < 500 ? "Sender" : "Receiver";
    }
}
