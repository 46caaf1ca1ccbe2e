package io.greenlane.rehearsal.endpoint;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** Flat form parameters, {@code Actions.member.1.Type=forward}, into the SDK's model classes. */
final class QueryShapes {
    private final NavigableMap<String, String> parameters;
    private final Set<String> unread;

    private QueryShapes(Map<String, String> parameters) {
        this.parameters = new TreeMap<>(parameters);
        this.unread = new TreeSet<>(parameters.keySet());
    }

    /**
     * Fills the builder.
     *
     * @throws RequestFault about a parameter that has the wrong type or that the model does not have
     */
    static void read(Map<String, String> parameters, SdkPojo into) {
        QueryShapes shapes = new QueryShapes(parameters);
        shapes.structure("", into);
        shapes.unread.removeAll(Set.of("Action", "Version"));
        if (!shapes.unread.isEmpty()) {
            throw new RequestFault("ValidationError", 400, "Unknown parameter '" + shapes.unread.iterator().next()
                    + "': the local cloud does not simulate it");
        }
    }

    private void structure(String prefix, SdkPojo into) {
        for (SdkField<?> field : into.sdkFields()) {
            Object value = value(prefix + field.locationName(), field);
            if (value != null) {
                field.set(into, value);
            }
        }
    }

    private @Nullable Object value(String name, SdkField<?> field) {
        if (!isPresent(name)) {
            return null;
        }
        return switch (field.marshallingType().getKnownType()) {
            case SDK_POJO -> {
                SdkPojo builder = field.constructor().get();
                structure(name + ".", builder);
                yield ((Buildable) builder).build();
            }
            case LIST -> list(name, field);
            case MAP -> map(name, field);
            default -> scalar(name, field);
        };
    }

    private List<Object> list(String name, SdkField<?> field) {
        ListTrait trait = field.getRequiredTrait(ListTrait.class);
        String member = trait.memberLocationName() == null ? "member" : trait.memberLocationName();
        String prefix = trait.isFlattened() ? name + "." : name + "." + member + ".";
        List<Object> values = new ArrayList<>();
        unread.remove(name);
        for (int index = 1; isPresent(prefix + index); index++) {
            Object value = value(prefix + index, trait.memberFieldInfo());
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    private Map<String, Object> map(String name, SdkField<?> field) {
        MapTrait trait = field.getRequiredTrait(MapTrait.class);
        String prefix = trait.isFlattened() ? name + "." : name + ".entry.";
        Map<String, Object> values = new LinkedHashMap<>();
        unread.remove(name);
        for (int index = 1; isPresent(prefix + index); index++) {
            String key = prefix + index + "." + trait.keyLocationName();
            Object value = value(prefix + index + "." + trait.valueLocationName(), trait.valueFieldInfo());
            unread.remove(key);
            if (value != null) {
                values.put(parameters.getOrDefault(key, ""), value);
            }
        }
        return values;
    }

    private Object scalar(String name, SdkField<?> field) {
        String text = parameters.getOrDefault(name, "");
        unread.remove(name);
        try {
            return switch (field.marshallingType().getKnownType()) {
                case STRING -> text;
                case BOOLEAN -> flag(text);
                case INTEGER -> Integer.valueOf(text);
                case LONG -> Long.valueOf(text);
                case FLOAT -> Float.valueOf(text);
                case DOUBLE -> Double.valueOf(text);
                case BIG_DECIMAL -> new BigDecimal(text);
                case INSTANT -> Instant.parse(text);
                case SDK_BYTES -> SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(text));
                case SDK_POJO, LIST, MAP, DOCUMENT, NULL, SHORT, BYTE ->
                    throw new IllegalArgumentException(name + " is not a scalar");
            };
        } catch (IllegalArgumentException | DateTimeParseException malformed) {
            throw new RequestFault("MalformedInput", 400, "'" + text + "' is not a valid value of " + name);
        }
    }

    private static boolean flag(String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Boolean.parseBoolean(text);
        }
        throw new IllegalArgumentException(text);
    }

    private boolean isPresent(String name) {
        if (parameters.containsKey(name)) {
            return true;
        }
        String next = parameters.ceilingKey(name + ".");
        return next != null && next.startsWith(name + ".");
    }
}
