package io.greenlane.rehearsal.endpoint;

import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;

/** An HTTP answer of the endpoint. */
record WireResponse(int status, Map<String, String> headers, SdkBytes body) {
    /** No answer: the connection breaks. */
    static final WireResponse NONE = new WireResponse(0, Map.of(), SdkBytes.fromByteArrayUnsafe(new byte[0]));

    /** Whether the connection breaks in place of an answer. */
    boolean isLost() {
        return status == 0;
    }
}
