package io.greenlane.rehearsal.s3;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A bucket: its settings, and the versions of its objects, the newest last. */
final class Bucket {
    private final String name;
    private final Instant created;
    private final NavigableMap<String, List<StoredObject>> objects = new TreeMap<>(Bucket::compareUtf8);
    private final Map<Class<?>, Object> settings = new HashMap<>();
    private @Nullable BucketVersioningStatus versioning;

    Bucket(String name, Instant created) {
        this.name = name;
        this.created = created;
    }

    String name() {
        return name;
    }

    Instant created() {
        return created;
    }

    /** Null when versioning was never turned on. */
    @Nullable
    BucketVersioningStatus versioning() {
        return versioning;
    }

    void setVersioning(@Nullable BucketVersioningStatus status) {
        versioning = status;
    }

    /** Keeps a setting, by its type. */
    <T> void set(Class<T> type, T setting) {
        settings.put(type, setting);
    }

    void unset(Class<?> type) {
        settings.remove(type);
    }

    <T> Optional<T> setting(Class<T> type) {
        return Optional.ofNullable(type.cast(settings.get(type)));
    }

    /** A setting that must be there. */
    <T> T setting(Class<T> type, Supplier<S3Exception> absent) {
        return setting(type).orElseThrow(absent);
    }

    boolean isEmpty() {
        return objects.isEmpty();
    }

    /** The newest version of each object that is not deleted, by key in the order of its UTF-8 bytes. */
    NavigableMap<String, StoredObject> current() {
        NavigableMap<String, StoredObject> current = new TreeMap<>(Bucket::compareUtf8);
        objects.forEach((key, versions) -> {
            if (!versions.getLast().isDeletion()) {
                current.put(key, versions.getLast());
            }
        });
        return current;
    }

    /** All versions of all objects, by key, the newest first. */
    List<StoredObject> versions() {
        return objects.values().stream().flatMap(versions -> versions.reversed().stream()).toList();
    }

    boolean isNewest(StoredObject version) {
        return objects.getOrDefault(version.key(), List.of()).getLast().versionId().equals(version.versionId());
    }

    /** The newest version, or the one named; empty when there is none or it is a deletion. */
    Optional<StoredObject> find(String key, @Nullable String versionId) {
        List<StoredObject> versions = objects.getOrDefault(key, List.of());
        return (versionId == null
                ? versions.isEmpty() ? Optional.<StoredObject>empty() : Optional.of(versions.getLast())
                : versions.stream().filter(version -> version.versionId().equals(versionId)).findFirst())
                .filter(version -> !version.isDeletion());
    }

    boolean hasVersion(String key, String versionId) {
        return objects.getOrDefault(key, List.of()).stream()
                .anyMatch(version -> version.versionId().equals(versionId));
    }

    /** Adds a version, in the place of the one with the same id. */
    void add(StoredObject version) {
        remove(version.key(), version.versionId());
        objects.computeIfAbsent(version.key(), key -> new ArrayList<>()).add(version);
    }

    /** Removes one version for good; nothing happens when it is not there. */
    void remove(String key, String versionId) {
        objects.computeIfPresent(key, (same, versions) -> {
            versions.removeIf(version -> version.versionId().equals(versionId));
            return versions.isEmpty() ? null : versions;
        });
    }

    /** Code points in their order, which is that of the bytes; a String's own order is not where surrogates occur. */
    private static int compareUtf8(String one, String other) {
        int[] left = one.codePoints().toArray();
        int[] right = other.codePoints().toArray();
        return Arrays.compare(left, right);
    }
}
