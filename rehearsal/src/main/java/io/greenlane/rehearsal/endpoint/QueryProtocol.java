package io.greenlane.rehearsal.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;

/** The query protocol: a form in, XML out. */
record QueryProtocol(String operation, String xmlNamespace) implements WireProtocol {
    /** The parameters of a form body or query string. */
    static Map<String, String> parameters(String form) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                String name = equals < 0 ? pair : pair.substring(0, equals);
                parameters.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    @Override
    public void read(WireRequest request, SdkPojo into) {
        Map<String, String> parameters = parameters(request.query());
        parameters.putAll(parameters(request.body().asUtf8String()));
        QueryShapes.read(parameters, into);
    }

    @Override
    public ObjectNode readRaw(WireRequest request) {
        throw new IllegalStateException("The query protocol has no JSON body");
    }

    @Override
    public WireResponse write(SdkPojo answer, String requestId) {
        XmlText xml = new XmlText();
        xml.open(operation + "Response", " xmlns=\"" + xmlNamespace + "\"");
        xml.open(operation + "Result", "");
        xml.structure(answer);
        xml.close(operation + "Result");
        xml.open("ResponseMetadata", "").element("RequestId", requestId).close("ResponseMetadata");
        xml.close(operation + "Response");
        return response(200, xml, requestId);
    }

    @Override
    public WireResponse writeRaw(ObjectNode answer, String requestId) {
        throw new IllegalStateException("The query protocol has no JSON body");
    }

    @Override
    public WireResponse write(Fault fault, String requestId) {
        XmlText xml = new XmlText();
        xml.open("ErrorResponse", " xmlns=\"" + xmlNamespace + "\"");
        xml.open("Error", "").element("Type", fault.blame()).element("Code", fault.code())
                .element("Message", fault.message()).close("Error");
        xml.element("RequestId", requestId);
        xml.close("ErrorResponse");
        return response(fault.status(), xml, requestId);
    }

    private static WireResponse response(int status, XmlText xml, String requestId) {
        return new WireResponse(status, Map.of("Content-Type", "text/xml", "x-amzn-RequestId", requestId),
                SdkBytes.fromUtf8String(xml.toString()));
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new RequestFault("MalformedQueryString", 400, "'" + text + "' is not percent-encoded");
        }
    }
}
