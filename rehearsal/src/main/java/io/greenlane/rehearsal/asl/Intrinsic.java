package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** A call of an intrinsic function, such as {@code States.Format('{} of {}', $.a, States.ArrayLength($.b))}. */
final class Intrinsic {
    private static final Map<String, Call> PARSED = new ConcurrentHashMap<>();

    private Intrinsic() {}

    private sealed interface Argument {
        record Literal(JsonNode value) implements Argument {}

        record Path(String text) implements Argument {}
    }

    private record Call(String text, String function, List<Argument> arguments) implements Argument {}

    static boolean looksLikeOne(String text) {
        return text.startsWith("States.");
    }

    /**
     * Reads the call, without evaluating it.
     *
     * @throws IllegalArgumentException when it is not a call of a known function
     */
    static void check(String text) {
        parse(text);
    }

    /**
     * The value of the call.
     *
     * @throws StatesFault States.Runtime for a path without a match, States.IntrinsicFailure for a wrong argument
     */
    static JsonNode evaluate(String text, Scope scope, RandomGenerator random) {
        Call call;
        try {
            call = parse(text);
        } catch (IllegalArgumentException malformed) {
            throw StatesFault.runtime(String.valueOf(malformed.getMessage()));
        }
        return value(call, scope, random);
    }

    private static JsonNode value(Argument argument, Scope scope, RandomGenerator random) {
        return switch (argument) {
            case Argument.Literal literal -> literal.value();
            case Argument.Path path -> JsonPaths.read(path.text(), scope)
                    .orElseThrow(() -> StatesFault.runtime("The JsonPath argument for the field '" + path.text()
                            + "' could not be found in the input '" + JsonText.write(scope.input()) + "'"));
            case Call call -> {
                List<JsonNode> values = call.arguments().stream().map(inner -> value(inner, scope, random)).toList();
                try {
                    yield IntrinsicFunctions.call(call.function(), values, random);
                } catch (IllegalArgumentException wrong) {
                    throw StatesFault.named(ErrorNames.INTRINSIC_FAILURE,
                            "The function '" + call.text() + "' had the following error: " + wrong.getMessage());
                }
            }
        };
    }

    private static Call parse(String text) {
        return PARSED.computeIfAbsent(text, whole -> new Parser(whole).whole());
    }

    private static final class Parser {
        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        Call whole() {
            Call call = call();
            skipSpace();
            if (at < text.length()) {
                throw wrong("unexpected '" + text.substring(at) + "'");
            }
            return call;
        }

        private Call call() {
            int start = at;
            int open = text.indexOf('(', at);
            if (!text.startsWith("States.", at) || open < 0) {
                throw wrong("a call States.<Function>(...) expected at position " + at);
            }
            String function = text.substring(at + "States.".length(), open).strip();
            if (!IntrinsicFunctions.NAMES.contains(function)) {
                throw wrong("there is no function States." + function);
            }
            at = open + 1;
            List<Argument> arguments = new ArrayList<>();
            skipSpace();
            while (peek() != ')') {
                arguments.add(argument());
                skipSpace();
                if (peek() == ',') {
                    at++;
                    skipSpace();
                } else if (peek() != ')') {
                    throw wrong("',' or ')' expected at position " + at);
                }
            }
            at++;
            return new Call(text.substring(start, at), function, List.copyOf(arguments));
        }

        private Argument argument() {
            char first = peek();
            if (first == '\'') {
                return new Argument.Literal(TextNode.valueOf(literal()));
            }
            if (first == '$') {
                return new Argument.Path(path());
            }
            if (text.startsWith("States.", at)) {
                return call();
            }
            int start = at;
            while (peek() != ',' && peek() != ')') {
                at++;
            }
            String word = text.substring(start, at).strip();
            try {
                JsonNode value = JsonText.parse(word);
                if (value.isNumber() || value.isBoolean() || value.isNull()) {
                    return new Argument.Literal(value);
                }
            } catch (JsonProcessingException noJson) {
                throw new IllegalArgumentException(wrong("'" + word + "' is no argument").getMessage(), noJson);
            }
            throw wrong("'" + word + "' is no argument");
        }

        /** A quoted text; a backslash keeps braces for States.Format and is dropped before everything else. */
        private String literal() {
            StringBuilder value = new StringBuilder();
            for (at++; peek() != '\''; at++) {
                if (peek() == '\\') {
                    at++;
                    if (peek() == '{' || peek() == '}') {
                        value.append('\\');
                    }
                }
                value.append(peek());
            }
            at++;
            return value.toString();
        }

        private String path() {
            int start = at;
            int depth = 0;
            char quote = 0;
            while (quote != 0 || depth > 0 || (peek() != ',' && peek() != ')')) {
                char c = peek();
                if (quote != 0) {
                    quote = c == quote ? 0 : quote;
                } else if (c == '\'' || c == '"') {
                    quote = c;
                } else if (c == '[' || c == '(') {
                    depth++;
                } else if (c == ']' || c == ')') {
                    depth--;
                }
                at++;
            }
            String path = text.substring(start, at).strip();
            if (!JsonPaths.isPath(path)) {
                throw wrong("'" + path + "' is no path");
            }
            return path;
        }

        private char peek() {
            if (at >= text.length()) {
                throw wrong("it ends too early");
            }
            return text.charAt(at);
        }

        private void skipSpace() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        private IllegalArgumentException wrong(String why) {
            return new IllegalArgumentException("The intrinsic function '" + text + "' is not valid: " + why);
        }
    }
}
