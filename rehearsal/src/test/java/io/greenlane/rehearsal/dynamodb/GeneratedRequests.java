package io.greenlane.rehearsal.dynamodb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Requests on the ledger's table, sensible and senseless ones, the same for the same seed. */
final class GeneratedRequests {
    private static final List<String> ATTRIBUTES = List.of("a", "b", "c", "d", "m", "l", "open", "mustLeaveBy",
            "state", "id");
    private final Random random;
    private Map<String, String> names = new HashMap<>();
    private Map<String, AttributeValue> values = new HashMap<>();

    GeneratedRequests(long seed) {
        this.random = new Random(seed);
    }

    DynamoDbRequest next(String table) {
        names = new HashMap<>();
        values = new HashMap<>();
        return switch (random.nextInt(10)) {
            case 0, 1 -> put(table);
            case 2, 3, 4 -> update(table);
            case 5 -> delete(table);
            case 6 -> GetItemRequest.builder().tableName(table).key(key())
                    .projectionExpression(maybe(this::projection)).expressionAttributeNames(namesOrNull()).build();
            case 7 -> query(table);
            case 8 -> ScanRequest.builder().tableName(table).filterExpression(condition(2))
                    .expressionAttributeNames(namesOrNull()).expressionAttributeValues(valuesOrNull()).build();
            default -> transaction(table);
        };
    }

    private PutItemRequest put(String table) {
        return PutItemRequest.builder().tableName(table).item(item(key()))
                .conditionExpression(maybe(() -> condition(2)))
                .expressionAttributeNames(namesOrNull()).expressionAttributeValues(valuesOrNull())
                .returnValues(pick(List.of(ReturnValue.NONE, ReturnValue.ALL_OLD)))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD).build();
    }

    private Map<String, AttributeValue> item(Map<String, AttributeValue> key) {
        Map<String, AttributeValue> item = new LinkedHashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            item.put(pick(ATTRIBUTES), value(2));
        }
        if (random.nextInt(3) == 0) {
            item.put("open", text());
            item.put("mustLeaveBy", number());
        }
        item.putAll(key);
        return item;
    }

    private UpdateItemRequest update(String table) {
        return UpdateItemRequest.builder().tableName(table).key(key()).updateExpression(updateExpression())
                .conditionExpression(maybe(() -> condition(1))).expressionAttributeNames(namesOrNull())
                .expressionAttributeValues(valuesOrNull()).returnValues(pick(List.of(ReturnValue.NONE,
                        ReturnValue.ALL_OLD, ReturnValue.ALL_NEW, ReturnValue.UPDATED_OLD, ReturnValue.UPDATED_NEW)))
                .build();
    }

    private DeleteItemRequest delete(String table) {
        return DeleteItemRequest.builder().tableName(table).key(key()).conditionExpression(condition(2))
                .expressionAttributeNames(namesOrNull()).expressionAttributeValues(valuesOrNull())
                .returnValues(ReturnValue.ALL_OLD).build();
    }

    private QueryRequest query(String table) {
        String keys = name("open") + " = " + literal(text());
        switch (random.nextInt(5)) {
            case 0 -> keys += " AND mustLeaveBy > " + literal(number());
            case 1 -> keys += " AND mustLeaveBy BETWEEN " + literal(number()) + " AND " + literal(number());
            case 2 -> keys += " AND begins_with(mustLeaveBy, " + literal(text()) + ")";
            case 3 -> keys += " AND a = " + literal(number());
            default -> {
            }
        }
        boolean ofTable = random.nextInt(4) == 0;
        if (ofTable) {
            names = new HashMap<>();
            values = new HashMap<>();
            keys = "id = " + literal(key().values().iterator().next());
        }
        return QueryRequest.builder().tableName(table).indexName(ofTable ? null : "open").keyConditionExpression(keys)
                .filterExpression(maybe(() -> condition(1))).expressionAttributeNames(namesOrNull())
                .expressionAttributeValues(valuesOrNull()).scanIndexForward(random.nextBoolean()).build();
    }

    /** Of different items; see the comparison of several operations on one. */
    private TransactWriteItemsRequest transaction(String table) {
        Map<String, AttributeValue> first = key();
        Map<String, AttributeValue> second = key();
        while (second.equals(first)) {
            second = key();
        }
        return TransactWriteItemsRequest.builder().transactItems(operation(table, first), operation(table, second))
                .build();
    }

    private TransactWriteItem operation(String table, Map<String, AttributeValue> key) {
        names = new HashMap<>();
        values = new HashMap<>();
        int kind = random.nextInt(4);
        String update = kind == 0 ? updateExpression() : null;
        String condition = kind == 3 ? condition(1) : maybe(() -> condition(1));
        Map<String, String> itemNames = namesOrNull();
        Map<String, AttributeValue> itemValues = valuesOrNull();
        return switch (kind) {
            case 0 -> TransactWriteItem.builder().update(u -> u.tableName(table).key(key).updateExpression(update)
                    .conditionExpression(condition).expressionAttributeNames(itemNames)
                    .expressionAttributeValues(itemValues)).build();
            case 1 -> TransactWriteItem.builder().put(p -> p.tableName(table).item(item(key))
                    .conditionExpression(condition).expressionAttributeNames(itemNames)
                    .expressionAttributeValues(itemValues)).build();
            case 2 -> TransactWriteItem.builder().delete(d -> d.tableName(table).key(key)
                    .conditionExpression(condition).expressionAttributeNames(itemNames)
                    .expressionAttributeValues(itemValues)).build();
            default -> TransactWriteItem.builder().conditionCheck(c -> c.tableName(table).key(key)
                    .conditionExpression(condition).expressionAttributeNames(itemNames)
                    .expressionAttributeValues(itemValues)).build();
        };
    }

    private String updateExpression() {
        StringBuilder text = new StringBuilder();
        List<String> clauses = new ArrayList<>(List.of("SET", "REMOVE", "ADD", "DELETE"));
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            String clause = clauses.remove(random.nextInt(clauses.size()));
            text.append(clause).append(' ').append(switch (clause) {
                case "SET" -> path() + " = " + sum();
                case "REMOVE" -> path();
                case "ADD" -> path() + " " + literal(random.nextBoolean() ? number() : value(1));
                default -> path() + " " + literal(random.nextBoolean() ? strings() : value(1));
            }).append(' ');
        }
        return text.toString().strip();
    }

    private String sum() {
        return switch (random.nextInt(6)) {
            case 0 -> path() + " + " + literal(number());
            case 1 -> literal(number()) + " - " + path();
            case 2 -> "if_not_exists(" + path() + ", " + literal(value(1)) + ")";
            case 3 -> "list_append(" + path() + ", " + literal(AttributeValue.fromL(List.of(number()))) + ")";
            case 4 -> path();
            default -> literal(value(2));
        };
    }

    private String condition(int depth) {
        if (depth > 0) {
            switch (random.nextInt(5)) {
                case 0 -> {
                    return condition(depth - 1) + " AND " + condition(depth - 1);
                }
                case 1 -> {
                    return "(" + condition(depth - 1) + " OR " + condition(depth - 1) + ")";
                }
                case 2 -> {
                    return "NOT " + condition(depth - 1);
                }
                default -> {
                }
            }
        }
        return switch (random.nextInt(9)) {
            case 0 -> "attribute_exists(" + path() + ")";
            case 1 -> "attribute_not_exists(" + path() + ")";
            case 2 -> "attribute_type(" + path() + ", " + literal(AttributeValue.fromS(pick(List.of("S", "N", "L",
                    "NULL", "SS", "X")))) + ")";
            case 3 -> "begins_with(" + path() + ", " + literal(random.nextInt(4) == 0 ? value(1) : text()) + ")";
            case 4 -> "contains(" + path() + ", " + literal(random.nextBoolean() ? text() : number()) + ")";
            case 5 -> path() + " BETWEEN " + literal(number()) + " AND " + literal(number());
            case 6 -> path() + " IN (" + literal(value(1)) + ", " + literal(text()) + ")";
            case 7 -> "size(" + path() + ") " + comparator() + " " + literal(number());
            default -> path() + " " + comparator() + " " + literal(value(1));
        };
    }

    private String comparator() {
        return pick(List.of("=", "<>", "<", "<=", ">", ">="));
    }

    private String projection() {
        return random.nextBoolean() ? path() : path() + ", " + path();
    }

    private String path() {
        String first = name(pick(ATTRIBUTES));
        return switch (random.nextInt(6)) {
            case 0 -> first + ".a";
            case 1 -> first + "[" + random.nextInt(3) + "]";
            default -> first;
        };
    }

    /** Mostly a placeholder where one is needed; now and then a reserved word as it stands. */
    private String name(String attribute) {
        boolean bare = random.nextInt(20) == 0
                || (!Placeholders.isReserved(attribute) && random.nextBoolean());
        if (bare) {
            return attribute;
        }
        names.put("#" + attribute, attribute);
        return "#" + attribute;
    }

    private String literal(AttributeValue value) {
        String name = ":v" + values.size();
        values.put(name, value);
        return name;
    }

    private AttributeValue value(int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 4)) {
            case 0, 1 -> text();
            case 2, 3 -> number();
            case 4 -> AttributeValue.fromBool(random.nextBoolean());
            case 5 -> AttributeValue.fromNul(true);
            case 6 -> strings();
            case 7 -> AttributeValue.fromB(SdkBytes.fromUtf8String(pick(List.of("x", "xy", "z"))));
            case 8 -> AttributeValue.fromL(List.of(value(depth - 1), value(depth - 1)));
            default -> AttributeValue.fromM(Map.of("a", value(depth - 1), "b", value(depth - 1)));
        };
    }

    private AttributeValue strings() {
        return random.nextInt(4) == 0
                ? AttributeValue.fromNs(pick(List.of(List.of("1"), List.of("1.0", "2"), List.of("1", "1.0"))))
                : AttributeValue.fromSs(pick(List.of(List.of("x"), List.of("x", "y"), List.of("y", "z"))));
    }

    private AttributeValue text() {
        return AttributeValue.fromS(pick(List.of("x", "y", "xy", "ä", "")));
    }

    private AttributeValue number() {
        return AttributeValue.fromN(pick(List.of("0", "1", "2", "1.50", "-3", "1E2", "0.1", "12345678901234567890.5",
                "-0", "007")));
    }

    private Map<String, AttributeValue> key() {
        return switch (random.nextInt(25)) {
            case 0 -> Map.of("id", AttributeValue.fromN("1"));
            case 1 -> Map.of("id", AttributeValue.fromS(""));
            default -> Map.of("id", AttributeValue.fromS("k" + random.nextInt(4)));
        };
    }

    private @Nullable String maybe(Supplier<String> text) {
        return random.nextBoolean() ? text.get() : null;
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private @Nullable Map<String, String> namesOrNull() {
        return names.isEmpty() ? null : Map.copyOf(names);
    }

    private @Nullable Map<String, AttributeValue> valuesOrNull() {
        return values.isEmpty() ? null : Map.copyOf(values);
    }
}
