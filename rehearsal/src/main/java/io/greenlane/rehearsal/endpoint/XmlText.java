package io.greenlane.rehearsal.endpoint;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** XML of the query protocol, written from the SDK's model classes. */
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

    XmlText element(String name, String value) {
        open(name, "");
        escape(value);
        return close(name);
    }

    /** The members of the structure that are set, in the order of the model. */
    void structure(SdkPojo pojo) {
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            if (value != null && !(value instanceof SdkAutoConstructList) && !(value instanceof SdkAutoConstructMap)) {
                member(field.unmarshallLocationName(), value, field);
            }
        }
    }

    private void member(String name, Object value, SdkField<?> field) {
        switch (value) {
            case SdkPojo pojo -> {
                open(name, "");
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

    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '&' -> text.append("&amp;");
                case '"' -> text.append("&quot;");
                case '\r' -> text.append("&#xD;");
                default -> text.append(c);
            }
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
