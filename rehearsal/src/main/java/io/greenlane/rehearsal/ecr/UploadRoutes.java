package io.greenlane.rehearsal.ecr;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecr.model.InvalidLayerPartException;

/** {@code /v2/<name>/blobs/uploads/}: a blob in one piece, in chunks, or taken over from another repository. */
final class UploadRoutes {
    private static final Pattern CONTENT_RANGE = Pattern.compile("(?:bytes )?([0-9]{1,18})-([0-9]{1,18})(?:/.*)?");

    private final Registry registry;

    UploadRoutes(Registry registry) {
        this.registry = registry;
    }

    void serve(RegistryExchange exchange, String name, String upload) throws IOException {
        switch (exchange.method()) {
            case "POST" -> start(exchange, name);
            case "PATCH" -> append(exchange, name, upload);
            case "PUT" -> complete(exchange, name, upload);
            case "GET" -> status(exchange, name, upload);
            case "DELETE" -> cancel(exchange, name, upload);
            default -> throw exchange.unsupported();
        }
    }

    private void start(RegistryExchange exchange, String name) throws IOException {
        Optional<String> digest = exchange.query("digest");
        Optional<String> mount = exchange.query("mount");
        byte[] body = exchange.body();
        if (mount.isPresent() && mounted(exchange, name, mount.get())) {
            created(exchange, name, mount.get());
            return;
        }
        LayerUpload upload = registry.timeline()
                .call(() -> registry.require(null, name).startUpload(registry.newUploadId()));
        if (digest.isPresent()) {
            finish(exchange, name, upload.id(), 0, body, digest.get());
        } else {
            progress(exchange, name, upload.id(), 0, 202);
        }
    }

    private boolean mounted(RegistryExchange exchange, String name, String digest) {
        return registry.mountsBlobs() && registry.timeline().call(() -> {
            Repository target = registry.require(null, name);
            Optional<byte[]> blob = exchange.query("from").flatMap(registry::find).flatMap(from -> from.blob(digest));
            blob.ifPresent(content -> target.addBlob(digest, content));
            return blob.isPresent();
        });
    }

    private void append(RegistryExchange exchange, String name, String id) throws IOException {
        byte[] chunk = exchange.body();
        long offset;
        try {
            offset = registry.timeline().call(() -> {
                LayerUpload upload = registry.require(null, name).upload(id);
                upload.append(firstByte(exchange, upload, chunk), chunk);
                return upload.offset();
            });
        } catch (InvalidLayerPartException outOfOrder) {
            outOfOrder(exchange, name, id, outOfOrder);
            return;
        }
        progress(exchange, name, id, offset, 202);
    }

    private void complete(RegistryExchange exchange, String name, String id) throws IOException {
        String digest = exchange.query("digest").orElseThrow(
                () -> new RegistryFault(400, "DIGEST_INVALID", "The query parameter digest is missing"));
        byte[] chunk = exchange.body();
        long first;
        try {
            first = registry.timeline()
                    .call(() -> firstByte(exchange, registry.require(null, name).upload(id), chunk));
            finish(exchange, name, id, first, chunk, digest);
        } catch (InvalidLayerPartException outOfOrder) {
            outOfOrder(exchange, name, id, outOfOrder);
        }
    }

    private void finish(RegistryExchange exchange, String name, String id, long first, byte[] chunk, String digest)
            throws IOException {
        if (!Digests.isDigest(digest)) {
            throw new RegistryFault(400, "DIGEST_INVALID",
                    "A digest is sha256: and 64 hex digits, got '" + digest + "'");
        }
        registry.timeline().run(() -> {
            Repository repository = registry.require(null, name);
            LayerUpload upload = repository.upload(id);
            upload.append(first, chunk);
            repository.endUpload(id);
            repository.addBlob(digest, upload.complete(digest));
        });
        created(exchange, name, digest);
    }

    private void status(RegistryExchange exchange, String name, String id) throws IOException {
        long offset = registry.timeline().call(() -> registry.require(null, name).upload(id).offset());
        progress(exchange, name, id, offset, 204);
    }

    private void cancel(RegistryExchange exchange, String name, String id) throws IOException {
        registry.timeline().run(() -> {
            Repository repository = registry.require(null, name);
            repository.endUpload(repository.upload(id).id());
        });
        exchange.answerEmpty(204);
    }

    /** Where the chunk begins: as its Content-Range says, else where the upload stands. */
    private static long firstByte(RegistryExchange exchange, LayerUpload upload, byte[] chunk) {
        String range = exchange.requestHeader("Content-Range");
        if (range == null) {
            return upload.offset();
        }
        Matcher matcher = CONTENT_RANGE.matcher(range);
        if (!matcher.matches()
                || Long.parseLong(matcher.group(2)) - Long.parseLong(matcher.group(1)) + 1 != chunk.length) {
            throw new RegistryFault(400, "BLOB_UPLOAD_INVALID",
                    "The Content-Range '" + range + "' does not fit a chunk of " + chunk.length + " bytes");
        }
        return Long.parseLong(matcher.group(1));
    }

    private void outOfOrder(RegistryExchange exchange, String name, String id, InvalidLayerPartException refused)
            throws IOException {
        long last = refused.lastValidByteReceived();
        location(exchange, name, id, last + 1);
        exchange.refuse(new RegistryFault(416, "BLOB_UPLOAD_INVALID", String.valueOf(refused.getMessage())));
    }

    private static void progress(RegistryExchange exchange, String name, String id, long offset, int status)
            throws IOException {
        location(exchange, name, id, offset);
        exchange.answerEmpty(status);
    }

    private static void location(RegistryExchange exchange, String name, String id, long offset) {
        exchange.header("Location", "/v2/" + name + "/blobs/uploads/" + id);
        exchange.header("Docker-Upload-UUID", id);
        exchange.header("Range", "0-" + Math.max(0, offset - 1));
    }

    private static void created(RegistryExchange exchange, String name, String digest) throws IOException {
        exchange.header("Location", "/v2/" + name + "/blobs/" + digest);
        exchange.header("Docker-Content-Digest", digest);
        exchange.answerEmpty(201);
    }
}
