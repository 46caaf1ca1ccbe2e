package io.greenlane.rehearsal.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A token of an expression: a name, {@code #name}, {@code :value}, a number or a symbol. */
record Token(Kind kind, String text, int start) {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<name>#[A-Za-z0-9_]+)|(?<value>:[A-Za-z0-9_]+)|(?<word>[A-Za-z_][A-Za-z0-9_]*)|(?<number>[0-9]+)"
                    + "|(?<symbol><>|<=|>=|[=<>(),.+\\-\\[\\]]))");

    /** What a token is. */
    enum Kind {
        WORD, NAME, VALUE, NUMBER, SYMBOL, END
    }

    /** The tokens of the text, ending with END. */
    static List<Token> of(String expression, String kind) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(expression);
        int at = 0;
        while (at < expression.length() && !expression.substring(at).isBlank()) {
            if (!matcher.region(at, expression.length()).lookingAt()) {
                String rest = expression.substring(at).strip();
                throw Refusals.validation("Invalid " + kind + ": Syntax error; token: \"" + rest.charAt(0)
                        + "\", near: \"" + rest.substring(0, Math.min(3, rest.length())) + "\"");
            }
            tokens.add(token(matcher));
            at = matcher.end();
        }
        tokens.add(new Token(Kind.END, "<EOF>", expression.length()));
        return tokens;
    }

    private static Token token(Matcher matcher) {
        for (Kind kind : List.of(Kind.WORD, Kind.NAME, Kind.VALUE, Kind.NUMBER, Kind.SYMBOL)) {
            String group = kind.name().toLowerCase(Locale.ROOT);
            if (matcher.group(group) != null) {
                return new Token(kind, matcher.group(group), matcher.start(group));
            }
        }
        throw new IllegalStateException("No token in " + matcher.group());
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }
}
