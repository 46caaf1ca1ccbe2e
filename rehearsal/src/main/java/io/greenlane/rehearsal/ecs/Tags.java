package io.greenlane.rehearsal.ecs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.Tag;

/** Tags of all resources by ARN. */
final class Tags {
    private static final int MAX = 50;
    private final Map<String, Map<String, String>> byArn = new LinkedHashMap<>();

    /** Refuses what a tag may not be. */
    static void check(List<Tag> tags) {
        if (tags.size() > MAX) {
            throw Faults.invalidParameter("A resource can have at most " + MAX + " tags, got " + tags.size());
        }
        for (Tag tag : tags) {
            String key = tag.key() == null ? "" : tag.key();
            if (key.isEmpty() || key.length() > 128 || (tag.value() != null && tag.value().length() > 256)) {
                throw Faults.invalidParameter("A tag has a key of 1 to 128 characters and a value of at most 256, got '"
                        + key + "'");
            }
            if (key.startsWith("aws:")) {
                throw Faults.invalidParameter("Tag key '" + key + "' begins with aws:, which is reserved");
            }
        }
    }

    void put(String arn, List<Tag> tags) {
        check(tags);
        Map<String, String> all = byArn.computeIfAbsent(arn, key -> new LinkedHashMap<>());
        tags.forEach(tag -> all.put(tag.key(), tag.value() == null ? "" : tag.value()));
    }

    void remove(String arn, List<String> keys) {
        byArn.getOrDefault(arn, new LinkedHashMap<>()).keySet().removeAll(keys);
    }

    List<Tag> of(String arn) {
        return byArn.getOrDefault(arn, Map.of()).entrySet().stream().map(tag -> Tag.builder().key(tag.getKey()).value(
                tag.getValue()).build()).toList();
    }
}
