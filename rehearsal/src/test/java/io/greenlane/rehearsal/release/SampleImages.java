package io.greenlane.rehearsal.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/** Images of a config alone, pushed by ECR's own calls. */
final class SampleImages {
    private SampleImages() {}

    /**
     * Pushes the image that a seed stands for.
     *
     * @return its digest
     */
    static String push(VirtualCloud cloud, String repository, String tag, String seed) {
        return push(cloud, repository, tag, ("{\"author\":\"" + seed + "\"}").getBytes(UTF_8));
    }

    /** Pushes an image of Linux under a tag that is the seed. */
    static String pushBuiltFor(VirtualCloud cloud, String repository, String architecture, String tag) {
        return push(cloud, repository, tag, ("{\"author\":\"" + tag + "\",\"os\":\"linux\",\"architecture\":\""
                + architecture + "\"}").getBytes(UTF_8));
    }

    /** Pushes an image of Linux without a tag, as a part of an index. */
    static String pushPart(VirtualCloud cloud, String repository, String architecture) {
        return push(cloud, repository, null,
                ("{\"os\":\"linux\",\"architecture\":\"" + architecture + "\"}").getBytes(UTF_8));
    }

    private static String push(VirtualCloud cloud, String repository, @Nullable String tag, byte[] config) {
        String digest = pushBlob(cloud, repository, config);
        String manifest = "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":"
                + "{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\"" + digest + "\",\"size\":"
                + config.length + "},\"layers\":[]}";
        return cloud.ecr.putImage(it -> it.repositoryName(repository).imageTag(tag).imageManifest(manifest)).image()
                .imageId().imageDigest();
    }

    /**
     * Pushes the content of a layer or a configuration, unless it is there.
     *
     * @return its digest
     */
    static String pushBlob(VirtualCloud cloud, String repository, byte[] content) {
        String digest = digest(content);
        if (cloud.ecr.blob(repository, digest).isEmpty()) {
            String upload = cloud.ecr.initiateLayerUpload(it -> it.repositoryName(repository)).uploadId();
            cloud.ecr.uploadLayerPart(it -> it.repositoryName(repository).uploadId(upload).partFirstByte(0L)
                    .partLastByte(content.length - 1L).layerPartBlob(SdkBytes.fromByteArray(content)));
            cloud.ecr.completeLayerUpload(it -> it.repositoryName(repository).uploadId(upload).layerDigests(digest));
        }
        return digest;
    }

    private static String digest(byte[] content) {
        try {
            return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
