package io.greenlane.rehearsal.endpoint;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The bucket that a request to S3 names, in its path ({@code /bucket/key}) or its host ({@code bucket.localhost}).
 *
 * @param bucket null when the request is about all of them
 * @param rest the request with a path that begins after the bucket: empty, or a slash and the key
 */
record BucketAddress(@Nullable String bucket, WireRequest rest) {
    private static final Pattern HOST = Pattern.compile("(.+)\\.localhost(:[0-9]+)?");

    static BucketAddress of(WireRequest request) {
        Matcher host = HOST.matcher(request.header("host").orElse(""));
        if (host.matches()) {
            return new BucketAddress(host.group(1), with(request, request.path()));
        }
        String path = request.path().substring(1);
        int slash = path.indexOf('/');
        String bucket = slash < 0 ? path : path.substring(0, slash);
        return bucket.isEmpty()
                ? new BucketAddress(null, request)
                : new BucketAddress(RestMembers.decode(bucket),
                        with(request, slash < 0 ? "" : path.substring(slash)));
    }

    /** The bucket as a label of the path. */
    Map<String, String> label() {
        return bucket == null ? Map.of() : Map.of("Bucket", bucket);
    }

    private static WireRequest with(WireRequest request, String path) {
        return new WireRequest(request.method(), path.equals("/") ? "" : path, request.query(), request.headers(),
                request.body());
    }
}
