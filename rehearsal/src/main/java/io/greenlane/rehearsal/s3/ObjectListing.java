package io.greenlane.rehearsal.s3;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A page of a bucket's objects.
 *
 * @param last the last key or common prefix of the page, which the next page begins after; null on the last page
 */
record ObjectListing(List<StoredObject> objects, List<String> prefixes, @Nullable String last) {
    /**
     * The page after a key.
     *
     * @param after a key, or a common prefix that the page before ended with; empty for the first page
     * @param delimiter keys that have it after the prefix are shown once, up to it; empty for none
     * @param most objects and common prefixes together
     */
    static ObjectListing of(NavigableMap<String, StoredObject> all, String prefix, String delimiter, String after,
            int most) {
        List<StoredObject> objects = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        String last = null;
        for (Map.Entry<String, StoredObject> entry : all.tailMap(after, false).entrySet()) {
            String key = entry.getKey();
            int cut = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
            String common = cut < 0 ? "" : key.substring(0, cut + delimiter.length());
            boolean shown = !key.startsWith(prefix)
                    || (!common.isEmpty() && (common.equals(last) || common.equals(after)));
            if (shown) {
                continue;
            }
            if (objects.size() + prefixes.size() == most) {
                return new ObjectListing(objects, prefixes, last == null ? after : last);
            }
            if (common.isEmpty()) {
                objects.add(entry.getValue());
                last = key;
            } else {
                prefixes.add(common);
                last = common;
            }
        }
        return new ObjectListing(objects, prefixes, null);
    }

    /** The objects in the shape of the answer. */
    List<S3Object> contents(boolean encoded) {
        return objects.stream()
                .map(object -> S3Object.builder().key(text(object.key(), encoded)).eTag(object.eTag())
                        .size((long) object.bytes().length).lastModified(object.lastModified())
                        .storageClass("STANDARD").build())
                .toList();
    }

    /** The common prefixes in the shape of the answer. */
    List<CommonPrefix> commonPrefixes(boolean encoded) {
        return prefixes.stream().map(prefix -> CommonPrefix.builder().prefix(text(prefix, encoded)).build()).toList();
    }

    /** A key as the answer has it under the encoding type {@code url}. */
    static String text(String key, boolean encoded) {
        return encoded ? URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/") : key;
    }
}
