package io.greenlane.validation.rules.reading;

import io.greenlane.json.Quote;
import io.greenlane.validation.rules.yaml.Node;
import io.greenlane.validation.rules.yaml.Node.Member;
import io.greenlane.validation.rules.yaml.Node.Scalar;
import io.greenlane.validation.rules.yaml.Problems;
import io.greenlane.validation.rules.yaml.Section;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads headers of requests. */
final class Headers {
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final int MOST = 50;
    private static final int LONGEST = 8000;
    private static final Pattern VALUE = Pattern.compile("[!-~]([ -~]*[!-~])?");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");
    /** They belong to the connection and the framing, which are the sender's (RFC 9110, section 7.6.1; RFC 9112). */
    private static final Set<String> OF_THE_CONNECTION = Set.of("connection", "keep-alive", "proxy-connection",
            "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade",
            "content-length", "expect", "http2-settings");

    /** They stand in access logs (Elastic Load Balancing guide, access logs: request, user agent, trace id). */
    private static final Set<String> LOGGED = Set.of("host", "user-agent", "x-amzn-trace-id");

    private final Templates templates;
    private final Problems problems;

    Headers(Templates templates, Problems problems) {
        this.templates = templates;
        this.problems = problems;
    }

    /** Names in small letters with their values; null reads as none. */
    Map<String, String> read(@Nullable Node node, Set<String> saved) {
        Map<String, String> headers = new TreeMap<>();
        if (node == null) {
            return headers;
        }
        Section section = Section.open(node, "'headers'", problems);
        if (section.members().size() > MOST) {
            problems.add(section.place(), "There are more than " + MOST + " headers.");
            return headers;
        }
        for (Member member : section.members()) {
            String name = member.name().toLowerCase(Locale.ROOT);
            Scalar value = Section.text(member.name(), member.value(), problems);
            if (allowed(member, name) && value != null) {
                Use use = LOGGED.contains(name) ? Use.logged(name, saved) : Use.sent(saved);
                int before = problems.count();
                String filled = templates.fill(value.place(), value.text(), use);
                if (problems.count() == before) {
                    refuseUnfit(name, value, filled);
                }
                if (headers.put(name, filled) != null) {
                    problems.add(member.place(), "The header " + name
                            + " stands here twice; capital and small letters are the same.");
                }
            }
        }
        return headers;
    }

    private boolean allowed(Member member, String name) {
        if (!NAME.matcher(member.name()).matches()) {
            problems.add(member.place(), "The name of a header has letters, digits and - only, got "
                    + Quote.of(member.name()) + ".");
            return false;
        }
        if (OF_THE_CONNECTION.contains(name)) {
            problems.add(member.place(), "The header " + name
                    + " belongs to the connection and is set by the sender: remove it.");
            return false;
        }
        return true;
    }

    private void refuseUnfit(String name, Scalar written, String filled) {
        boolean plain = VALUE.matcher(filled).matches() && filled.length() <= LONGEST;
        if (!plain) {
            problems.add(written.place(), "The value of the header " + name
                    + " must be one line of printable ASCII without spaces around it, at most " + LONGEST
                    + " characters, got " + Quote.of(written.text())
                    + (written.text().contains("{{") ? " with its variables filled in." : "."));
        } else if (name.equals("host") && !HOST.matcher(filled).matches()) {
            problems.add(written.place(), "The header host must be a host name without a port, got "
                    + Quote.of(written.text()) + ".");
        }
    }
}
