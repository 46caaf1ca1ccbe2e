package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.greenlane.rehearsal.cloud.RandomIds;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.random.RandomGenerator;

/**
 * The intrinsic functions (Step Functions guide, intrinsic functions page). A wrong argument is an IllegalArgumentException
 * whose message says which.
 */
final class IntrinsicFunctions {
    static final Set<String> NAMES = Set.of("Array", "ArrayPartition", "ArrayContains", "ArrayRange", "ArrayGetItem",
            "ArrayLength", "ArrayUnique", "Base64Encode", "Base64Decode", "Hash", "JsonMerge", "StringToJson",
            "JsonToString", "MathRandom", "MathAdd", "StringSplit", "UUID", "Format");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MAX_TEXT = 10_000;
    private static final int MAX_ELEMENTS = 1000;
    private static final Comparator<JsonNode> BY_VALUE = IntrinsicFunctions::compareNumbers;

    private IntrinsicFunctions() {}

    static JsonNode call(String function, List<JsonNode> values, RandomGenerator random) {
        Arguments given = new Arguments(values);
        return switch (function) {
            case "Array" -> JSON.arrayNode().addAll(values);
            case "ArrayPartition" -> partition(given.count(2).array(0), given.integer(1));
            case "ArrayContains" -> BooleanNode.valueOf(contains(given.count(2).array(0), given.any(1)));
            case "ArrayRange" -> range(given.count(3).integer(0), given.integer(1), given.integer(2));
            case "ArrayGetItem" -> item(given.count(2).array(0), given.integer(1));
            case "ArrayLength" -> JSON.numberNode(given.count(1).array(0).size());
            case "ArrayUnique" -> unique(given.count(1).array(0));
            case "Base64Encode" -> text(Base64.getEncoder()
                    .encodeToString(given.count(1).bounded(0).getBytes(StandardCharsets.UTF_8)));
            case "Base64Decode" ->
                text(new String(Base64.getDecoder().decode(given.count(1).bounded(0)), StandardCharsets.UTF_8));
            case "Hash" -> text(Hashes.hex(given.count(2).hashed(0), given.text(1)));
            case "JsonMerge" -> merge(given.count(3).object(0), given.object(1), given.any(2));
            case "StringToJson" -> fromText(given.count(1).text(0));
            case "JsonToString" -> text(JsonText.write(given.count(1).any(0)));
            case "MathRandom" -> random(given, random);
            case "MathAdd" -> JSON.numberNode(given.count(2).integer(0) + given.integer(1));
            case "StringSplit" -> split(given.count(2).text(0), given.text(1));
            case "UUID" -> text(RandomIds.uuid(random));
            case "Format" -> text(format(given));
            default -> throw new IllegalArgumentException("there is no function States." + function);
        };
    }

    private static ArrayNode partition(ArrayNode array, long size) {
        if (size < 1) {
            throw new IllegalArgumentException("the chunk size must be a positive integer, got " + size);
        }
        ArrayNode chunks = JSON.arrayNode();
        for (int i = 0; i < array.size(); i++) {
            if (i % size == 0) {
                chunks.addArray();
            }
            ((ArrayNode) chunks.get(chunks.size() - 1)).add(array.get(i));
        }
        return chunks;
    }

    private static boolean contains(ArrayNode array, JsonNode wanted) {
        for (JsonNode element : array) {
            if (element.equals(BY_VALUE, wanted)) {
                return true;
            }
        }
        return false;
    }

    private static ArrayNode range(long first, long last, long step) {
        if (step == 0) {
            throw new IllegalArgumentException("the step must not be 0");
        }
        if ((last - first) / step >= MAX_ELEMENTS) {
            throw new IllegalArgumentException("an array may have up to " + MAX_ELEMENTS + " elements");
        }
        ArrayNode numbers = JSON.arrayNode();
        for (long number = first; step > 0 ? number <= last : number >= last; number += step) {
            numbers.add(JSON.numberNode(number));
        }
        return numbers;
    }

    private static JsonNode item(ArrayNode array, long index) {
        if (index < 0 || index >= array.size()) {
            throw new IllegalArgumentException(
                    "the index " + index + " is outside of the array of " + array.size() + " elements");
        }
        return array.get((int) index);
    }

    private static ArrayNode unique(ArrayNode array) {
        ArrayNode seen = JSON.arrayNode();
        for (JsonNode element : array) {
            if (!contains(seen, element)) {
                seen.add(element);
            }
        }
        return seen;
    }

    private static ObjectNode merge(ObjectNode first, ObjectNode second, JsonNode deep) {
        if (!deep.isBoolean() || deep.booleanValue()) {
            throw new IllegalArgumentException("only the shallow merge, with false as third argument, is supported");
        }
        ObjectNode merged = JSON.objectNode();
        merged.setAll(first);
        merged.setAll(second);
        return merged;
    }

    private static JsonNode fromText(String text) {
        if (text.isBlank()) {
            return NullNode.getInstance();
        }
        try {
            return JsonText.parse(text);
        } catch (JsonProcessingException noJson) {
            throw new IllegalArgumentException("the text is not valid JSON: '" + text + "'", noJson);
        }
    }

    private static JsonNode random(Arguments given, RandomGenerator random) {
        long start = given.atLeast(2, 3).integer(0);
        long end = given.integer(1);
        if (start >= end) {
            throw new IllegalArgumentException("the start " + start + " must be less than the end " + end);
        }
        RandomGenerator source = given.size() == 3 ? new Random(given.integer(2)) : random;
        return JSON.numberNode(source.nextLong(start, end));
    }

    private static ArrayNode split(String text, String delimiters) {
        ArrayNode parts = JSON.arrayNode();
        if (delimiters.isEmpty()) {
            return parts.add(text);
        }
        StringTokenizer tokens = new StringTokenizer(text, delimiters);
        while (tokens.hasMoreTokens()) {
            parts.add(tokens.nextToken());
        }
        return parts;
    }

    private static String format(Arguments given) {
        String template = given.atLeast(1, Integer.MAX_VALUE).text(0);
        StringBuilder formatted = new StringBuilder();
        int next = 1;
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            if (c == '\\' && i + 1 < template.length() && "{}'\\".indexOf(template.charAt(i + 1)) >= 0) {
                formatted.append(template.charAt(++i));
            } else if (template.startsWith("{}", i)) {
                JsonNode value = given.any(next++);
                if (value.isContainerNode()) {
                    throw new IllegalArgumentException(
                            "an array or object cannot be formatted: " + JsonText.write(value));
                }
                formatted.append(value.isTextual() ? value.textValue() : JsonText.write(value));
                i++;
            } else {
                formatted.append(c);
            }
        }
        if (next != given.size()) {
            throw new IllegalArgumentException("the template has " + (next - 1) + " placeholders {} for "
                    + (given.size() - 1) + " arguments");
        }
        return formatted.toString();
    }

    private static TextNode text(String value) {
        return TextNode.valueOf(value);
    }

    private static int compareNumbers(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
    }

    private record Arguments(List<JsonNode> values) {
        int size() {
            return values.size();
        }

        Arguments count(int expected) {
            return atLeast(expected, expected);
        }

        Arguments atLeast(int least, int most) {
            if (size() < least || size() > most) {
                throw new IllegalArgumentException(
                        (least == most ? "" : "at least ") + least + " arguments expected, got " + size());
            }
            return this;
        }

        JsonNode any(int index) {
            if (index >= size()) {
                throw new IllegalArgumentException("there are more placeholders {} than arguments");
            }
            return values.get(index);
        }

        ArrayNode array(int index) {
            if (any(index) instanceof ArrayNode array) {
                return array;
            }
            throw wrong(index, "an array");
        }

        ObjectNode object(int index) {
            if (any(index) instanceof ObjectNode object) {
                return object;
            }
            throw wrong(index, "an object");
        }

        String text(int index) {
            if (any(index).isTextual()) {
                return any(index).textValue();
            }
            throw wrong(index, "a string");
        }

        String bounded(int index) {
            String text = text(index);
            if (text.length() > MAX_TEXT) {
                throw new IllegalArgumentException(
                        "a string may have up to " + MAX_TEXT + " characters, got " + text.length());
            }
            return text;
        }

        String hashed(int index) {
            return any(index).isTextual() ? bounded(index) : JsonText.write(any(index));
        }

        /** A number, rounded to the nearest integer, halves upwards. */
        long integer(int index) {
            if (any(index).isNumber()) {
                return any(index).isIntegralNumber() ? any(index).longValue() : Math.round(any(index).doubleValue());
            }
            throw wrong(index, "a number");
        }

        private IllegalArgumentException wrong(int index, String expected) {
            return new IllegalArgumentException(
                    "argument " + (index + 1) + " must be " + expected + ", got " + JsonText.write(any(index)));
        }
    }
}
