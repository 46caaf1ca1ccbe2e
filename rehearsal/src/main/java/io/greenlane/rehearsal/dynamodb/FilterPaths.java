package io.greenlane.rehearsal.dynamodb;

import io.greenlane.rehearsal.dynamodb.Expression.Condition;
import io.greenlane.rehearsal.dynamodb.Expression.Operand;
import java.util.HashSet;
import java.util.Set;

/** The attributes that a condition looks at. */
final class FilterPaths {
    private final Set<String> attributes = new HashSet<>();

    private FilterPaths() {}

    static Set<String> of(Condition condition) {
        FilterPaths paths = new FilterPaths();
        paths.add(condition);
        return paths.attributes;
    }

    private void add(Condition condition) {
        switch (condition) {
            case Condition.And(Condition left, Condition right) -> {
                add(left);
                add(right);
            }
            case Condition.Or(Condition left, Condition right) -> {
                add(left);
                add(right);
            }
            case Condition.Not(Condition inner) -> add(inner);
            case Condition.Compare compare -> add(compare.left(), compare.right());
            case Condition.Between(Operand operand, Operand low, Operand high) -> add(operand, low, high);
            case Condition.In(Operand operand, var candidates) -> {
                add(operand);
                candidates.forEach(this::add);
            }
            case Condition.Exists(Path path) -> attributes.add(path.attribute());
            case Condition.NotExists(Path path) -> attributes.add(path.attribute());
            case Condition.HasType(Path path, String type) -> attributes.add(path.attribute());
            case Condition.BeginsWith(Operand operand, Operand prefix) -> add(operand, prefix);
            case Condition.Contains(Operand operand, Operand element) -> add(operand, element);
        }
    }

    private void add(Operand... operands) {
        for (Operand operand : operands) {
            switch (operand) {
                case Operand.At(Path path) -> attributes.add(path.attribute());
                case Operand.Size(Path path) -> attributes.add(path.attribute());
                default -> {
                }
            }
        }
    }
}
