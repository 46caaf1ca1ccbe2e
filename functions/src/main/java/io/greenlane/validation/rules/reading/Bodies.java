package io.greenlane.validation.rules.reading;

import io.greenlane.json.Json;
import io.greenlane.json.Quote;
import io.greenlane.validation.rules.yaml.Node;
import io.greenlane.validation.rules.yaml.Node.Kind;
import io.greenlane.validation.rules.yaml.Node.Listing;
import io.greenlane.validation.rules.yaml.Node.Mapping;
import io.greenlane.validation.rules.yaml.Node.Member;
import io.greenlane.validation.rules.yaml.Node.Scalar;
import io.greenlane.validation.rules.yaml.Numbers;
import io.greenlane.validation.rules.yaml.Problems;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads bodies of requests, and values as JSON has them. */
final class Bodies {
    private static final int LONGEST = 65_536;

    private final Templates templates;
    private final Problems problems;

    Bodies(Templates templates, Problems problems) {
        this.templates = templates;
        this.problems = problems;
    }

    /**
     * What is sent.
     *
     * @param json whether it is JSON
     */
    record Body(String text, boolean json) {}

    /** Text as it is, anything else as JSON; null for none. */
    @Nullable
    Body read(@Nullable Node node, Set<String> saved) {
        if (node == null) {
            return null;
        }
        if (node instanceof Scalar scalar && scalar.kind() == Kind.NOTHING) {
            problems.add(node.place(), "'body' is empty: remove it, or write \"\" for an empty text.");
            return null;
        }
        Object value = value(node, Use.sent(saved));
        Body body = value instanceof String text
                ? new Body(text, false)
                : new Body(Json.text(java.util.Objects.requireNonNull(value)), true);
        if (body.text().length() > LONGEST) {
            problems.add(node.place(), "'body' has more than " + LONGEST + " characters.");
        }
        return body;
    }

    /** Text, {@link BigDecimal}, boolean, null, or lists and maps of them. */
    @Nullable
    Object value(Node node, Use use) {
        return switch (node) {
            case Scalar scalar -> scalar(scalar, use);
            case Listing listing -> {
                List<@Nullable Object> items = new ArrayList<>();
                listing.items().forEach(item -> items.add(value(item, use)));
                yield items;
            }
            case Mapping mapping -> {
                Map<String, @Nullable Object> members = new LinkedHashMap<>();
                for (Member member : mapping.members()) {
                    templates.refuse(member.place(), member.name(), "a name");
                    members.put(member.name(), value(member.value(), use));
                }
                yield members;
            }
        };
    }

    private @Nullable Object scalar(Scalar scalar, Use use) {
        return switch (scalar.kind()) {
            case TEXT -> templates.fill(scalar.place(), scalar.text(), use);
            case TRUTH -> scalar.text().equals("true");
            case NOTHING -> null;
            case NUMBER -> number(scalar);
        };
    }

    private BigDecimal number(Scalar scalar) {
        BigDecimal number = Numbers.of(scalar);
        if (number != null) {
            return number;
        }
        problems.add(scalar.place(), "The number " + Quote.of(scalar.text())
                + " is larger or finer than can be used; if it is text, put it in quotes.");
        return BigDecimal.ZERO;
    }
}
