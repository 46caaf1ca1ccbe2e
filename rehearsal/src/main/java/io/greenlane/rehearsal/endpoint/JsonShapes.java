package io.greenlane.rehearsal.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/** JSON to and from the SDK's model classes, by the fields they describe themselves. */
public enum JsonShapes {
    /** As AWS's JSON protocols write it: the model's names, timestamps as epoch seconds. */
    WIRE,
    /** Like {@link #WIRE}, but members that the model does not have are dropped, as the SDK drops them on reading. */
    WIRE_KNOWN_ONLY,
    /** As SDK integrations of Step Functions write it: names with a capital first letter, timestamps as ISO text. */
    INTEGRATION;

    private static final JsonNodeFactory JSON = JsonProtocol.MAPPER.getNodeFactory();

    /**
     * Fills the builder from the object; JSON nulls count as absent.
     *
     * @throws RequestFault about a member that has the wrong type or that the model does not have
     */
    public void read(JsonNode json, SdkPojo into) {
        if (!json.isObject()) {
            throw RequestFault.unreadable(typeOf(json) + " cannot be converted to a structure");
        }
        Map<String, SdkField<?>> fields = into.sdkFields().stream()
                .filter(field -> field.location() == MarshallLocation.PAYLOAD)
                .collect(Collectors.toMap(this::nameOf, Function.identity()));
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            SdkField<?> field = fields.get(this == INTEGRATION ? capitalised(member.getKey()) : member.getKey());
            if (field == null && this == WIRE_KNOWN_ONLY) {
                continue;
            }
            if (field == null) {
                throw new RequestFault("ValidationException", 400, "Unknown parameter '" + member.getKey()
                        + "': the local cloud does not simulate it. Known here: " + String.join(", ", fields.keySet()));
            }
            Object value = read(member.getValue(), field);
            if (value != null) {
                field.set(into, value);
            }
        }
    }

    /** The members of the value that are set. */
    public ObjectNode write(SdkPojo pojo) {
        ObjectNode json = JSON.objectNode();
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.location() == MarshallLocation.PAYLOAD ? field.getValueOrDefault(pojo) : null;
            if (value != null && !(value instanceof SdkAutoConstructList) && !(value instanceof SdkAutoConstructMap)) {
                json.set(nameOf(field), write(value, field));
            }
        }
        return json;
    }

    private @Nullable Object read(JsonNode json, SdkField<?> field) {
        if (json.isNull()) {
            return null;
        }
        return switch (field.marshallingType().getKnownType()) {
            case STRING -> expect(json.isTextual(), json, "a String").textValue();
            case BOOLEAN -> expect(json.isBoolean(), json, "a Boolean").booleanValue();
            case INTEGER -> whole(json, "an Integer").intValue();
            case LONG -> whole(json, "a Long").longValue();
            case FLOAT -> expect(json.isNumber(), json, "a Float").floatValue();
            case DOUBLE -> expect(json.isNumber(), json, "a Double").doubleValue();
            case BIG_DECIMAL -> expect(json.isNumber(), json, "a BigDecimal").decimalValue();
            case INSTANT -> instant(json);
            case SDK_BYTES -> bytes(expect(json.isTextual(), json, "a Blob"));
            case SDK_POJO -> structure(json, field);
            case LIST -> list(expect(json.isArray(), json, "a List"), field);
            case MAP -> map(expect(json.isObject(), json, "a Map"), field);
            case DOCUMENT, NULL, SHORT, BYTE ->
                throw RequestFault.unreadable("Member " + field.memberName() + " is not simulated");
        };
    }

    private Object structure(JsonNode json, SdkField<?> field) {
        SdkPojo builder = field.constructor().get();
        read(json, builder);
        return ((Buildable) builder).build();
    }

    private List<Object> list(JsonNode json, SdkField<?> field) {
        SdkField<?> member = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
        List<Object> values = new ArrayList<>();
        for (JsonNode element : json) {
            Object value = read(element, member);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    private Map<String, Object> map(JsonNode json, SdkField<?> field) {
        SdkField<?> member = field.getRequiredTrait(MapTrait.class).valueFieldInfo();
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            Object value = read(entry.getValue(), member);
            if (value != null) {
                values.put(entry.getKey(), value);
            }
        }
        return values;
    }

    private JsonNode write(Object value, SdkField<?> field) {
        return switch (value) {
            case SdkPojo pojo -> write(pojo);
            case List<?> list -> {
                SdkField<?> member = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
                ArrayNode array = JSON.arrayNode();
                list.forEach(element -> array.add(write(element, member)));
                yield array;
            }
            case Map<?, ?> map -> {
                SdkField<?> member = field.getRequiredTrait(MapTrait.class).valueFieldInfo();
                ObjectNode object = JSON.objectNode();
                map.forEach((key, element) -> object.set(String.valueOf(key), write(element, member)));
                yield object;
            }
            case Instant instant -> timestamp(instant, field);
            case SdkBytes bytes -> JSON.binaryNode(bytes.asByteArray());
            case Boolean flag -> JSON.booleanNode(flag);
            case Integer number -> JSON.numberNode(number);
            case Long number -> JSON.numberNode(number);
            case Float number -> JSON.numberNode(number);
            case Double number -> JSON.numberNode(number);
            case BigDecimal number -> JSON.numberNode(number);
            default -> JSON.textNode(value.toString());
        };
    }

    private JsonNode timestamp(Instant instant, SdkField<?> field) {
        TimestampFormatTrait.Format format = field.getOptionalTrait(TimestampFormatTrait.class)
                .map(TimestampFormatTrait::format).orElse(TimestampFormatTrait.Format.UNIX_TIMESTAMP);
        if (this == INTEGRATION || format == TimestampFormatTrait.Format.ISO_8601) {
            return JSON.textNode(instant.toString());
        }
        return JSON.numberNode(BigDecimal.valueOf(instant.toEpochMilli(), 3));
    }

    private String nameOf(SdkField<?> field) {
        return this == INTEGRATION ? capitalised(field.memberName()) : field.locationName();
    }

    private static String capitalised(String name) {
        return name.isEmpty() ? name : Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private static JsonNode whole(JsonNode json, String wanted) {
        return expect(json.isNumber() && json.decimalValue().stripTrailingZeros().scale() <= 0, json, wanted);
    }

    private static JsonNode expect(boolean right, JsonNode json, String wanted) {
        if (!right) {
            throw RequestFault.unreadable(typeOf(json) + " cannot be converted to " + wanted);
        }
        return json;
    }

    private static Instant instant(JsonNode json) {
        if (json.isNumber()) {
            BigDecimal seconds = json.decimalValue();
            return Instant.ofEpochMilli(seconds.movePointRight(3).longValue());
        }
        try {
            return Instant.parse(expect(json.isTextual(), json, "a timestamp").textValue());
        } catch (DateTimeParseException malformed) {
            throw RequestFault.unreadable("'" + json.textValue() + "' cannot be converted to a timestamp");
        }
    }

    private static SdkBytes bytes(JsonNode json) {
        try {
            return SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(json.textValue()));
        } catch (IllegalArgumentException malformed) {
            throw RequestFault.unreadable("'" + json.textValue() + "' is not base64");
        }
    }

    private static String typeOf(JsonNode json) {
        return json.getNodeType() + "_VALUE";
    }
}
