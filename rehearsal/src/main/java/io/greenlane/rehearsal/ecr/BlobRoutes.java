package io.greenlane.rehearsal.ecr;

import java.io.IOException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /v2/<name>/blobs/<digest>}: a blob, whole or a range of it. ECR deletes no single blob. */
final class BlobRoutes {
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{1,18})-([0-9]{0,18})");
    private static final String BINARY = "application/octet-stream";

    private final Registry registry;

    BlobRoutes(Registry registry) {
        this.registry = registry;
    }

    void serve(RegistryExchange exchange, String name, String digest) throws IOException {
        if (!exchange.method().equals("GET") && !exchange.method().equals("HEAD")) {
            throw exchange.unsupported();
        }
        byte[] blob = registry.timeline().call(() -> registry.require(null, name).blob(digest))
                .orElseThrow(() -> new RegistryFault(404, "BLOB_UNKNOWN",
                        "The repository " + name + " has no blob " + digest));
        exchange.header("Docker-Content-Digest", digest);
        exchange.header("Accept-Ranges", "bytes");
        send(exchange, blob, exchange.requestHeader("Range"));
    }

    private static void send(RegistryExchange exchange, byte[] blob, @Nullable String range) throws IOException {
        if (range == null) {
            exchange.answer(200, BINARY, blob);
            return;
        }
        Matcher matcher = RANGE.matcher(range);
        long from = matcher.matches() ? Long.parseLong(matcher.group(1)) : blob.length;
        long to = matcher.matches() && !matcher.group(2).isEmpty()
                ? Math.min(Long.parseLong(matcher.group(2)), blob.length - 1L)
                : blob.length - 1L;
        if (from > to) {
            exchange.header("Content-Range", "bytes */" + blob.length);
            exchange.answerEmpty(416);
            return;
        }
        exchange.header("Content-Range", "bytes " + from + "-" + to + "/" + blob.length);
        exchange.answer(206, BINARY, Arrays.copyOfRange(blob, (int) from, (int) to + 1));
    }
}
