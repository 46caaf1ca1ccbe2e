package io.greenlane.rehearsal.dynamodb;

import io.greenlane.rehearsal.dynamodb.Expression.Comparator;
import io.greenlane.rehearsal.dynamodb.Expression.Condition;
import io.greenlane.rehearsal.dynamodb.Expression.Operand;
import io.greenlane.rehearsal.dynamodb.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Parses condition, filter and key condition expressions. */
final class ConditionParser {
    private static final Set<String> TYPES = Set.of("S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS");
    private static final int MOST_CANDIDATES = 100;
    private final ExpressionReader reader;
    private final List<RuntimeException> wrongOperands = new ArrayList<>();

    private ConditionParser(ExpressionReader reader) {
        this.reader = reader;
    }

    static Condition parse(String expression, String kind, Placeholders placeholders) {
        ConditionParser parser = new ConditionParser(new ExpressionReader(expression, kind, placeholders));
        Condition condition = parser.or();
        parser.reader.expectEnd();
        if (!parser.wrongOperands.isEmpty()) {
            throw parser.wrongOperands.getFirst();
        }
        return condition;
    }

    private Condition or() {
        Condition left = and();
        while (reader.skipWord("OR")) {
            left = new Condition.Or(left, and());
        }
        return left;
    }

    private Condition and() {
        Condition left = not();
        while (reader.skipWord("AND")) {
            left = new Condition.And(left, not());
        }
        return left;
    }

    private Condition not() {
        if (reader.skipWord("NOT")) {
            return new Condition.Not(not());
        }
        if (reader.skip("(")) {
            Condition inner = or();
            reader.expect(")");
            return inner;
        }
        if (reader.peek().kind() == Kind.WORD && reader.peekSecond().is("(") && !reader.peek().isWord("size")) {
            return function();
        }
        return comparison();
    }

    private Condition comparison() {
        Operand left = operand();
        if (reader.skipWord("BETWEEN")) {
            Operand low = operand();
            reader.expectWord("AND");
            Operand high = operand();
            checkBounds(low, high);
            return new Condition.Between(left, low, high);
        }
        if (reader.skipWord("IN")) {
            return new Condition.In(left, candidates());
        }
        for (Comparator comparator : Comparator.values()) {
            if (reader.skip(comparator.symbol())) {
                Operand right = operand();
                checkOrdered(comparator, left);
                checkOrdered(comparator, right);
                if (left.equals(right) && left instanceof Operand.At at) {
                    wrongOperands.add(reader.invalid("The first operand must be distinct from the remaining "
                            + "operands for this operator or function; operator: " + comparator.symbol()
                            + ", first operand: " + at.path()));
                }
                return new Condition.Compare(comparator, left, right);
            }
        }
        throw reader.syntax();
    }

    private List<Operand> candidates() {
        reader.expect("(");
        List<Operand> candidates = new ArrayList<>();
        do {
            candidates.add(operand());
        } while (reader.skip(","));
        reader.expect(")");
        if (candidates.size() > MOST_CANDIDATES) {
            throw reader.invalid("Too many operands in IN: " + candidates.size());
        }
        return candidates;
    }

    private Condition function() {
        String name = reader.next().text();
        reader.expect("(");
        Condition condition = switch (name) {
            case "attribute_exists" -> new Condition.Exists(reader.path());
            case "attribute_not_exists" -> new Condition.NotExists(reader.path());
            case "attribute_type" -> {
                Path path = reader.path();
                reader.expect(",");
                yield new Condition.HasType(path, type(reader.value()));
            }
            case "begins_with" -> {
                Operand operand = operand();
                reader.expect(",");
                Operand prefix = operand();
                if (prefix instanceof Operand.Literal literal && !literal.value().type().equals(AttributeValue.Type.S)
                        && !literal.value().type().equals(AttributeValue.Type.B)) {
                    wrongOperands.add(wrongType("begins_with", literal.value()));
                }
                yield new Condition.BeginsWith(operand, prefix);
            }
            case "contains" -> {
                Operand operand = operand();
                reader.expect(",");
                yield new Condition.Contains(operand, operand());
            }
            case "if_not_exists", "list_append" -> throw reader.invalid("The function is not allowed in a "
                    + "condition expression; function: " + name);
            default -> throw reader.invalid("Invalid function name; function: " + name);
        };
        if (reader.peek().is(",")) {
            throw reader.invalid("Incorrect number of operands for operator or function; operator or function: "
                    + name.toLowerCase(Locale.ROOT) + ", number of operands: 3");
        }
        reader.expect(")");
        return condition;
    }

    private Operand operand() {
        if (reader.peek().kind() == Kind.VALUE) {
            return new Operand.Literal(reader.value());
        }
        if (reader.peek().isWord("size") && reader.peekSecond().is("(")) {
            reader.next();
            reader.expect("(");
            Path path = reader.path();
            reader.expect(")");
            return new Operand.Size(path);
        }
        return new Operand.At(reader.path());
    }

    private String type(AttributeValue value) {
        if (value.s() == null) {
            wrongOperands.add(wrongType("attribute_type", value));
            return "";
        }
        if (!TYPES.contains(value.s())) {
            wrongOperands.add(reader.invalid("Invalid attribute type name found; type: " + value.s()
                    + ", valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}"));
        }
        return value.s();
    }

    private void checkBounds(Operand low, Operand high) {
        if (low instanceof Operand.Literal from && high instanceof Operand.Literal to) {
            if (from.value().type() != to.value().type()) {
                wrongOperands
                        .add(reader.invalid("The BETWEEN operator requires same data type for lower and upper bounds; "
                                + "lower bound operand: AttributeValue: " + shown(from.value())
                                + ", upper bound operand: AttributeValue: " + shown(to.value())));
            } else if (Values.isOrdered(from.value()) && Values.compare(from.value(), to.value()) > 0) {
                wrongOperands.add(
                        reader.invalid("The BETWEEN operator requires upper bound to be greater than or equal to lower "
                                + "bound; lower bound operand: AttributeValue: " + shown(from.value())
                                + ", upper bound operand: AttributeValue: " + shown(to.value())));
            }
        }
    }

    private void checkOrdered(Comparator comparator, Operand operand) {
        if (comparator != Comparator.EQUAL && comparator != Comparator.NOT_EQUAL
                && operand instanceof Operand.Literal literal && !Values.isOrdered(literal.value())) {
            wrongOperands.add(wrongType(comparator.symbol(), literal.value()));
        }
    }

    private RuntimeException wrongType(String operator, AttributeValue value) {
        return reader.invalid("Incorrect operand type for operator or function; operator or function: " + operator
                + ", operand type: " + Values.typeName(value));
    }

    private static String shown(AttributeValue value) {
        return switch (value.type()) {
            case S -> "{S:" + value.s() + "}";
            case N -> "{N:" + value.n() + "}";
            default -> "{" + Values.typeName(value) + "}";
        };
    }
}
