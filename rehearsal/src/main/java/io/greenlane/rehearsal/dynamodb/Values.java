package io.greenlane.rehearsal.dynamodb;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Attribute values: their check on arrival, equality, order and size. */
final class Values {
    private static final int DEEPEST = 32;

    private Values() {}

    /** The value with its numbers in DynamoDB's own form, after the checks every value undergoes. */
    static AttributeValue normal(AttributeValue value) {
        return normal(value, 1);
    }

    static Map<String, AttributeValue> normal(Map<String, AttributeValue> item) {
        Map<String, AttributeValue> values = new LinkedHashMap<>();
        item.forEach((name, value) -> values.put(name, normal(value)));
        return values;
    }

    private static AttributeValue normal(AttributeValue value, int depth) {
        if (depth > DEEPEST) {
            throw Refusals.validation(
                    "Nesting Levels have exceeded supported limits: Attributes are nested more than 32 levels");
        }
        long set = value.sdkFields().stream().map(field -> field.getValueOrDefault(value))
                .filter(v -> v != null && !(v instanceof SdkAutoConstructList)
                        && !(v instanceof SdkAutoConstructMap))
                .count();
        if (set != 1) {
            throw Refusals.validation(set == 0
                    ? "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"
                    : "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes");
        }
        return switch (value.type()) {
            case N -> AttributeValue.fromN(Numbers.text(Numbers.parse(value.n())));
            case NUL -> nul(value);
            case SS -> AttributeValue.fromSs(distinct(value.ss(), "string"));
            case NS -> AttributeValue.fromNs(distinct(
                    value.ns().stream().map(n -> Numbers.text(Numbers.parse(n))).toList(), "number"));
            case BS -> AttributeValue.fromBs(distinct(value.bs(), "binary"));
            case L -> AttributeValue.fromL(value.l().stream().map(element -> normal(element, depth + 1)).toList());
            case M -> {
                Map<String, AttributeValue> members = new LinkedHashMap<>();
                value.m().forEach((name, member) -> members.put(name, normal(member, depth + 1)));
                yield AttributeValue.fromM(members);
            }
            case S, B, BOOL -> value;
            case UNKNOWN_TO_SDK_VERSION -> throw Refusals
                    .validation(
                            "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
        };
    }

    private static AttributeValue nul(AttributeValue value) {
        if (!value.nul()) {
            throw Refusals.parameter("Null attribute value types must have the value of true");
        }
        return value;
    }

    private static <T> List<T> distinct(List<T> elements, String kind) {
        if (elements.isEmpty()) {
            throw Refusals.parameter("An " + kind + " set  may not be empty");
        }
        if (new HashSet<>(elements).size() < elements.size()) {
            throw Refusals.parameter("Input collection " + elements.stream().map(Values::shown).toList()
                    + " contains duplicates.");
        }
        return elements;
    }

    private static String shown(Object element) {
        return element instanceof SdkBytes bytes ? Arrays.toString(bytes.asByteArray()) : element.toString();
    }

    /** The type as expressions name it: S, N, B, BOOL, NULL, L, M, SS, NS, BS. */
    static String typeName(AttributeValue value) {
        return value.type() == AttributeValue.Type.NUL ? "NULL" : value.type().name();
    }

    static boolean equal(AttributeValue left, AttributeValue right) {
        if (left.type() != right.type()) {
            return false;
        }
        return switch (left.type()) {
            case N -> Numbers.of(left).compareTo(Numbers.of(right)) == 0;
            case SS, NS, BS -> elements(left).equals(elements(right));
            case L -> {
                boolean same = left.l().size() == right.l().size();
                for (int i = 0; same && i < left.l().size(); i++) {
                    same = equal(left.l().get(i), right.l().get(i));
                }
                yield same;
            }
            case M -> left.m().keySet().equals(right.m().keySet())
                    && left.m().entrySet().stream()
                            .allMatch(e -> equal(e.getValue(), right.m().getOrDefault(e.getKey(), e.getValue())));
            default -> left.equals(right);
        };
    }

    /** Whether it is a string or bytes of length 0, which no key may be. */
    static boolean isEmpty(AttributeValue value) {
        return (value.s() != null && value.s().isEmpty())
                || (value.b() != null && value.b().asByteArrayUnsafe().length == 0);
    }

    /** What messages call an empty value. */
    static String emptyKind(AttributeValue value) {
        return value.s() == null ? "binary" : "string";
    }

    /** Whether the type has an order: strings, numbers and bytes. */
    static boolean isOrdered(AttributeValue value) {
        return value.type() == AttributeValue.Type.S || value.type() == AttributeValue.Type.N
                || value.type() == AttributeValue.Type.B;
    }

    /** Order of two values of the same ordered type; strings by their UTF-8 bytes. */
    static int compare(AttributeValue left, AttributeValue right) {
        return switch (left.type()) {
            case N -> Numbers.of(left).compareTo(Numbers.of(right));
            case B -> Arrays.compareUnsigned(left.b().asByteArrayUnsafe(), right.b().asByteArrayUnsafe());
            default -> Arrays.compareUnsigned(left.s().getBytes(StandardCharsets.UTF_8),
                    right.s().getBytes(StandardCharsets.UTF_8));
        };
    }

    /** The elements of a set, comparable with those of another. */
    static Set<Object> elements(AttributeValue set) {
        Collection<?> elements = switch (set.type()) {
            case SS -> set.ss();
            case NS -> set.ns().stream().map(n -> Numbers.text(Numbers.parse(n))).toList();
            case BS -> set.bs();
            default -> throw new IllegalArgumentException(set + " is not a set");
        };
        return elements.stream().collect(Collectors.toSet());
    }

    static boolean isSet(AttributeValue value) {
        return value.type() == AttributeValue.Type.SS || value.type() == AttributeValue.Type.NS
                || value.type() == AttributeValue.Type.BS;
    }

    /** A set of the same type from elements as {@link #elements} gives them. */
    static AttributeValue setOf(AttributeValue.Type type, Set<Object> elements) {
        return switch (type) {
            case SS -> AttributeValue.fromSs(List.copyOf(new TreeSet<>(texts(elements))));
            case NS -> AttributeValue.fromNs(
                    texts(elements).stream().map(Numbers::parse).sorted().map(Numbers::text).toList());
            default -> AttributeValue.fromBs(elements.stream().map(SdkBytes.class::cast).toList());
        };
    }

    private static List<String> texts(Set<Object> elements) {
        return elements.stream().map(String.class::cast).toList();
    }
}
