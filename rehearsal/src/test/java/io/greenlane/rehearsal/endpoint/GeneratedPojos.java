package io.greenlane.rehearsal.endpoint;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.traits.XmlAttributeTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** Fills builders of the SDK's model classes with generated values. */
final class GeneratedPojos {
    private static final int DEEPEST = 9;
    /** So that what is inside of a list or map is at depth 0, where texts have no characters that no header has. */
    private static final int IN_HEADER = -1;
    private final Random random;

    GeneratedPojos(Random random) {
        this.random = random;
    }

    void fill(SdkPojo builder) {
        fill(builder, 0);
    }

    private void fill(SdkPojo builder, int depth) {
        for (SdkField<?> field : builder.sdkFields()) {
            Object value = field.location() == MarshallLocation.STATUS_CODE
                    ? Integer.valueOf(200)
                    : value(field, field.location() == MarshallLocation.HEADER ? IN_HEADER : depth);
            if (value != null) {
                field.set(builder, value);
            }
        }
    }

    private @Nullable Object value(SdkField<?> field, int depth) {
        return switch (field.marshallingType().getKnownType()) {
            case STRING -> text(field, depth);
            case BOOLEAN -> random.nextBoolean();
            case INTEGER -> random.nextInt(10_000);
            case LONG -> random.nextLong(1L << 40);
            case FLOAT -> random.nextInt(100) / 4f;
            case DOUBLE -> random.nextInt(1000) / 8d;
            case BIG_DECIMAL -> BigDecimal.valueOf(random.nextInt(1000), 2);
            case INSTANT -> instant(field);
            case SDK_BYTES -> SdkBytes.fromUtf8String("bytes" + random.nextInt());
            case SDK_POJO -> depth >= DEEPEST ? null : pojo(field, depth);
            case LIST -> depth >= DEEPEST ? null : list(field, depth);
            case MAP -> depth >= DEEPEST ? null : map(field, depth);
            case DOCUMENT, NULL, SHORT, BYTE -> null;
        };
    }

    /** The client knows the algorithm of a checksum, and writes attributes of XML as they are. */
    private String text(SdkField<?> field, int depth) {
        if (field.location() == MarshallLocation.HEADER && field.memberName().equals("ChecksumAlgorithm")) {
            return "CRC32";
        }
        boolean plain = depth <= 0 || field.containsTrait(XmlAttributeTrait.class);
        return "t" + random.nextInt(1000) + (plain ? "" : " <ä&+ %\"\n");
    }

    /** In whole seconds where the wire has no more. */
    private Instant instant(SdkField<?> field) {
        long millis = 1_700_000_000_000L + random.nextInt(1_000_000);
        boolean wholeSeconds = field.getOptionalTrait(TimestampFormatTrait.class)
                .map(trait -> trait.format() == TimestampFormatTrait.Format.RFC_822)
                .orElse(field.location() == MarshallLocation.HEADER);
        return Instant.ofEpochMilli(wholeSeconds ? millis / 1000 * 1000 : millis);
    }

    private Object pojo(SdkField<?> field, int depth) {
        SdkPojo builder = field.constructor().get();
        fill(builder, depth + 1);
        return ((Buildable) builder).build();
    }

    private List<Object> list(SdkField<?> field, int depth) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < (depth < 3 ? 2 : 1); i++) {
            Object value = value(field.getRequiredTrait(ListTrait.class).memberFieldInfo(), depth + 1);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    private Map<String, Object> map(SdkField<?> field, int depth) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < (depth < 3 ? 2 : 1); i++) {
            Object value = value(field.getRequiredTrait(MapTrait.class).valueFieldInfo(), depth + 1);
            if (value != null) {
                values.put("key" + i, value);
            }
        }
        return values;
    }
}
