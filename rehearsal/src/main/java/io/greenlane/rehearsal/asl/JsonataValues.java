package io.greenlane.rehearsal.asl;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON trees as the JSONata engine holds them, and back: plain maps, lists and numbers, null apart from undefined. */
final class JsonataValues {
    private static final double LARGEST_EXACT = 1e15;

    private JsonataValues() {}

    static Object toJsonata(JsonNode value) {
        Object plain = plain(value);
        return plain == null ? Jsonata.NULL_VALUE : plain;
    }

    private static @Nullable Object plain(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT, POJO -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                value.properties().forEach(member -> map.put(member.getKey(), plain(member.getValue())));
                yield map;
            }
            case ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                value.forEach(element -> list.add(plain(element)));
                yield list;
            }
            case STRING, BINARY -> value.textValue();
            case BOOLEAN -> value.booleanValue();
            case NUMBER -> value.numberValue();
            case NULL, MISSING -> null;
        };
    }

    /** The result of an expression; IllegalArgumentException for what JSON cannot hold, such as a function. */
    static JsonNode toJson(@Nullable Object value) {
        if (value == null || value.equals(Jsonata.NULL_VALUE)) {
            return NullNode.getInstance();
        }
        return switch (value) {
            case String text -> TextNode.valueOf(text);
            case Boolean truth -> BooleanNode.valueOf(truth);
            case Number number -> number(number);
            case Map<?, ?> map -> {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                map.forEach((name, member) -> object.set(String.valueOf(name), toJson(member)));
                yield object;
            }
            case List<?> list -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                list.forEach(element -> array.add(toJson(element)));
                yield array;
            }
            default -> throw new IllegalArgumentException("a function is not JSON");
        };
    }

    /** JavaScript knows one kind of number: whole ones are written without a fraction. */
    private static JsonNode number(Number number) {
        if (number instanceof BigDecimal || number instanceof BigInteger) {
            return number(number.doubleValue());
        }
        if (number instanceof Double || number instanceof Float) {
            double value = number.doubleValue();
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                throw new IllegalArgumentException(value + " is not JSON");
            }
            if (value == Math.rint(value) && Math.abs(value) < LARGEST_EXACT) {
                return JsonNodeFactory.instance.numberNode((long) value);
            }
            return JsonNodeFactory.instance.numberNode(value);
        }
        return JsonNodeFactory.instance.numberNode(number.longValue());
    }
}
