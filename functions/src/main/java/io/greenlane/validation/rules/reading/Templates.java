package io.greenlane.validation.rules.reading;

import io.greenlane.json.Json;
import io.greenlane.json.Quote;
import io.greenlane.validation.Place;
import io.greenlane.validation.rules.Variables;
import io.greenlane.validation.rules.yaml.Nearest;
import io.greenlane.validation.rules.yaml.Problems;
import io.greenlane.validation.source.Secrets.SecretUnavailableException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills in <code>{{...}}</code>, once: what is filled in is not looked at again. Sentences show the text as it stands in the file,
 * never what was filled in.
 */
final class Templates {
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";
    private static final String SECRET = "secret:";
    private static final int MOST_FILLED_IN = 1_000_000;
    private static final Pattern SECRET_NAME = Pattern.compile("[A-Za-z0-9/_.-]{1,1000}");

    private final Variables variables;
    private final Problems problems;
    private final Map<String, Asked> asked = new HashMap<>();
    private final Set<String> secrets = new LinkedHashSet<>();
    private long filledIn;

    Templates(Variables variables, Problems problems) {
        this.variables = variables;
        this.problems = problems;
    }

    /** Values that must never be shown, in each form in which they are sent. */
    Set<String> secrets() {
        return secrets;
    }

    /** The text with everything filled in that is known by now; values saved by scenarios stay. */
    String fill(Place place, String text, Use use) {
        return fill(place, text, use, value -> value);
    }

    /**
     * The same.
     *
     * @param guard makes a value fit for its surroundings
     */
    String fill(Place place, String text, Use use, UnaryOperator<String> guard) {
        if (!text.contains(OPEN)) {
            return text;
        }
        StringBuilder filled = new StringBuilder();
        int from = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, from)) {
            int close = text.indexOf(CLOSE, open);
            if (close < 0) {
                problems.add(place, Quote.of(text) + " opens a variable with {{ and does not close it with }}.");
                return text;
            }
            String name = text.substring(open + OPEN.length(), close).strip();
            String value = value(place, name, use);
            if (isTooMuch(place, value == null ? 0 : value.length())) {
                return text;
            }
            filled.append(text, from, open)
                    .append(use.saved().contains(name) ? OPEN + name + CLOSE : guard.apply(value == null ? "" : value));
            from = close + CLOSE.length();
        }
        return filled.append(text, from, text.length()).toString();
    }

    /** Counts what is filled in; adds a problem when it becomes too much. */
    private boolean isTooMuch(Place place, int more) {
        if (filledIn <= MOST_FILLED_IN && filledIn + more > MOST_FILLED_IN) {
            problems.add(place, "What variables and secrets stand for adds up to more than " + MOST_FILLED_IN
                    + " characters in this file: use them less often.");
        }
        filledIn += more;
        return filledIn > MOST_FILLED_IN;
    }

    /** Adds a problem when a variable stands where none is filled in. */
    boolean refuse(Place place, String text, String where) {
        if (!text.contains(OPEN)) {
            return false;
        }
        problems.add(place, "No variable can stand in " + where + ", got " + Quote.of(text) + ".");
        return true;
    }

    private @Nullable String value(Place place, String name, Use use) {
        if (use.saved().contains(name)) {
            return null;
        }
        if (name.startsWith(SECRET)) {
            return secret(place, name.substring(SECRET.length()), use);
        }
        String value = variables.values().get(name);
        if (value != null) {
            return value;
        }
        if (name.contains("{")) {
            problems.add(place, "A variable cannot stand inside of a variable, got " + Quote.of(OPEN + name) + ".");
        } else if (Variables.NAMES.contains(name)) {
            problems.add(place, "The variable {{" + name + "}} has no value in this run.");
        } else {
            Set<String> known = new LinkedHashSet<>(use.saved());
            known.addAll(Variables.NAMES);
            known.add("secret:<name>");
            problems.add(place, "There is no variable " + Quote.of(name) + " here." + Nearest.hint(name, known));
        }
        return null;
    }

    private @Nullable String secret(Place place, String name, Use use) {
        if (!SECRET_NAME.matcher(name).matches()) {
            problems.add(place,
                    "The name of a secret has letters, digits and / . _ - only, got " + Quote.of(name) + ".");
            return null;
        }
        if (!use.secrets()) {
            problems.add(place, "The secret " + name + " cannot stand in " + use.where()
                    + ": secrets go into headers and bodies of requests only.");
            return null;
        }
        Asked answer = asked.computeIfAbsent(name, this::ask);
        if (answer.value() == null) {
            problems.add(place, answer.trouble());
        }
        return answer.value();
    }

    private Asked ask(String name) {
        try {
            String value = variables.secrets().value(name);
            if (value.isBlank() || value.contains(OPEN)) {
                return new Asked(null, "The value of the secret " + name
                        + (value.isBlank() ? " is empty." : " holds {{, which would be read as a variable."));
            }
            secrets.add(value);
            String inJson = Json.text(value);
            secrets.add(inJson.substring(1, inJson.length() - 1));
            return new Asked(value, "");
        } catch (SecretUnavailableException e) {
            return new Asked(null, e.getMessage() + ".");
        }
    }

    /** What came of asking for a secret. */
    private record Asked(@Nullable String value, String trouble) {}

    /** A value that an expression takes as it is. */
    static String literally(String value) {
        return com.google.re2j.Pattern.quote(value);
    }
}
