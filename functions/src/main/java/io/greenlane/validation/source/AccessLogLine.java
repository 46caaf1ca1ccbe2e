package io.greenlane.validation.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A line of an access log of an Application Load Balancer: fields between spaces, some in double quotes, the request being the
 * thirteenth; more fields may follow and are of no concern (Elastic Load Balancing guide, access logs).
 */
final class AccessLogLine {
    private static final int REQUEST = 12;
    private static final int STATUS = 8;
    private static final Set<String> HTTP = Set.of("http", "https", "h2");
    private static final Set<String> OTHER = Set.of("grpcs", "ws", "wss");
    private static final Pattern CODE = Pattern.compile("[1-5][0-9]{2}|-");
    private static final Pattern ADDRESS = Pattern.compile("(?:https?)://[^/?#]*(/.*)?");
    private static final Pattern DOT_SEGMENT = Pattern.compile("/(\\.|%2[eE]){1,2}(/|$)");
    private static final int LONGEST_TARGET = 4_096;
    private static final String ENCODED = "\"<>[]^`{|}";

    private AccessLogLine() {}

    /** What a line says. */
    sealed interface Reading {
        /** A request that may be sent again. */
        record Usable(LoggedRequest request) implements Reading {}

        /** A request of another kind: another method or protocol. */
        record OfNoUse() implements Reading {}

        /** A request whose path holds what looks like a secret. */
        record Secret() implements Reading {}

        /** No line of an access log, or not a request that could be sent. */
        record Broken() implements Reading {}
    }

    static Reading read(String line) {
        List<String> fields = fields(line);
        if (fields.size() <= REQUEST || !CODE.matcher(fields.get(STATUS)).matches()) {
            return new Reading.Broken();
        }
        if (OTHER.contains(fields.get(0))) {
            return new Reading.OfNoUse();
        }
        String[] request = fields.get(REQUEST).split(" ", -1);
        if (!HTTP.contains(fields.get(0)) || request.length != 3) {
            return new Reading.Broken();
        }
        if (!request[0].equals("GET") && !request[0].equals("HEAD")) {
            return new Reading.OfNoUse();
        }
        return target(request[1]).map(target -> request(request[0], target)).orElseGet(Reading.Broken::new);
    }

    private static Reading request(String method, String target) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        if (SecretWords.inPath(path)) {
            return new Reading.Secret();
        }
        String query = question < 0 ? "" : SecretWords.withoutSecrets(target.substring(question + 1));
        return new Reading.Usable(new LoggedRequest(method, query.isEmpty() ? path : path + "?" + query));
    }

    /** Path and query of an address whose host does not matter, as they can stand in a request line. */
    private static Optional<String> target(String address) {
        var parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            return Optional.empty();
        }
        StringBuilder target = new StringBuilder();
        String rest = parts.group(1) == null ? "/" : parts.group(1);
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            if (c <= ' ' || c > '~' || c == '\\' || c == '#') {
                return Optional.empty();
            }
            target.append(ENCODED.indexOf(c) < 0 ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return isFit(target) ? Optional.of(target.toString()) : Optional.empty();
    }

    private static boolean isFit(CharSequence target) {
        String text = target.toString();
        if (text.length() > LONGEST_TARGET || text.startsWith("//") || DOT_SEGMENT.matcher(text).find()) {
            return false;
        }
        try {
            return new URI(text).getRawPath() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** The fields up to the request; fewer when the line is not made of fields. */
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        int at = 0;
        while (at < line.length() && fields.size() <= REQUEST) {
            boolean quoted = line.charAt(at) == '"';
            int end = quoted ? line.indexOf('"', at + 1) : line.indexOf(' ', at);
            if (quoted && (end < 0 || (end + 1 < line.length() && line.charAt(end + 1) != ' '))) {
                return fields;
            }
            int stop = end < 0 ? line.length() : end;
            fields.add(line.substring(quoted ? at + 1 : at, stop));
            at = quoted ? stop + 2 : stop + 1;
        }
        return fields;
    }
}
