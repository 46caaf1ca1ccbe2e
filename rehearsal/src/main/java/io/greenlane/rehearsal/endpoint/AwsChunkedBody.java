package io.greenlane.rehearsal.endpoint;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;

/**
 * The encoding {@code aws-chunked} of a body: chunks with their lengths, each with or without a signature, and headers that
 * trail (Signature Version 4, uploads in chunks).
 */
final class AwsChunkedBody {
    private final byte[] sent;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final Map<String, String> trailers = new HashMap<>();
    private int position;

    private AwsChunkedBody(byte[] sent) {
        this.sent = sent;
    }

    /**
     * The request with its content as the body, trailing headers among its headers; the same request when its body has not
     * this encoding.
     *
     * @throws RequestFault when the body is not as its encoding says
     */
    static WireRequest decoded(WireRequest request) {
        if (!request.header("x-amz-content-sha256").orElse("").startsWith("STREAMING-")) {
            return request;
        }
        AwsChunkedBody body = new AwsChunkedBody(request.body().asByteArrayUnsafe());
        body.read();
        Map<String, String> headers = new HashMap<>(request.headers());
        headers.putAll(body.trailers);
        headers.put("content-length", String.valueOf(body.content.size()));
        String encoding = Stream.of(request.header("content-encoding").orElse("").split(",", -1)).map(String::trim)
                .filter(each -> !each.isEmpty() && !each.equalsIgnoreCase("aws-chunked"))
                .collect(Collectors.joining(","));
        headers.remove("content-encoding");
        if (!encoding.isEmpty()) {
            headers.put("content-encoding", encoding);
        }
        String announced = request.header("x-amz-decoded-content-length").orElse("");
        if (!announced.equals(String.valueOf(body.content.size()))) {
            throw new RequestFault("IncompleteBody", 400, "The request body terminated unexpectedly: "
                    + body.content.size() + " bytes, announced as " + announced);
        }
        return new WireRequest(request.method(), request.path(), request.query(), headers,
                SdkBytes.fromByteArrayUnsafe(body.content.toByteArray()));
    }

    private void read() {
        int length = chunkLength();
        while (length > 0) {
            if (length > sent.length - position) {
                throw incomplete();
            }
            content.write(sent, position, length);
            position += length;
            if (!line().isEmpty()) {
                throw incomplete();
            }
            length = chunkLength();
        }
        while (position < sent.length) {
            String trailer = line();
            int colon = trailer.indexOf(':');
            if (colon > 0) {
                trailers.put(trailer.substring(0, colon).trim().toLowerCase(Locale.ROOT),
                        trailer.substring(colon + 1).trim());
            }
        }
    }

    private int chunkLength() {
        String line = line();
        int end = line.indexOf(';');
        try {
            return Integer.parseUnsignedInt(end < 0 ? line : line.substring(0, end), 16);
        } catch (NumberFormatException notALength) {
            throw incomplete();
        }
    }

    private String line() {
        int start = position;
        while (position < sent.length && sent[position] != '\n') {
            position++;
        }
        if (position == sent.length && start == position) {
            throw incomplete();
        }
        String line = new String(sent, start, position - start, StandardCharsets.ISO_8859_1);
        position = Math.min(sent.length, position + 1);
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private static RequestFault incomplete() {
        return new RequestFault("IncompleteBody", 400,
                "The request body terminated unexpectedly: it is not encoded as aws-chunked");
    }
}
