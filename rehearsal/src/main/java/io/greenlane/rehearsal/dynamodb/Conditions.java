package io.greenlane.rehearsal.dynamodb;

import io.greenlane.rehearsal.dynamodb.Expression.Comparator;
import io.greenlane.rehearsal.dynamodb.Expression.Condition;
import io.greenlane.rehearsal.dynamodb.Expression.Operand;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Whether a condition holds for an item. */
final class Conditions {
    private final Map<String, AttributeValue> item;

    private Conditions(Map<String, AttributeValue> item) {
        this.item = item;
    }

    /** @param item empty when there is no item */
    static boolean hold(Condition condition, Map<String, AttributeValue> item) {
        return new Conditions(item).holds(condition);
    }

    private boolean holds(Condition condition) {
        return switch (condition) {
            case Condition.And(Condition left, Condition right) -> holds(left) && holds(right);
            case Condition.Or(Condition left, Condition right) -> holds(left) || holds(right);
            case Condition.Not(Condition inner) -> !holds(inner);
            case Condition.Compare compare -> compare(compare);
            case Condition.Between(Operand operand, Operand low, Operand high) ->
                ordered(operand, low, Comparator.GREATER_OR_EQUAL) && ordered(operand, high, Comparator.LESS_OR_EQUAL);
            case Condition.In(Operand operand, var candidates) -> candidates.stream()
                    .anyMatch(candidate -> equal(operand, candidate));
            case Condition.Exists(Path path) -> path.in(item).isPresent();
            case Condition.NotExists(Path path) -> path.in(item).isEmpty();
            case Condition.HasType(Path path, String type) ->
                path.in(item).filter(value -> Values.typeName(value).equals(type)).isPresent();
            case Condition.BeginsWith(Operand operand, Operand prefix) -> beginsWith(value(operand), value(prefix));
            case Condition.Contains(Operand operand, Operand element) -> contains(value(operand), value(element));
        };
    }

    private boolean compare(Condition.Compare compare) {
        return switch (compare.comparator()) {
            case EQUAL -> equal(compare.left(), compare.right());
            case NOT_EQUAL -> !equal(compare.left(), compare.right());
            default -> ordered(compare.left(), compare.right(), compare.comparator());
        };
    }

    private boolean equal(Operand left, Operand right) {
        Optional<AttributeValue> first = value(left);
        Optional<AttributeValue> second = value(right);
        return first.isPresent() && second.isPresent() && Values.equal(first.get(), second.get());
    }

    private boolean ordered(Operand left, Operand right, Comparator comparator) {
        Optional<AttributeValue> first = value(left);
        Optional<AttributeValue> second = value(right);
        if (first.isEmpty() || second.isEmpty() || first.get().type() != second.get().type()
                || !Values.isOrdered(first.get())) {
            return false;
        }
        int order = Values.compare(first.get(), second.get());
        return switch (comparator) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }

    private Optional<AttributeValue> value(Operand operand) {
        return switch (operand) {
            case Operand.At(Path path) -> path.in(item);
            case Operand.Literal(AttributeValue value) -> Optional.of(value);
            case Operand.Size(Path path) -> path.in(item).flatMap(Conditions::size);
            default -> throw new IllegalStateException(operand + " is only for updates");
        };
    }

    private static Optional<AttributeValue> size(AttributeValue value) {
        int size = switch (value.type()) {
            case S -> value.s().length();
            case B -> value.b().asByteArrayUnsafe().length;
            case SS -> value.ss().size();
            case NS -> value.ns().size();
            case BS -> value.bs().size();
            case L -> value.l().size();
            case M -> value.m().size();
            default -> -1;
        };
        return size < 0 ? Optional.empty() : Optional.of(Numbers.value(BigDecimal.valueOf(size)));
    }

    private static boolean beginsWith(Optional<AttributeValue> value, Optional<AttributeValue> prefix) {
        if (value.isEmpty() || prefix.isEmpty() || value.get().type() != prefix.get().type()) {
            return false;
        }
        if (value.get().type() == AttributeValue.Type.S) {
            return value.get().s().startsWith(prefix.get().s());
        }
        if (value.get().type() != AttributeValue.Type.B) {
            return false;
        }
        byte[] whole = value.get().b().asByteArrayUnsafe();
        byte[] start = prefix.get().b().asByteArrayUnsafe();
        return whole.length >= start.length && Arrays.equals(whole, 0, start.length, start, 0, start.length);
    }

    private static boolean contains(Optional<AttributeValue> value, Optional<AttributeValue> element) {
        if (value.isEmpty() || element.isEmpty()) {
            return false;
        }
        AttributeValue wanted = element.get();
        return switch (value.get().type()) {
            case S -> wanted.type() == AttributeValue.Type.S && value.get().s().contains(wanted.s());
            case B -> wanted.type() == AttributeValue.Type.B
                    && contains(value.get().b().asByteArrayUnsafe(), wanted.b().asByteArrayUnsafe());
            case SS -> wanted.type() == AttributeValue.Type.S && value.get().ss().contains(wanted.s());
            case NS -> wanted.type() == AttributeValue.Type.N && Values.elements(value.get()).contains(wanted.n());
            case BS -> wanted.type() == AttributeValue.Type.B && value.get().bs().contains(wanted.b());
            case L -> value.get().l().stream().anyMatch(member -> Values.equal(member, wanted));
            default -> false;
        };
    }

    private static boolean contains(byte[] whole, byte[] part) {
        for (int i = 0; i + part.length <= whole.length; i++) {
            if (Arrays.equals(whole, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }
}
