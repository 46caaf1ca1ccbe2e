package io.greenlane.rehearsal.template;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** A resource to create: its evaluated properties, each of which must be read by who creates it. */
final class ResourceRequest {
    private final String stack;
    private final String logicalId;
    private final Path folder;
    private final Map<String, Object> properties;
    private final Set<String> unread;

    /**
     * @param folder of the template, which paths in properties are relative to
     */
    ResourceRequest(String stack, String logicalId, Path folder, Map<String, Object> properties) {
        this.stack = stack;
        this.logicalId = logicalId;
        this.folder = folder;
        this.properties = properties;
        this.unread = new TreeSet<>(properties.keySet());
    }

    String stack() {
        return stack;
    }

    String logicalId() {
        return logicalId;
    }

    Path folder() {
        return folder;
    }

    /** Every property that nobody has read so far, now read. */
    Map<String, Object> rest() {
        Map<String, Object> rest = new LinkedHashMap<>(properties);
        rest.keySet().retainAll(unread);
        unread.clear();
        return rest;
    }

    Optional<Object> value(String name) {
        unread.remove(name);
        return Optional.ofNullable(properties.get(name));
    }

    /** Reads properties that only matter on AWS; they stay in the stack's record of the resource. */
    void recordOnly(String... names) {
        for (String name : names) {
            unread.remove(name);
        }
    }

    Object need(String name) {
        return value(name).orElseThrow(() -> problem("needs the property " + name));
    }

    String needText(String name) {
        return Values.text(need(name), where(name));
    }

    String text(String name, String fallback) {
        return Values.text(value(name).orElse(fallback), where(name));
    }

    int number(String name, int fallback) {
        return Integer.parseInt(text(name, String.valueOf(fallback)));
    }

    Map<String, Object> map(String name) {
        return Template.map(value(name).orElse(Map.of()), where(name));
    }

    List<String> texts(String name) {
        return Values.list(value(name).orElse(List.of()), where(name)).stream()
                .map(item -> Values.text(item, where(name))).toList();
    }

    /**
     * The name in the property, or the one CloudFormation makes of stack and logical id; a longer one ends in a checksum.
     *
     * @param most letters that the service allows
     */
    String name(@Nullable String property, int most) {
        Optional<Object> given = property == null ? Optional.empty() : value(property);
        if (given.isPresent()) {
            return Values.text(given.get(), where(property == null ? "" : property));
        }
        String name = stack + "-" + logicalId;
        if (name.length() <= most) {
            return name;
        }
        return "%s-%s".formatted(name.substring(0, most - 9), checksum());
    }

    /** Eight hex digits that differ from those of other resources. */
    String checksum() {
        CRC32 checksum = new CRC32();
        checksum.update((stack + "-" + logicalId).getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(checksum.getValue());
    }

    TemplateException problem(String problem) {
        return new TemplateException("Resource " + logicalId + " " + problem);
    }

    String where(String property) {
        return "Resource " + logicalId + ", property " + property;
    }

    /** Complains about every property that was not read. */
    void finish() {
        if (!unread.isEmpty()) {
            throw problem("has " + (unread.size() == 1 ? "a property" : "properties")
                    + " that the local cloud does not provision: " + String.join(", ", unread));
        }
    }
}
