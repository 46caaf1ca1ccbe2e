package io.greenlane.rehearsal.ecr;

import io.greenlane.rehearsal.cloud.Account;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One repository: its images by digest, the tags that point at them, and the blobs they are made of. */
final class Repository {
    private final Account account;
    private final String name;
    private final Instant createdAt;
    private final Map<String, StoredImage> images = new LinkedHashMap<>();
    private final Map<String, String> digestByTag = new TreeMap<>();
    private final Map<String, byte[]> blobs = new HashMap<>();
    private final Map<String, LayerUpload> uploads = new HashMap<>();
    private final Map<String, String> resourceTags = new TreeMap<>();
    private TagMutability mutability;
    private boolean scanOnPush;
    private @Nullable String lifecyclePolicy;
    private @Nullable String policy;

    /** An image and when it was pushed last. */
    record StoredImage(Manifest manifest, Instant pushedAt) {}

    Repository(Account account, String name, Instant createdAt, TagMutability mutability, boolean scanOnPush) {
        this.account = account;
        this.name = name;
        this.createdAt = createdAt;
        this.mutability = mutability;
        this.scanOnPush = scanOnPush;
    }

    String name() {
        return name;
    }

    String arn() {
        return account.arn("ecr", "repository/" + name);
    }

    String registryId() {
        return account.id();
    }

    Instant createdAt() {
        return createdAt;
    }

    Map<String, String> resourceTags() {
        return resourceTags;
    }

    TagMutability mutability() {
        return mutability;
    }

    void mutability(TagMutability changed) {
        mutability = changed;
    }

    boolean scanOnPush() {
        return scanOnPush;
    }

    void scanOnPush(boolean changed) {
        scanOnPush = changed;
    }

    @Nullable
    String lifecyclePolicy() {
        return lifecyclePolicy;
    }

    void lifecyclePolicy(@Nullable String text) {
        lifecyclePolicy = text;
    }

    @Nullable
    String policy() {
        return policy;
    }

    void policy(@Nullable String text) {
        policy = text;
    }

    List<StoredImage> images() {
        return List.copyOf(images.values());
    }

    /** The tags that point at the image, in order. */
    List<String> tagsOf(String digest) {
        List<String> tags = new ArrayList<>();
        digestByTag.forEach((tag, pointsAt) -> {
            if (pointsAt.equals(digest)) {
                tags.add(tag);
            }
        });
        return tags;
    }

    List<String> tags() {
        return List.copyOf(digestByTag.keySet());
    }

    Optional<StoredImage> byDigest(String digest) {
        return Optional.ofNullable(images.get(digest));
    }

    Optional<StoredImage> byTag(String tag) {
        return Optional.ofNullable(digestByTag.get(tag)).flatMap(this::byDigest);
    }

    /** By tag or digest. */
    Optional<StoredImage> byReference(String reference) {
        return Digests.isDigest(reference) ? byDigest(reference) : byTag(reference);
    }

    /** By digest, tag, or both, which must then belong together. */
    StoredImage require(@Nullable String digest, @Nullable String tag) {
        Optional<StoredImage> found = digest != null ? byDigest(digest) : tag != null ? byTag(tag) : Optional.empty();
        return found.filter(image -> tag == null || image.manifest().digest().equals(digestByTag.get(tag)))
                .orElseThrow(() -> EcrFaults.imageNotFound(digest, tag, name, registryId()));
    }

    /** The digests of the images that refer to this one as their subject. */
    List<StoredImage> referrersOf(String digest) {
        return images.values().stream().filter(image -> digest.equals(image.manifest().subject())).toList();
    }

    /** The digests of the indexes that list this image. */
    List<String> indexesOf(String digest) {
        return images.values().stream().filter(image -> image.manifest().children().contains(digest))
                .map(image -> image.manifest().digest()).toList();
    }

    /**
     * Bytes of the image; of an index, the largest of its images (ImageDetail of the ECR API reference).
     */
    long sizeOf(Manifest manifest) {
        return manifest.isIndex()
                ? manifest.children().stream().flatMap(child -> byDigest(child).stream())
                        .mapToLong(child -> child.manifest().sizeOfBlobs()).max().orElse(0)
                : manifest.sizeOfBlobs();
    }

    /** Stores the manifest and points the tag at it; what the tag pointed at before stays, untagged. */
    void store(Manifest manifest, @Nullable String tag, Instant now) {
        images.put(manifest.digest(), new StoredImage(manifest, now));
        if (tag != null) {
            digestByTag.put(tag, manifest.digest());
        }
    }

    void removeTag(String tag) {
        digestByTag.remove(tag);
    }

    void removeImage(String digest) {
        images.remove(digest);
        digestByTag.values().removeIf(digest::equals);
    }

    Optional<byte[]> blob(String digest) {
        return Optional.ofNullable(blobs.get(digest));
    }

    void addBlob(String digest, byte[] content) {
        blobs.put(digest, content);
    }

    LayerUpload startUpload(String id) {
        LayerUpload upload = new LayerUpload(id);
        uploads.put(id, upload);
        return upload;
    }

    LayerUpload upload(String id) {
        LayerUpload upload = uploads.get(id);
        if (upload == null) {
            throw EcrFaults.uploadNotFound(id, name, registryId());
        }
        return upload;
    }

    void endUpload(String id) {
        uploads.remove(id);
    }
}
