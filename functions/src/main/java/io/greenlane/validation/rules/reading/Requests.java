package io.greenlane.validation.rules.reading;

import io.greenlane.probe.Request;
import io.greenlane.validation.rules.reading.Bodies.Body;
import io.greenlane.validation.rules.yaml.Node;
import io.greenlane.validation.rules.yaml.Node.Scalar;
import io.greenlane.validation.rules.yaml.Problems;
import io.greenlane.validation.rules.yaml.Section;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads requests: their line, and the headers, body and timeout that stand beside it. */
final class Requests {
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Headers headers;
    private final Bodies bodies;
    private final Templates templates;
    private final Problems problems;
    private final Map<String, String> defaultHeaders;
    private final Duration defaultTimeout;

    /**
     * A reader.
     *
     * @param defaults a section that may have {@code timeout} and {@code headers}; null for none
     */
    Requests(Templates templates, Problems problems, @Nullable Node defaults) {
        this.templates = templates;
        this.problems = problems;
        headers = new Headers(templates, problems);
        bodies = new Bodies(templates, problems);
        Section section = defaults == null ? null : Section.of(defaults, "'defaults'", problems, "timeout", "headers");
        defaultTimeout = section == null ? Duration.ofSeconds(5) : timeout(section, Duration.ofSeconds(5));
        defaultHeaders = section == null ? Map.of() : headers.read(section.find("headers"), Set.of());
    }

    Bodies bodies() {
        return bodies;
    }

    /**
     * The request of a section that has {@code request}, and may have {@code headers}, {@code body} and {@code timeout}.
     *
     * @param saved names of values that are known by then
     */
    Request read(Section section, Set<String> saved) {
        RequestLine line = RequestLine.STAND_IN;
        if (section.required("request") != null) {
            Scalar text = section.text("request");
            line = text == null ? line : line(text, saved);
        }
        Body body = bodies.read(section.find("body"), saved);
        if (body != null && RequestLine.READING.contains(line.method())) {
            problems.add(section.placeOf("body"), line.method() + " carries no body: remove it, or use POST.");
        }
        Map<String, String> sent = sent(section, saved);
        if (body != null && body.json()) {
            sent.putIfAbsent("content-type", "application/json");
        }
        return new Request(line.method(), line.target(), sent, body == null ? null : body.text(),
                timeout(section, defaultTimeout));
    }

    /** A request of its own without headers and body. */
    Request bare(RequestLine line) {
        return new Request(line.method(), line.target(), defaultHeaders, null, defaultTimeout);
    }

    /** The headers of a section with the default ones. */
    Map<String, String> sent(Section section, Set<String> saved) {
        Map<String, String> sent = new HashMap<>(defaultHeaders);
        sent.putAll(headers.read(section.find("headers"), saved));
        return sent;
    }

    Duration timeout(Section section) {
        return timeout(section, defaultTimeout);
    }

    private static Duration timeout(Section section, Duration otherwise) {
        return section.duration("timeout", otherwise, SHORTEST, LONGEST);
    }

    /** A request line with its variables filled in, or {@code GET /} and a problem. */
    RequestLine line(Scalar text, Set<String> saved) {
        try {
            RequestLine written = RequestLine.parse(text.text());
            RequestLine line = new RequestLine(written.method(),
                    templates.fill(text.place(), written.target(), Use.target(saved)));
            String objection = line.objection(text.text());
            if (objection.isEmpty()) {
                return line;
            }
            problems.add(text.place(), "'request' " + objection + ".");
        } catch (IllegalArgumentException e) {
            problems.add(text.place(), "'request' " + e.getMessage() + ".");
        }
        return RequestLine.STAND_IN;
    }
}
