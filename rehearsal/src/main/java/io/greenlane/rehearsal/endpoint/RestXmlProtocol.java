package io.greenlane.rehearsal.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.PayloadTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * REST with XML bodies, as S3 speaks it.
 *
 * @param operation as on the wire; empty when the request names none that there is
 * @param method of the request; the answer to HEAD has no body
 * @param labels bucket and key, decoded
 */
record RestXmlProtocol(String operation, String method, Map<String, String> labels) implements WireProtocol {
    private static final String NAMESPACE = " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";
    /** Root elements that are not the operation's name and Result (S3 API reference). */
    private static final Map<String, String> ROOTS = Map.of("ListObjectsV2", "ListBucketResult", "ListObjects",
            "ListBucketResult", "ListObjectVersions", "ListVersionsResult", "ListBuckets", "ListAllMyBucketsResult",
            "DeleteObjects", "DeleteResult", "CreateMultipartUpload", "InitiateMultipartUploadResult",
            "GetBucketVersioning", "VersioningConfiguration", "GetBucketLifecycleConfiguration",
            "LifecycleConfiguration", "GetBucketTagging", "Tagging");

    @Override
    public void read(WireRequest request, SdkPojo into) {
        RestMembers.read(request, labels, into);
        if (request.body().asByteArrayUnsafe().length == 0) {
            return;
        }
        for (SdkField<?> field : into.sdkFields()) {
            if (field.containsTrait(PayloadTrait.class)) {
                field.set(into, payload(field, request.body()));
            }
        }
    }

    @Override
    public ObjectNode readRaw(WireRequest request) {
        throw new IllegalStateException("S3 has no JSON body");
    }

    @Override
    public WireResponse write(SdkPojo answer, String requestId) {
        Map<String, String> headers = headers(requestId);
        RestMembers.write(answer, headers);
        SdkBytes body = SdkBytes.fromUtf8String(body(answer));
        if (body.asByteArrayUnsafe().length > 0) {
            headers.putIfAbsent("Content-Type", "application/xml");
        }
        return new WireResponse(operation.startsWith("Delete") && !operation.equals("DeleteObjects") ? 204 : 200,
                headers, body);
    }

    @Override
    public WireResponse write(SdkPojo answer, SdkBytes content, String requestId) {
        Map<String, String> headers = headers(requestId);
        RestMembers.write(answer, headers);
        return new WireResponse(headers.containsKey("Content-Range") ? 206 : 200, headers, content);
    }

    @Override
    public WireResponse writeRaw(ObjectNode answer, String requestId) {
        throw new IllegalStateException("S3 has no JSON body");
    }

    @Override
    public WireResponse write(Fault fault, String requestId) {
        Map<String, String> headers = headers(requestId);
        if (method.equals("HEAD") || fault.status() == 304) {
            return new WireResponse(fault.status(), headers, SdkBytes.fromByteArrayUnsafe(new byte[0]));
        }
        headers.put("Content-Type", "application/xml");
        XmlText xml = new XmlText().open("Error", "").element("Code", fault.code()).element("Message", fault.message())
                .element("RequestId", requestId).close("Error");
        return new WireResponse(fault.status(), headers, document(xml));
    }

    private static Object payload(SdkField<?> field, SdkBytes body) {
        if (field.marshallingType().getKnownType() == MarshallingKnownType.SDK_POJO) {
            SdkPojo builder = field.constructor().get();
            XmlShapes.read(body, builder);
            return ((Buildable) builder).build();
        }
        return body.asUtf8String();
    }

    private String body(SdkPojo answer) {
        Optional<SdkField<?>> payload = answer.sdkFields().stream()
                .filter(field -> field.containsTrait(PayloadTrait.class)).findFirst();
        if (payload.isEmpty()) {
            boolean hasMembers = answer.sdkFields().stream()
                    .anyMatch(field -> field.location() == MarshallLocation.PAYLOAD);
            return hasMembers ? document(answer, ROOTS.getOrDefault(operation, operation + "Result")) : "";
        }
        SdkField<?> member = payload.get();
        @Nullable
        Object value = member.getValueOrDefault(answer);
        if (operation.equals("GetBucketLocation")) {
            // The one answer whose root is a text; it is there also for us-east-1, whose buckets have no location.
            return document(new XmlText().open(member.locationName(), NAMESPACE).text(value == null ? "" : value)
                    .close(member.locationName())).asUtf8String();
        }
        return switch (value) {
            case SdkPojo structure -> document(structure, member.locationName());
            case null -> "";
            default -> value.toString();
        };
    }

    private static String document(SdkPojo structure, String root) {
        XmlText xml = new XmlText().open(root, NAMESPACE);
        xml.structure(structure);
        return document(xml.close(root)).asUtf8String();
    }

    private static SdkBytes document(XmlText xml) {
        return SdkBytes.fromUtf8String("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + xml);
    }

    private static Map<String, String> headers(String requestId) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-amz-request-id", requestId);
        headers.put("Server", "AmazonS3");
        return headers;
    }
}
