package io.greenlane.rehearsal.endpoint;

import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;

/** An HTTP answer of the endpoint. */
record WireResponse(int status, Map<String, String> headers, SdkBytes body) {}
