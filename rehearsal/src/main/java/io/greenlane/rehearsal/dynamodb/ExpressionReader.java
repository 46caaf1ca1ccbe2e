package io.greenlane.rehearsal.dynamodb;

import io.greenlane.rehearsal.dynamodb.Path.Step;
import io.greenlane.rehearsal.dynamodb.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads tokens and document paths of one expression; the parsers of the expression kinds stand on it. */
final class ExpressionReader {
    private final String expression;
    private final String kind;
    private final Placeholders placeholders;
    private final List<Token> tokens;
    private int at;

    /** @param kind the request member that holds the expression, as messages name it: {@code ConditionExpression} */
    ExpressionReader(String expression, String kind, Placeholders placeholders) {
        if (expression.isBlank()) {
            throw Refusals.validation("Invalid " + kind + ": The expression can not be empty;");
        }
        this.expression = expression;
        this.kind = kind;
        this.placeholders = placeholders;
        this.tokens = Token.of(expression, kind);
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peekSecond() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(at);
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    boolean skip(String symbol) {
        if (peek().is(symbol)) {
            next();
            return true;
        }
        return false;
    }

    boolean skipWord(String word) {
        if (peek().isWord(word)) {
            next();
            return true;
        }
        return false;
    }

    void expect(String symbol) {
        if (!skip(symbol)) {
            throw syntax();
        }
    }

    void expectWord(String word) {
        if (!skipWord(word)) {
            throw syntax();
        }
    }

    void expectEnd() {
        if (peek().kind() != Kind.END) {
            throw syntax();
        }
    }

    RuntimeException syntax() {
        Token token = peek();
        int from = at == 0 ? 0 : tokens.get(at - 1).start();
        Token following = peekSecond();
        int to = Math.min(expression.length(), following.start() + following.text().length());
        return Refusals.validation("Invalid " + kind + ": Syntax error; token: \"" + token.text() + "\", near: \""
                + expression.substring(Math.min(from, to), to) + "\"");
    }

    RuntimeException invalid(String message) {
        return Refusals.validation("Invalid " + kind + ": " + message);
    }

    AttributeValue value() {
        if (peek().kind() != Kind.VALUE) {
            throw syntax();
        }
        return placeholders.value(next().text(), kind);
    }

    Path path() {
        List<Step> steps = new ArrayList<>();
        steps.add(name());
        while (true) {
            if (skip(".")) {
                steps.add(name());
            } else if (skip("[")) {
                if (peek().kind() != Kind.NUMBER) {
                    throw syntax();
                }
                steps.add(new Step.Index(Integer.parseInt(next().text())));
                expect("]");
            } else {
                Path path = new Path(List.copyOf(steps));
                placeholders.lead(path);
                return path;
            }
        }
    }

    private Step name() {
        return switch (peek().kind()) {
            case NAME -> new Step.Name(placeholders.name(next().text(), kind));
            case WORD -> {
                String word = next().text();
                if (Placeholders.isReserved(word)) {
                    throw invalid("Attribute name is a reserved keyword; reserved keyword: " + word);
                }
                yield new Step.Name(word);
            }
            default -> throw syntax();
        };
    }
}
