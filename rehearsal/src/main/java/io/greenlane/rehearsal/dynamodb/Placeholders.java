package io.greenlane.rehearsal.dynamodb;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The names and values that the expressions of one request refer to, and the paths that they lead along. */
final class Placeholders {
    private static final Set<String> RESERVED = reserved();
    private static final Pattern NAME = Pattern.compile("#[A-Za-z0-9_]+");
    private static final Pattern VALUE = Pattern.compile(":[A-Za-z0-9_]+");
    private final Map<String, String> names;
    private final Map<String, AttributeValue> values = new HashMap<>();
    private final Set<String> unusedNames;
    private final Set<String> unusedValues;
    private final List<Path> paths = new ArrayList<>();

    Placeholders(Map<String, String> names, Map<String, AttributeValue> values) {
        this.names = Map.copyOf(names);
        for (String name : names.keySet()) {
            if (!NAME.matcher(name).matches()) {
                throw Refusals.validation("ExpressionAttributeNames contains invalid key: Syntax error; key: \"" + name
                        + "\"");
            }
        }
        values.forEach((name, value) -> {
            if (!VALUE.matcher(name).matches()) {
                throw Refusals.validation("ExpressionAttributeValues contains invalid key: Syntax error; key: \"" + name
                        + "\"");
            }
            this.values.put(name, Values.normal(value));
        });
        this.unusedNames = new TreeSet<>(names.keySet());
        this.unusedValues = new TreeSet<>(values.keySet());
    }

    static boolean isReserved(String word) {
        return RESERVED.contains(word.toUpperCase(Locale.ROOT));
    }

    /** The reserved words, in upper case (Developer Guide, reserved words). */
    static Set<String> reservedWords() {
        return RESERVED;
    }

    String name(String placeholder, String kind) {
        unusedNames.remove(placeholder);
        String name = names.get(placeholder);
        if (name == null) {
            throw Refusals.validation("Invalid " + kind
                    + ": An expression attribute name used in the document path is not defined; attribute name: "
                    + placeholder);
        }
        return name;
    }

    AttributeValue value(String placeholder, String kind) {
        unusedValues.remove(placeholder);
        AttributeValue value = values.get(placeholder);
        if (value == null) {
            throw Refusals.validation("Invalid " + kind
                    + ": An expression attribute value used in expression is not defined; attribute value: "
                    + placeholder);
        }
        return value;
    }

    void lead(Path path) {
        paths.add(path);
    }

    /** Every path of the expressions read so far. */
    List<Path> paths() {
        return paths;
    }

    /** Refuses names and values that nothing refers to. */
    void checkUsed(boolean hasExpression) {
        if (!hasExpression && !names.isEmpty()) {
            throw Refusals.validation("ExpressionAttributeNames can only be specified when using expressions");
        }
        if (!hasExpression && !values.isEmpty()) {
            throw Refusals.validation("ExpressionAttributeValues can only be specified when using expressions");
        }
        if (!unusedValues.isEmpty()) {
            throw Refusals.validation("Value provided in ExpressionAttributeValues unused in expressions: keys: {"
                    + String.join(", ", unusedValues) + "}");
        }
        if (!unusedNames.isEmpty()) {
            throw Refusals.validation("Value provided in ExpressionAttributeNames unused in expressions: keys: {"
                    + String.join(", ", unusedNames) + "}");
        }
    }

    private static Set<String> reserved() {
        try (InputStream in = Objects.requireNonNull(Placeholders.class.getResourceAsStream("reserved-words.txt"))) {
            return Set.copyOf(List.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip().split("\\s+", -1)));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
