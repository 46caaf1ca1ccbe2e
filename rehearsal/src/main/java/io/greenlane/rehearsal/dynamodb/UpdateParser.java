package io.greenlane.rehearsal.dynamodb;

import io.greenlane.rehearsal.dynamodb.Expression.Action;
import io.greenlane.rehearsal.dynamodb.Expression.Operand;
import io.greenlane.rehearsal.dynamodb.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Parses update and projection expressions. */
final class UpdateParser {
    private static final Set<String> CLAUSES = Set.of("SET", "REMOVE", "ADD", "DELETE");
    private final ExpressionReader reader;
    private final List<Action> actions = new ArrayList<>();
    private final List<RuntimeException> wrongTypes = new ArrayList<>();

    private UpdateParser(ExpressionReader reader) {
        this.reader = reader;
    }

    static List<Action> parse(String expression, Placeholders placeholders) {
        UpdateParser parser = new UpdateParser(new ExpressionReader(expression, "UpdateExpression", placeholders));
        parser.clauses();
        checkOverlaps(parser.actions.stream().map(Action::path).toList(), "UpdateExpression");
        if (!parser.wrongTypes.isEmpty()) {
            throw parser.wrongTypes.getFirst();
        }
        return parser.actions;
    }

    static List<Path> parseProjection(String expression, Placeholders placeholders) {
        ExpressionReader reader = new ExpressionReader(expression, "ProjectionExpression", placeholders);
        List<Path> paths = new ArrayList<>();
        do {
            paths.add(reader.path());
        } while (reader.skip(","));
        reader.expectEnd();
        checkOverlaps(paths, "ProjectionExpression");
        return paths;
    }

    private void clauses() {
        Set<String> seen = new HashSet<>();
        do {
            String clause = reader.peek().text().toUpperCase(Locale.ROOT);
            if (reader.peek().kind() != Kind.WORD || !CLAUSES.contains(clause)) {
                throw reader.syntax();
            }
            if (!seen.add(clause)) {
                throw reader.invalid("The \"" + clause
                        + "\" section can only be used once in an update expression;");
            }
            reader.next();
            do {
                actions.add(action(clause));
            } while (reader.skip(","));
        } while (reader.peek().kind() != Kind.END);
    }

    private Action action(String clause) {
        Path path = reader.path();
        return switch (clause) {
            case "SET" -> {
                reader.expect("=");
                yield new Action.Set(path, sum());
            }
            case "REMOVE" -> new Action.Remove(path);
            case "ADD" -> {
                AttributeValue value = reader.value();
                if (value.type() != AttributeValue.Type.N && !Values.isSet(value)) {
                    wrongTypes.add(wrongType("ADD", value));
                }
                yield new Action.Add(path, value);
            }
            default -> {
                AttributeValue value = reader.value();
                if (!Values.isSet(value)) {
                    wrongTypes.add(wrongType("DELETE", value));
                }
                yield new Action.Delete(path, value);
            }
        };
    }

    private Operand sum() {
        Operand left = operand();
        if (reader.skip("+")) {
            return new Operand.Plus(number(left, "+"), number(operand(), "+"));
        }
        if (reader.skip("-")) {
            return new Operand.Minus(number(left, "-"), number(operand(), "-"));
        }
        return left;
    }

    private Operand operand() {
        if (reader.peek().kind() == Kind.VALUE) {
            return new Operand.Literal(reader.value());
        }
        if (reader.skip("(")) {
            Operand inner = sum();
            reader.expect(")");
            return inner;
        }
        if (reader.peek().kind() == Kind.WORD && reader.peekSecond().is("(")) {
            return function();
        }
        return new Operand.At(reader.path());
    }

    private Operand function() {
        String name = reader.next().text();
        reader.expect("(");
        Operand operand = switch (name) {
            case "if_not_exists" -> {
                Path path = reader.path();
                reader.expect(",");
                yield new Operand.IfNotExists(path, operand());
            }
            case "list_append" -> {
                Operand first = operand();
                reader.expect(",");
                yield new Operand.ListAppend(list(first), list(operand()));
            }
            case "attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains", "size" ->
                throw reader.invalid("The function is not allowed in an update expression; function: " + name);
            default -> throw reader.invalid("Invalid function name; function: " + name);
        };
        reader.expect(")");
        return operand;
    }

    private Operand number(Operand operand, String operator) {
        if (operand instanceof Operand.Literal literal && literal.value().type() != AttributeValue.Type.N) {
            wrongTypes.add(wrongType(operator, literal.value()));
        }
        return operand;
    }

    private Operand list(Operand operand) {
        if (operand instanceof Operand.Literal literal && literal.value().type() != AttributeValue.Type.L) {
            wrongTypes.add(wrongType("list_append", literal.value()));
        }
        return operand;
    }

    private RuntimeException wrongType(String operator, AttributeValue value) {
        String type = switch (value.type()) {
            case S -> "STRING";
            case N -> "NUMBER";
            case B -> "BINARY";
            case BOOL -> "BOOLEAN";
            case L -> "LIST";
            case M -> "MAP";
            default -> Values.typeName(value);
        };
        boolean clause = CLAUSES.contains(operator);
        return reader.invalid("Incorrect operand type for operator or function; operator"
                + (clause ? ": " : " or function: ")
                + operator + ", operand type: " + (clause ? type : Values.typeName(value))
                + (clause
                        ? ", typeSet: "
                                + (operator.equals("ADD") ? "ALLOWED_FOR_ADD_OPERAND" : "ALLOWED_FOR_DELETE_OPERAND")
                        : ""));
    }

    private static void checkOverlaps(List<Path> paths, String kind) {
        for (int i = 0; i < paths.size(); i++) {
            for (int j = i + 1; j < paths.size(); j++) {
                if (paths.get(i).overlaps(paths.get(j))) {
                    throw Refusals.validation("Invalid " + kind
                            + ": Two document paths overlap with each other; must remove or rewrite one of these "
                            + "paths; path one: " + paths.get(i) + ", path two: " + paths.get(j));
                }
                if (paths.get(i).conflicts(paths.get(j))) {
                    throw Refusals.validation("Invalid " + kind
                            + ": Two document paths conflict with each other; must remove or rewrite one of these "
                            + "paths; path one: " + paths.get(i) + ", path two: " + paths.get(j));
                }
            }
        }
    }
}
