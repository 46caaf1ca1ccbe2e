package io.greenlane.validation.rules.reading;

import io.greenlane.json.Quote;
import io.greenlane.validation.rules.yaml.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Method and path of a request. It never says where the request goes: that is a listener of the service, whatever a file says.
 *
 * @param target path and query; begins with exactly one slash
 */
record RequestLine(String method, String target) {
    /** Methods that change nothing (RFC 9110, section 9.2.1). */
    static final Set<String> READING = Set.of("GET", "HEAD");
    static final RequestLine STAND_IN = new RequestLine("GET", "/");
    static final int LONGEST = 2000;

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Pattern TARGET = Pattern.compile("[!-~&&[^\\\\#<>\"^`|]]+");

    /** Reads {@code METHOD /path}; an {@link IllegalArgumentException} says what is wrong with it. */
    static RequestLine parse(String text) {
        int space = text.indexOf(' ');
        String method = space < 0 ? text : text.substring(0, space);
        if (METHODS.contains(method)) {
            return new RequestLine(method, space < 0 ? "" : text.substring(space + 1));
        }
        if (text.startsWith("/")) {
            throw new IllegalArgumentException("begins with a method: write " + Quote.of("GET " + text));
        }
        if (text.contains("://")) {
            throw new IllegalArgumentException(onlyPaths(text));
        }
        throw new IllegalArgumentException(
                "must be a method and a path such as GET /health, got " + Quote.of(text) + meant(method));
    }

    /**
     * Why the target cannot be requested.
     *
     * @param shown the text that a sentence may show
     * @return goes on after {@code 'request'}; empty when all is well
     */
    String objection(String shown) {
        if (!target.startsWith("/")) {
            return target.contains("://") || target.contains("@")
                    ? onlyPaths(shown)
                    : "must be a method and a path that begins with a slash, such as GET /health, got "
                            + Quote.of(shown);
        }
        if (target.startsWith("//") || target.startsWith("/\\")) {
            return "must be a path that begins with one slash; with two it would name another host, got "
                    + Quote.of(shown);
        }
        if (!TARGET.matcher(target).matches()) {
            return "must be a path of plain characters; write others in percent encoding (a space is %20), and leave out"
                    + " everything from # on, got " + Quote.of(shown);
        }
        return target.length() > LONGEST ? "has more than " + LONGEST + " characters" : "";
    }

    private static String meant(String method) {
        if (METHODS.contains(method.toUpperCase(Locale.ROOT))) {
            return ": write the method in capitals";
        }
        String near = Nearest.to(method, METHODS);
        return near == null ? "" : ": write " + near + " if that is meant";
    }

    private static String onlyPaths(String text) {
        return "names a path only: requests go to the service's own listeners and nowhere else, got " + Quote.of(text);
    }
}
