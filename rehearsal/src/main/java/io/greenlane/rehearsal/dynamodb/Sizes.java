package io.greenlane.rehearsal.dynamodb;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Sizes in bytes as DynamoDB counts them (Developer Guide, item sizes and formats). */
final class Sizes {
    /** An item is at most 400 KB. */
    static final int LARGEST_ITEM = 400 * 1024;
    /** A page of Query or Scan is at most 1 MB. */
    static final int LARGEST_PAGE = 1024 * 1024;

    private Sizes() {}

    static int of(Map<String, AttributeValue> item) {
        return item.entrySet().stream().mapToInt(entry -> text(entry.getKey()) + of(entry.getValue())).sum();
    }

    static int of(AttributeValue value) {
        return switch (value.type()) {
            case S -> text(value.s());
            case N -> number(value.n());
            case B -> value.b().asByteArrayUnsafe().length;
            case SS -> value.ss().stream().mapToInt(Sizes::text).sum();
            case NS -> value.ns().stream().mapToInt(Sizes::number).sum();
            case BS -> value.bs().stream().mapToInt(b -> b.asByteArrayUnsafe().length).sum();
            case L -> 3 + value.l().stream().mapToInt(element -> 1 + of(element)).sum();
            case M -> 3 + value.m().size() + of(value.m());
            default -> 1;
        };
    }

    private static int text(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static int number(String text) {
        return 1 + (Numbers.parse(text).precision() + 1) / 2;
    }
}
