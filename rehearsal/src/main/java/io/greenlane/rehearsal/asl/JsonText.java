package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;

/** JSON as text and as tree, and the size limit that Step Functions puts on it. */
public final class JsonText {
    /** UTF-8 bytes of the input or output of a state, task or execution (Step Functions guide, quotas). */
    public static final int MAX_BYTES = 262_144;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private JsonText() {}

    /**
     * Reads one JSON value.
     *
     * @throws JsonProcessingException when the text is not exactly one JSON value
     */
    public static JsonNode parse(String text) throws JsonProcessingException {
        JsonNode value = MAPPER.readTree(text);
        if (value == null || value.isMissingNode()) {
            throw new JsonParseException(null, "No content to map due to end-of-input");
        }
        return value;
    }

    /** What a function returned: nothing is null, and text that is no JSON is taken as a text. */
    static JsonNode orText(String payload) {
        if (payload.isBlank()) {
            return JsonNodeFactory.instance.nullNode();
        }
        try {
            return parse(payload);
        } catch (JsonProcessingException noJson) {
            return TextNode.valueOf(payload);
        }
    }

    /** The value as compact JSON text. */
    public static String write(JsonNode value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A JSON tree could not be written", impossible);
        }
    }

    /** A tree made of plain maps, lists, strings, numbers, booleans and nulls. */
    static JsonNode treeOf(Object plain) {
        return MAPPER.valueToTree(plain);
    }

    static boolean tooLong(String text) {
        return text.length() > MAX_BYTES
                || (text.length() > MAX_BYTES / 3 && text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES);
    }
}
