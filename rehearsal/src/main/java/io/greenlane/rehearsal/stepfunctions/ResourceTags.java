package io.greenlane.rehearsal.stepfunctions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sfn.model.Tag;

/** The tags of state machines and activities. */
final class ResourceTags {
    private final Map<String, Map<String, String>> byArn = new LinkedHashMap<>();

    void put(String arn, List<Tag> tags) {
        Map<String, String> mine = byArn.computeIfAbsent(arn, same -> new LinkedHashMap<>());
        tags.forEach(tag -> mine.put(tag.key(), tag.value()));
    }

    void remove(String arn, List<String> keys) {
        byArn.getOrDefault(arn, Map.of()).keySet().removeAll(keys);
    }

    List<Tag> of(String arn) {
        return byArn.getOrDefault(arn, Map.of()).entrySet().stream()
                .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build()).toList();
    }

    void forget(String arn) {
        byArn.remove(arn);
    }
}
