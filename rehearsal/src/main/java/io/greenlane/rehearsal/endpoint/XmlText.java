package io.greenlane.rehearsal.endpoint;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.XmlAttributeTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** XML of the query protocol and of S3, written from the SDK's model classes. */
final class XmlText {
    private final StringBuilder text = new StringBuilder();

    XmlText open(String name, String attributes) {
        text.append('<').append(name).append(attributes).append('>');
        return this;
    }

    XmlText close(String name) {
        text.append("</").append(name).append('>');
        return this;
    }

    XmlText text(Object value) {
        text.append(escaped(value.toString()));
        return this;
    }

    XmlText element(String name, String value) {
        return open(name, "").text(value).close(name);
    }

    /** The members of the structure that are set, in the order of the model. */
    void structure(SdkPojo pojo) {
        for (SdkField<?> field : pojo.sdkFields()) {
            boolean inside = field.location() == MarshallLocation.PAYLOAD
                    && !field.containsTrait(XmlAttributeTrait.class);
            Object value = inside ? field.getValueOrDefault(pojo) : null;
            if (value != null && !(value instanceof SdkAutoConstructList) && !(value instanceof SdkAutoConstructMap)) {
                member(field.unmarshallLocationName(), value, field);
            }
        }
    }

    private void member(String name, Object value, SdkField<?> field) {
        switch (value) {
            case SdkPojo pojo -> {
                open(name, attributes(pojo));
                structure(pojo);
                close(name);
            }
            case List<?> list -> list(name, list, field.getRequiredTrait(ListTrait.class));
            case Map<?, ?> map -> map(name, map, field.getRequiredTrait(MapTrait.class));
            case SdkBytes bytes -> element(name, Base64.getEncoder().encodeToString(bytes.asByteArray()));
            case BigDecimal number -> element(name, number.toPlainString());
            case Instant instant -> element(name, instant.toString());
            default -> element(name, value.toString());
        }
    }

    /** S3 has one, xsi:type. */
    private static String attributes(SdkPojo pojo) {
        return pojo.sdkFields().stream().filter(field -> field.containsTrait(XmlAttributeTrait.class))
                .map(field -> " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" " + field.locationName() + "=\""
                        + escaped(String.valueOf(field.getValueOrDefault(pojo))).replace("\n", "&#xA;") + "\"")
                .collect(Collectors.joining());
    }

    private void list(String name, List<?> list, ListTrait trait) {
        SdkField<?> member = trait.memberFieldInfo();
        if (trait.isFlattened()) {
            list.forEach(element -> member(name, element, member));
            return;
        }
        String memberName = trait.memberLocationName() == null ? "member" : trait.memberLocationName();
        open(name, "");
        list.forEach(element -> member(memberName, element, member));
        close(name);
    }

    private void map(String name, Map<?, ?> map, MapTrait trait) {
        SdkField<?> valueField = trait.valueFieldInfo();
        String entryName = trait.isFlattened() ? name : "entry";
        if (!trait.isFlattened()) {
            open(name, "");
        }
        map.forEach((key, value) -> {
            open(entryName, "").element(trait.keyLocationName(), String.valueOf(key));
            member(trait.valueLocationName(), value, valueField);
            close(entryName);
        });
        if (!trait.isFlattened()) {
            close(name);
        }
    }

    private static String escaped(String value) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\r' -> escaped.append("&#xD;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
