package io.greenlane.rehearsal.s3;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What If-Match and its like demand of the object that is there (S3 API reference, conditional requests). */
record ObjectConditions(@Nullable String ifMatch, @Nullable String ifNoneMatch, @Nullable Instant ifModifiedSince,
        @Nullable Instant ifUnmodifiedSince) {
    /** Refuses to read the object with 412, or with 304 when the reader has it already. */
    void checkRead(StoredObject object) {
        if (ifMatch != null ? !matches(ifMatch, object) : isAfter(object, ifUnmodifiedSince)) {
            throw S3Faults.preconditionFailed();
        }
        boolean same = ifNoneMatch != null
                ? matches(ifNoneMatch, object)
                : ifModifiedSince != null && !isAfter(object, ifModifiedSince);
        if (same) {
            throw S3Faults.of(304, "NotModified", "Not Modified");
        }
    }

    /**
     * Refuses to write over the object.
     *
     * @param present the object under the key that is to be written
     */
    void checkWrite(Optional<StoredObject> present) {
        if (ifNoneMatch != null && !ifNoneMatch.equals("*")) {
            throw S3Faults.notImplemented("If-None-Match with anything but * when an object is written");
        }
        if (ifMatch != null && present.isEmpty()) {
            throw S3Faults.noSuchKey();
        }
        boolean refused = (ifNoneMatch != null && present.isPresent())
                || (ifMatch != null && !matches(ifMatch, present.orElseThrow()));
        if (refused) {
            throw S3Faults.preconditionFailed();
        }
    }

    private static boolean isAfter(StoredObject object, @Nullable Instant moment) {
        return moment != null && object.lastModified().isAfter(moment.truncatedTo(ChronoUnit.SECONDS));
    }

    private static boolean matches(String tags, StoredObject object) {
        String bare = object.eTag().replace("\"", "");
        return Stream.of(tags.split(",", -1)).map(tag -> tag.trim().replace("\"", ""))
                .anyMatch(tag -> tag.equals("*") || tag.equals(bare));
    }
}
