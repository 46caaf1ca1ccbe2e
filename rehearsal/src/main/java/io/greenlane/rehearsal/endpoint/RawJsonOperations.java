package io.greenlane.rehearsal.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Implemented by a simulated service that must keep members which the SDK's model does not know, as AWS keeps members newer
 * than the SDK in use: the endpoint hands it such an operation before anything is typed.
 */
public interface RawJsonOperations {
    /** Whether {@link #callRaw} serves the operation, by its name on the wire, for example RegisterTaskDefinition. */
    boolean servesRaw(String operation);

    /** Serves the operation: the JSON body of the request in, the JSON body of the answer out; throws the SDK's exceptions. */
    ObjectNode callRaw(String operation, ObjectNode request);
}
