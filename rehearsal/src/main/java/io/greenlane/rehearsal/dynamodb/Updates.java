package io.greenlane.rehearsal.dynamodb;

import io.greenlane.rehearsal.dynamodb.Expression.Action;
import io.greenlane.rehearsal.dynamodb.Expression.Operand;
import io.greenlane.rehearsal.dynamodb.Path.Step;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Applies an update to an item: every right side is computed from the item as it was. */
final class Updates {
    private static final String WRONG_TYPE = "An operand in the update expression has an incorrect data type";
    private final Map<String, AttributeValue> before;

    private Updates(Map<String, AttributeValue> before) {
        this.before = before;
    }

    /** The item after the update. */
    static Map<String, AttributeValue> apply(List<Action> actions, Map<String, AttributeValue> item) {
        return new Updates(item).apply(actions);
    }

    private Map<String, AttributeValue> apply(List<Action> actions) {
        Map<Path, AttributeValue> changes = new LinkedHashMap<>();
        List<Path> removals = new ArrayList<>();
        for (Action action : actions) {
            action.path().checkUpdatable(before);
            switch (action) {
                case Action.Set(Path path, Operand value) -> changes.put(path, value(value));
                case Action.Remove(Path path) -> removals.add(path);
                case Action.Add(Path path, AttributeValue value) -> changes.put(path, sum(path, value));
                case Action.Delete(Path path, AttributeValue value) -> difference(path, value).ifPresent(rest -> {
                    if (Values.elements(rest).isEmpty()) {
                        removals.add(path);
                    } else {
                        changes.put(path, rest);
                    }
                });
            }
        }
        Map<String, AttributeValue> item = before;
        List<Map.Entry<Path, AttributeValue>> inOrder = new ArrayList<>(changes.entrySet());
        // Elements appended by several SETs beyond the end follow each other by their index.
        inOrder.sort(Comparator.comparingInt(change -> lastIndex(change.getKey())));
        for (Map.Entry<Path, AttributeValue> change : inOrder) {
            item = change.getKey().set(item, change.getValue());
        }
        removals.sort(Comparator.comparingInt(Updates::lastIndex).reversed());
        for (Path path : removals) {
            item = path.remove(item);
        }
        return item;
    }

    private AttributeValue value(Operand operand) {
        return switch (operand) {
            case Operand.Literal(AttributeValue value) -> value;
            case Operand.At(Path path) -> path.in(before).orElseThrow(() -> Refusals
                    .validation("The provided expression refers to an attribute that does not exist in the item"));
            case Operand.IfNotExists(Path path, Operand otherwise) ->
                path.in(before).orElseGet(() -> value(otherwise));
            case Operand.ListAppend(Operand first, Operand second) -> append(value(first), value(second));
            case Operand.Plus(Operand left, Operand right) -> sum(value(left), value(right), BigDecimal::add);
            case Operand.Minus(Operand left, Operand right) -> sum(value(left), value(right), BigDecimal::subtract);
            case Operand.Size size -> throw new IllegalStateException(size + " is only for conditions");
        };
    }

    private static AttributeValue append(AttributeValue first, AttributeValue second) {
        if (!first.hasL() || !second.hasL()) {
            throw Refusals.validation(WRONG_TYPE);
        }
        List<AttributeValue> elements = new ArrayList<>(first.l());
        elements.addAll(second.l());
        return AttributeValue.fromL(elements);
    }

    private static AttributeValue sum(AttributeValue left, AttributeValue right, BinaryOperator<BigDecimal> operator) {
        if (left.type() != AttributeValue.Type.N || right.type() != AttributeValue.Type.N) {
            throw Refusals.validation(WRONG_TYPE);
        }
        return Numbers.value(operator.apply(Numbers.of(left), Numbers.of(right)));
    }

    private AttributeValue sum(Path path, AttributeValue added) {
        Optional<AttributeValue> present = path.in(before);
        if (present.isEmpty()) {
            return added;
        }
        if (present.get().type() != added.type()) {
            throw Refusals.validation(WRONG_TYPE);
        }
        if (added.type() == AttributeValue.Type.N) {
            return Numbers.value(Numbers.of(present.get()).add(Numbers.of(added)));
        }
        Set<Object> elements = Values.elements(present.get());
        elements.addAll(Values.elements(added));
        return Values.setOf(added.type(), elements);
    }

    private Optional<AttributeValue> difference(Path path, AttributeValue removed) {
        Optional<AttributeValue> present = path.in(before);
        if (present.isEmpty()) {
            return Optional.empty();
        }
        if (present.get().type() != removed.type()) {
            throw Refusals.validation(WRONG_TYPE);
        }
        Set<Object> elements = Values.elements(present.get());
        elements.removeAll(Values.elements(removed));
        return Optional.of(Values.setOf(removed.type(), elements));
    }

    private static int lastIndex(Path path) {
        return path.steps().getLast() instanceof Step.Index index ? index.index() : -1;
    }
}
