package io.greenlane.rehearsal.dynamodb;

import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The language of expressions, parsed. */
final class Expression {
    private Expression() {}

    /** Something that is true of an item or not. */
    sealed interface Condition {
        record And(Condition left, Condition right) implements Condition {}

        record Or(Condition left, Condition right) implements Condition {}

        record Not(Condition inner) implements Condition {}

        record Compare(Comparator comparator, Operand left, Operand right) implements Condition {}

        record Between(Operand operand, Operand low, Operand high) implements Condition {}

        record In(Operand operand, List<Operand> candidates) implements Condition {}

        record Exists(Path path) implements Condition {}

        record NotExists(Path path) implements Condition {}

        record HasType(Path path, String type) implements Condition {}

        record BeginsWith(Operand operand, Operand prefix) implements Condition {}

        record Contains(Operand operand, Operand element) implements Condition {}
    }

    /** {@code = <> < <= > >=}. */
    enum Comparator {
        EQUAL("="), NOT_EQUAL("<>"), LESS("<"), LESS_OR_EQUAL("<="), GREATER(">"), GREATER_OR_EQUAL(">=");

        private final String symbol;

        Comparator(String symbol) {
            this.symbol = symbol;
        }

        String symbol() {
            return symbol;
        }
    }

    /** Something that has a value in an item, or none. */
    sealed interface Operand {
        record At(Path path) implements Operand {}

        record Literal(AttributeValue value) implements Operand {}

        record Size(Path path) implements Operand {}

        record IfNotExists(Path path, Operand otherwise) implements Operand {}

        record ListAppend(Operand first, Operand second) implements Operand {}

        record Plus(Operand left, Operand right) implements Operand {}

        record Minus(Operand left, Operand right) implements Operand {}
    }

    /** One change of an update. */
    sealed interface Action {
        Path path();

        record Set(Path path, Operand value) implements Action {}

        record Remove(Path path) implements Action {}

        record Add(Path path, AttributeValue value) implements Action {}

        record Delete(Path path, AttributeValue value) implements Action {}
    }
}
