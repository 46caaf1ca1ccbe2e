package io.greenlane.rehearsal.release;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpResponse;

/** An answer as it went over the wire; it can be given any number of times. */
record WireAnswer(SdkHttpResponse head, SdkBytes body) {
    private static final Pattern REQUEST_ID = Pattern.compile("<RequestId>[^<]*</RequestId>");

    static WireAnswer of(HttpExecuteResponse response) throws IOException {
        try (InputStream content = response.responseBody().orElse(AbortableInputStream.createEmpty())) {
            return new WireAnswer(response.httpResponse(), SdkBytes.fromByteArrayUnsafe(content.readAllBytes()));
        }
    }

    HttpExecuteResponse response() {
        return HttpExecuteResponse.builder().response(head)
                .responseBody(AbortableInputStream.create(body.asInputStream())).build();
    }

    /** A success with another body. */
    WireAnswer saying(String text) {
        SdkBytes bytes = SdkBytes.fromUtf8String(text);
        return new WireAnswer(head.toBuilder().statusCode(200).removeHeader("x-amzn-ErrorType")
                .putHeader("Content-Length", String.valueOf(bytes.asByteArrayUnsafe().length)).build(), bytes);
    }

    /** The first half. */
    WireAnswer cut() {
        byte[] all = body.asByteArrayUnsafe();
        int half = all.length / 2;
        return new WireAnswer(head.toBuilder().putHeader("Content-Length", String.valueOf(half)).build(),
                SdkBytes.fromByteArray(Arrays.copyOf(all, half)));
    }

    /** Whether two answers differ in no more than the id of their request. */
    boolean saysTheSameAs(WireAnswer other) {
        return head.statusCode() == other.head.statusCode() && said().equals(other.said());
    }

    private String said() {
        return REQUEST_ID.matcher(body.asUtf8String()).replaceAll("");
    }
}
