package io.greenlane.rehearsal.lambda;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What callers write to name a function: {@code name}, {@code name:alias}, {@code account:function:name} or an ARN with or
 * without a qualifier.
 *
 * @param name the bare name
 * @param qualifier version or alias, when given
 */
record FunctionName(String name, Optional<String> qualifier) {
    private static final Pattern FORM = Pattern.compile("(?:(?:arn:aws[a-z-]*:lambda:[a-z0-9-]+:)?[0-9]{12}:function:)?"
            + "([a-zA-Z0-9-_]{1,140})(?::(\\$LATEST|[a-zA-Z0-9-_]{1,128}))?");

    /** The parts of the name, or empty when it has none of Lambda's forms. */
    static Optional<FunctionName> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new FunctionName(matcher.group(1), Optional.ofNullable(matcher.group(2))))
                : Optional.empty();
    }
}
