package io.greenlane.rehearsal.template;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Fills the SDK's own shapes from template properties. CloudFormation names members as the API does, but for the case of
 * their letters; a member that the shape does not have is an error.
 */
final class SdkShape {
    private SdkShape() {}

    /**
     * Sets every property that nobody has read on the builder of a request.
     *
     * @return the builder
     */
    static <B extends SdkPojo> B fill(B builder, ResourceRequest request) {
        set(builder, request.rest(), "Resource " + request.logicalId());
        return builder;
    }

    /** Sets the members of a mapping on the builder of a nested shape. */
    static <B extends SdkPojo> B fill(B builder, Object members, String where) {
        set(builder, Template.map(members, where), where);
        return builder;
    }

    private static void set(SdkPojo builder, Map<String, Object> members, String where) {
        Map<String, SdkField<?>> fields = builder.sdkFields().stream()
                .collect(Collectors.toMap(field -> field.memberName().toLowerCase(Locale.ROOT), field -> field));
        members.forEach((name, value) -> {
            SdkField<?> field = fields.get(name.toLowerCase(Locale.ROOT));
            if (field == null) {
                throw new TemplateException(where + " has a property that the local cloud does not provision: " + name);
            }
            field.set(builder, convert(field, value, where + ", property " + name));
        });
    }

    private static Object convert(SdkField<?> field, Object value, String where) {
        MarshallingKnownType type = field.marshallingType().getKnownType();
        try {
            return switch (type) {
                case STRING -> Values.text(value, where);
                case INTEGER -> new BigDecimal(Values.text(value, where)).intValueExact();
                case LONG -> new BigDecimal(Values.text(value, where)).longValueExact();
                case DOUBLE -> Double.valueOf(Values.text(value, where));
                case BOOLEAN -> flag(Values.text(value, where), where);
                case LIST -> list(field, value, where);
                case MAP -> map(field, value, where);
                case SDK_POJO -> shape(field, value, where);
                default -> throw new TemplateException(where + " has a kind that is not provisioned: " + type);
            };
        } catch (ArithmeticException | NumberFormatException malformed) {
            throw new TemplateException(where + " must be a number, got " + value, malformed);
        }
    }

    private static boolean flag(String text, String where) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new TemplateException(where + " must be true or false, got " + text);
        }
        return text.equals("true");
    }

    private static List<Object> list(SdkField<?> field, Object value, String where) {
        SdkField<?> item = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
        List<Object> converted = new ArrayList<>();
        Values.list(value, where).forEach(each -> converted.add(convert(item, each, where)));
        return converted;
    }

    private static Map<String, Object> map(SdkField<?> field, Object value, String where) {
        SdkField<?> item = field.getRequiredTrait(MapTrait.class).valueFieldInfo();
        Map<String, Object> converted = new LinkedHashMap<>();
        Template.map(value, where).forEach((key, each) -> converted.put(key, convert(item, each, where)));
        return converted;
    }

    private static Object shape(SdkField<?> field, Object value, String where) {
        SdkPojo builder = field.constructor().get();
        set(builder, Template.map(value, where), where);
        return builder instanceof Buildable buildable ? buildable.build() : builder;
    }
}
