package io.greenlane.rehearsal.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;

/**
 * AWS JSON 1.0 and 1.1.
 *
 * @param version "1.0" or "1.1"
 */
record JsonProtocol(String version) implements WireProtocol {
    /** Numbers keep every digit they have. */
    static final ObjectMapper MAPPER = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

    @Override
    public void read(WireRequest request, SdkPojo into) {
        JsonShapes.WIRE.read(readRaw(request), into);
    }

    @Override
    public ObjectNode readRaw(WireRequest request) {
        return parse(request.body().asByteArrayUnsafe());
    }

    @Override
    public WireResponse write(SdkPojo answer, String requestId) {
        return writeRaw(JsonShapes.WIRE.write(answer), requestId);
    }

    @Override
    public WireResponse writeRaw(ObjectNode answer, String requestId) {
        return new WireResponse(200, headers(requestId), SdkBytes.fromByteArrayUnsafe(bytes(answer)));
    }

    @Override
    public WireResponse write(Fault fault, String requestId) {
        Map<String, String> headers = headers(requestId);
        headers.put("x-amzn-ErrorType", fault.code());
        if (fault.legacyCode() != null) {
            headers.put("x-amzn-query-error", fault.legacyCode() + ";" + fault.blame());
        }
        return new WireResponse(fault.status(), headers, SdkBytes.fromByteArrayUnsafe(bytes(body(fault))));
    }

    static ObjectNode body(Fault fault) {
        ObjectNode body = MAPPER.createObjectNode().put("__type", fault.code());
        // DynamoDB's transaction error spells it with a capital; every client reads both.
        body.put(fault.code().equals("TransactionCanceledException") ? "Message" : "message", fault.message());
        body.setAll(fault.members());
        return body;
    }

    static ObjectNode parse(byte[] body) {
        if (body.length == 0) {
            return MAPPER.createObjectNode();
        }
        try {
            JsonNode json = MAPPER.readTree(body);
            if (json instanceof ObjectNode object) {
                return object;
            }
            throw RequestFault.unreadable("The body is not a JSON object");
        } catch (IOException malformed) {
            throw RequestFault.unreadable("The body is not JSON");
        }
    }

    static byte[] bytes(JsonNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("JSON cannot be written", impossible);
        }
    }

    private Map<String, String> headers(String requestId) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/x-amz-json-" + version);
        headers.put("x-amzn-RequestId", requestId);
        return headers;
    }
}
