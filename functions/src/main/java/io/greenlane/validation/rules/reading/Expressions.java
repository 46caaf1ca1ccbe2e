package io.greenlane.validation.rules.reading;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Whether regular expressions and JSONPaths can be used. */
final class Expressions {
    private static final int LONGEST = 500;
    private static final long MOST_REPETITIONS = 1000;
    private static final java.util.regex.Pattern REPETITION = java.util.regex.Pattern
            .compile("\\{([0-9]{1,6})(?:,([0-9]{0,6}))?\\}");

    private static final java.util.regex.Pattern DEEP = java.util.regex.Pattern.compile("\\.\\.");
    private static final java.util.regex.Pattern UNION = java.util.regex.Pattern.compile("\\[[^\\]?(]*,[^\\]]*\\]");
    private static final java.util.regex.Pattern ROOT = java.util.regex.Pattern.compile("\\$[.\\[]");

    private Expressions() {}

    /** What is wrong with a regular expression, which is never shown since it may hold what was filled in; null for nothing. */
    static @Nullable String objectionToRegex(String expression) {
        if (expression.length() > LONGEST) {
            return "is longer than " + LONGEST + " characters";
        }
        long repetitions = 1;
        Matcher counts = REPETITION.matcher(expression);
        while (counts.find() && repetitions <= MOST_REPETITIONS) {
            String most = counts.group(2) == null || counts.group(2).isEmpty() ? counts.group(1) : counts.group(2);
            repetitions *= Math.max(1, Long.parseLong(most));
        }
        if (repetitions > MOST_REPETITIONS) {
            return "has counted repetitions that multiply to more than " + MOST_REPETITIONS;
        }
        try {
            Pattern.compile(expression);
            return null;
        } catch (PatternSyntaxException e) {
            return "is no regular expression of the RE2 syntax (which has neither look-ahead nor back references): "
                    + e.getDescription();
        }
    }

    /** What is wrong with a JSONPath; null for nothing. */
    static @Nullable String objectionToPath(String path) {
        if (!path.startsWith("$")) {
            return "must begin with $, such as $.status";
        }
        if (path.length() > LONGEST) {
            return "is longer than " + LONGEST + " characters";
        }
        if (path.contains("=~")) {
            return "must not compare with =~; use 'matches', which cannot run without end";
        }
        if (DEEP.matcher(path).results().count() > 1) {
            return "must not search at every depth (..) more than once, since that multiplies";
        }
        if (UNION.matcher(path).results().count() > 1) {
            return "must not list several members ([a, b]) more than once, since that multiplies";
        }
        if (ROOT.matcher(path).find(1)) {
            return "must have $ only at its begin";
        }
        try {
            JsonPath.compile(path);
            return null;
        } catch (InvalidPathException e) {
            return "is no JSONPath: " + e.getMessage();
        }
    }
}
