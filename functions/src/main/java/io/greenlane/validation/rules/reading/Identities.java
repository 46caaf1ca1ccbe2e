package io.greenlane.validation.rules.reading;

import io.greenlane.json.Quote;
import io.greenlane.probe.Request;
import io.greenlane.validation.rules.IdentityRule;
import io.greenlane.validation.rules.yaml.Node;
import io.greenlane.validation.rules.yaml.Node.Scalar;
import io.greenlane.validation.rules.yaml.Problems;
import io.greenlane.validation.rules.yaml.Section;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code identity}. */
final class Identities {
    private static final int DEFAULT_IN_A_ROW = 3;
    private static final int MOST_IN_A_ROW = 100;

    private final Requests requests;
    private final JsonRules paths;
    private final Templates templates;
    private final Problems problems;

    Identities(Requests requests, JsonRules paths, Templates templates, Problems problems) {
        this.requests = requests;
        this.paths = paths;
        this.templates = templates;
        this.problems = problems;
    }

    /** Null when the file has none. */
    @Nullable
    IdentityRule read(Section file) {
        Node node = file.find("identity");
        if (node == null) {
            return null;
        }
        Section section = Section.of(node, "'identity'", problems, "header", "json", "equals", "request", "in_a_row");
        if (section.mentions("header") == section.mentions("json")) {
            problems.add(node.place(), "'identity' needs either 'header' or 'json'.");
        }
        String path = section.has("json") ? paths.path("json", section.text("json")) : null;
        return new IdentityRule(file.placeOf("identity"), request(section), header(section), path, says(section),
                section.count("in_a_row", DEFAULT_IN_A_ROW, 1, MOST_IN_A_ROW));
    }

    private Request request(Section section) {
        Scalar line = section.text("request");
        RequestLine asked = line == null ? RequestLine.STAND_IN : requests.line(line, Set.of());
        if (line != null && !RequestLine.READING.contains(asked.method())) {
            problems.add(line.place(), "The proof is asked for often, so its request must be GET or HEAD, got "
                    + Quote.of(line.text()) + ".");
        }
        return requests.bare(asked);
    }

    private @Nullable String header(Section section) {
        Scalar name = section.text("header");
        if (name == null) {
            return null;
        }
        if (!Headers.NAME.matcher(name.text()).matches()) {
            problems.add(name.place(), "The name of a header has letters, digits and - only, got "
                    + Quote.of(name.text()) + ".");
        }
        return name.text().toLowerCase(Locale.ROOT);
    }

    private String says(Section section) {
        Scalar text = section.required("equals") == null ? null : section.text("equals");
        if (text == null) {
            return "";
        }
        if (text.text().isBlank()) {
            problems.add(text.place(), "'equals' is empty, which would prove nothing.");
        }
        return templates.fill(text.place(), text.text(), Use.EXPECTED);
    }
}
