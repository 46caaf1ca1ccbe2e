package io.greenlane.rehearsal.endpoint;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.XmlAttributeTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** XML of a request into the SDK's model classes, by the fields they describe themselves. */
final class XmlShapes {
    private static final DocumentBuilderFactory DOCUMENTS = documents();

    private XmlShapes() {}

    /**
     * Fills the builder from the document's root.
     *
     * @throws RequestFault about a text that is no XML, or an element that has the wrong type or is not in the model
     */
    static void read(SdkBytes xml, SdkPojo into) {
        structure(parse(xml), into);
    }

    private static void structure(Element element, SdkPojo into) {
        Map<String, List<Element>> children = children(element);
        for (SdkField<?> field : into.sdkFields()) {
            if (field.containsTrait(XmlAttributeTrait.class)) {
                if (element.hasAttribute(field.locationName())) {
                    field.set(into, element.getAttribute(field.locationName()));
                }
                continue;
            }
            List<Element> found = children.remove(field.locationName());
            if (found != null) {
                field.set(into, value(found, field));
            }
        }
        if (!children.isEmpty()) {
            throw malformed("the local cloud does not know the element " + children.keySet().iterator().next()
                    + " in " + element.getTagName());
        }
    }

    private static Object value(List<Element> found, SdkField<?> field) {
        return switch (field.marshallingType().getKnownType()) {
            case SDK_POJO -> {
                SdkPojo builder = field.constructor().get();
                structure(found.getFirst(), builder);
                yield ((Buildable) builder).build();
            }
            case LIST -> list(found, field.getRequiredTrait(ListTrait.class));
            default -> scalar(found.getFirst().getTextContent(), field);
        };
    }

    private static List<Object> list(List<Element> found, ListTrait trait) {
        List<Element> items = trait.isFlattened()
                ? found
                : children(found.getFirst()).values().stream().flatMap(List::stream).toList();
        List<Object> values = new ArrayList<>();
        items.forEach(item -> values.add(value(List.of(item), trait.memberFieldInfo())));
        return values;
    }

    private static Object scalar(String text, SdkField<?> field) {
        try {
            return switch (field.marshallingType().getKnownType()) {
                case STRING -> text;
                case BOOLEAN -> Boolean.valueOf(text.strip());
                case INTEGER -> Integer.valueOf(text.strip());
                case LONG -> Long.valueOf(text.strip());
                case FLOAT -> Float.valueOf(text.strip());
                case DOUBLE -> Double.valueOf(text.strip());
                case BIG_DECIMAL -> new BigDecimal(text.strip());
                case INSTANT -> RestMembers.instant(text.strip());
                case SDK_BYTES -> SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(text.strip()));
                case SDK_POJO, LIST, MAP, DOCUMENT, NULL, SHORT, BYTE ->
                    throw malformed(field.memberName() + " is not simulated");
            };
        } catch (IllegalArgumentException | DateTimeParseException wrong) {
            throw malformed("'" + text + "' is not a valid value of " + field.locationName());
        }
    }

    private static Map<String, List<Element>> children(Element element) {
        Map<String, List<Element>> children = new LinkedHashMap<>();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element found) {
                children.computeIfAbsent(found.getLocalName(), name -> new ArrayList<>()).add(found);
            }
        }
        return children;
    }

    private static Element parse(SdkBytes xml) {
        try {
            var builder = DOCUMENTS.newDocumentBuilder();
            builder.setErrorHandler((@Nullable ErrorHandler) null);
            return builder.parse(xml.asInputStream()).getDocumentElement();
        } catch (SAXException broken) {
            throw malformed(String.valueOf(broken.getMessage()));
        } catch (IOException | ParserConfigurationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static RequestFault malformed(String why) {
        return new RequestFault("MalformedXML", 400, "The XML you provided was not well-formed or did not validate "
                + "against our published schema: " + why);
    }

    private static DocumentBuilderFactory documents() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory;
        } catch (ParserConfigurationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
