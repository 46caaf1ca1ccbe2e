package io.greenlane.rehearsal.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;

/** How one request and its answer are written. */
interface WireProtocol {
    /** Fills the request's builder. */
    void read(WireRequest request, SdkPojo into);

    /** The request's body as JSON, for a service that reads it itself. */
    ObjectNode readRaw(WireRequest request);

    WireResponse write(SdkPojo answer, String requestId);

    /** Writes an answer that has content beside its members. */
    default WireResponse write(SdkPojo answer, SdkBytes content, String requestId) {
        throw new IllegalStateException(getClass().getSimpleName() + " has no content beside members");
    }

    WireResponse writeRaw(ObjectNode answer, String requestId);

    WireResponse write(Fault fault, String requestId);
}
