package io.greenlane.rehearsal.dynamodb;

import io.greenlane.rehearsal.dynamodb.Expression.Comparator;
import io.greenlane.rehearsal.dynamodb.Expression.Condition;
import io.greenlane.rehearsal.dynamodb.Expression.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The key condition of a query: one partition, and perhaps a range of it.
 *
 * @param condition holds for the items wanted
 */
record KeyCondition(Condition condition) {
    static final String KIND = "KeyConditionExpression";

    /** @param checkFilled refuses an attribute's value when it is empty and the attribute is a key */
    static KeyCondition of(Condition condition, KeySchema keys, BiConsumer<String, AttributeValue> checkFilled) {
        List<Condition> parts = new ArrayList<>();
        flatten(condition, parts);
        parts.stream().filter(part -> Values.typeName(value(part)).equals(keys.types().get(attribute(part))))
                .forEach(part -> checkFilled.accept(attribute(part), value(part)));
        boolean hasPartition = false;
        for (Condition part : parts) {
            String attribute = attribute(part);
            AttributeValue value = value(part);
            String type = keys.types().get(attribute);
            if (type == null) {
                throw missed(parts, keys);
            }
            hasPartition |= attribute.equals(keys.partition());
            if (!Values.typeName(value).equals(type)) {
                throw Refusals.parameter("Condition parameter type does not match schema type");
            }
            if (attribute.equals(keys.partition())) {
                if (!(part instanceof Condition.Compare compare) || compare.comparator() != Comparator.EQUAL) {
                    throw Refusals.validation("Query key condition not supported");
                }
            } else if (part instanceof Condition.Compare compare && compare.comparator() == Comparator.NOT_EQUAL) {
                throw Refusals.validation("Unsupported operator on KeyCondition: operator: <>");
            }
        }
        if (!hasPartition) {
            throw missed(parts, keys);
        }
        return new KeyCondition(condition);
    }

    private static RuntimeException missed(List<Condition> parts, KeySchema keys) {
        boolean hasPartition = parts.stream().anyMatch(part -> attribute(part).equals(keys.partition()));
        String missed = hasPartition && keys.sort() != null ? keys.sort() : keys.partition();
        return Refusals.validation("Query condition missed key schema element: " + missed);
    }

    boolean holds(Map<String, AttributeValue> item) {
        return Conditions.hold(condition, item);
    }

    private static void flatten(Condition condition, List<Condition> parts) {
        switch (condition) {
            case Condition.And(Condition left, Condition right) -> {
                flatten(left, parts);
                flatten(right, parts);
            }
            case Condition.Or or -> throw unsupported("OR");
            case Condition.Not not -> throw unsupported("NOT");
            case Condition.In in -> throw unsupported("IN");
            default -> parts.add(condition);
        }
    }

    private static String attribute(Condition part) {
        Operand operand = switch (part) {
            case Condition.Compare compare -> compare.left();
            case Condition.Between between -> between.operand();
            case Condition.BeginsWith begins -> begins.operand();
            default -> throw unsupported(part.getClass().getSimpleName());
        };
        if (operand instanceof Operand.At(Path path) && path.isTopLevel()) {
            return path.attribute();
        }
        throw Refusals.validation(
                "Invalid " + KIND + ": KeyConditionExpressions cannot have conditions on nested attributes");
    }

    private static AttributeValue value(Condition part) {
        Operand operand = switch (part) {
            case Condition.Compare compare -> compare.right();
            case Condition.Between between -> between.low();
            case Condition.BeginsWith begins -> begins.prefix();
            default -> throw unsupported(part.getClass().getSimpleName());
        };
        if (operand instanceof Operand.Literal(AttributeValue value)) {
            return value;
        }
        throw Refusals.validation("Invalid " + KIND
                + ": Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition");
    }

    private static RuntimeException unsupported(String operator) {
        return Refusals
                .validation("Invalid " + KIND + ": Invalid operator used in KeyConditionExpression: " + operator);
    }
}
