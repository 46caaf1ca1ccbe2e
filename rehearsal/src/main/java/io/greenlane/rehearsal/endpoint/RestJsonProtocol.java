package io.greenlane.rehearsal.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.PayloadTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * REST with JSON bodies.
 *
 * @param labels the parts of the path that the route names, decoded
 */
record RestJsonProtocol(Map<String, String> labels) implements WireProtocol {
    @Override
    public void read(WireRequest request, SdkPojo into) {
        RestMembers.read(request, labels, into);
        boolean bodyIsOneMember = false;
        for (SdkField<?> field : into.sdkFields()) {
            if (field.containsTrait(PayloadTrait.class)) {
                bodyIsOneMember = true;
                payload(request, field, into);
            }
        }
        if (!bodyIsOneMember) {
            JsonShapes.WIRE.read(readRaw(request), into);
        }
    }

    @Override
    public ObjectNode readRaw(WireRequest request) {
        return JsonProtocol.parse(request.body().asByteArrayUnsafe());
    }

    @Override
    public WireResponse write(SdkPojo answer, String requestId) {
        Map<String, String> headers = headers(requestId);
        RestMembers.write(answer, headers);
        int status = 0;
        @Nullable
        SdkBytes body = null;
        boolean hasMembers = false;
        for (SdkField<?> field : answer.sdkFields()) {
            Object value = field.getValueOrDefault(answer);
            if (field.containsTrait(PayloadTrait.class)) {
                body = payload(value);
            } else if (field.location() == MarshallLocation.STATUS_CODE && value instanceof Integer code) {
                status = code;
            } else if (field.location() == MarshallLocation.PAYLOAD) {
                hasMembers = true;
            }
        }
        if (body == null) {
            body = SdkBytes
                    .fromByteArrayUnsafe(hasMembers ? JsonProtocol.bytes(JsonShapes.WIRE.write(answer)) : new byte[0]);
            status = hasMembers || status != 0 ? status : 204;
        }
        return new WireResponse(status == 0 ? 200 : status, headers, body);
    }

    @Override
    public WireResponse writeRaw(ObjectNode answer, String requestId) {
        return new WireResponse(200, headers(requestId), SdkBytes.fromByteArrayUnsafe(JsonProtocol.bytes(answer)));
    }

    @Override
    public WireResponse write(Fault fault, String requestId) {
        Map<String, String> headers = headers(requestId);
        headers.put("x-amzn-ErrorType", fault.code());
        ObjectNode body = JsonProtocol.MAPPER.createObjectNode();
        body.put("Type", fault.status() < 500 ? "User" : "Service").put("Message", fault.message());
        body.setAll(fault.members());
        return new WireResponse(fault.status(), headers, SdkBytes.fromByteArrayUnsafe(JsonProtocol.bytes(body)));
    }

    private static SdkBytes payload(@Nullable Object value) {
        return switch (value) {
            case SdkBytes bytes -> bytes;
            case SdkPojo pojo -> SdkBytes.fromByteArrayUnsafe(JsonProtocol.bytes(JsonShapes.WIRE.write(pojo)));
            case null, default -> SdkBytes.fromByteArrayUnsafe(new byte[0]);
        };
    }

    private static void payload(WireRequest request, SdkField<?> field, SdkPojo into) {
        if (request.body().asByteArrayUnsafe().length == 0) {
            return;
        }
        if (field.marshallingType().getKnownType() == MarshallingKnownType.SDK_POJO) {
            SdkPojo builder = field.constructor().get();
            JsonShapes.WIRE.read(JsonProtocol.parse(request.body().asByteArrayUnsafe()), builder);
            field.set(into, ((Buildable) builder).build());
        } else {
            field.set(into, request.body());
        }
    }

    private static Map<String, String> headers(String requestId) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("x-amzn-RequestId", requestId);
        return headers;
    }
}
