package io.greenlane.validation.rules.yaml;

import io.greenlane.json.Quote;
import io.greenlane.validation.Place;
import io.greenlane.validation.rules.yaml.Node.Kind;
import io.greenlane.validation.rules.yaml.Node.Listing;
import io.greenlane.validation.rules.yaml.Node.Mapping;
import io.greenlane.validation.rules.yaml.Node.Member;
import io.greenlane.validation.rules.yaml.Node.Scalar;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Values by name, of which some are known. Each reading method answers with a stand-in when a value is not usable and adds a
 * problem, so that one pass over a file finds them all.
 */
public final class Section {
    private final Mapping mapping;
    private final Problems problems;
    /** False for a stand-in, of which nothing can be missed. */
    private final boolean written;
    /** Names that are not there, but were probably meant by others that are. */
    private final Set<String> meant = new HashSet<>();

    private Section(Mapping mapping, boolean written, Problems problems) {
        this.mapping = mapping;
        this.written = written;
        this.problems = problems;
    }

    /**
     * A value as a section.
     *
     * @param what it is, for example {@code a check} or {@code 'retry'}
     * @param known all names it may have
     */
    public static Section of(Node node, String what, Problems problems, String... known) {
        Section section = section(node, what, problems, "such as { " + known[0] + ": ... }");
        for (Member member : section.members()) {
            if (!List.of(known).contains(member.name())) {
                String near = Nearest.to(member.name(), List.of(known));
                if (near != null) {
                    section.meant.add(near);
                }
                problems.add(member.place(), "There is no " + Quote.of(member.name()) + " in " + what + "."
                        + Nearest.hint(member.name(), List.of(known)));
            }
        }
        return section;
    }

    /** A value as a section whose names are free. */
    public static Section open(Node node, String what, Problems problems) {
        return section(node, what, problems, "such as { name: ... }");
    }

    private static Section section(Node node, String what, Problems problems, String example) {
        if (node instanceof Mapping mapping) {
            return new Section(mapping, true, problems);
        }
        problems.add(node.place(), what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1)
                + " must be names with values, " + example + ", got " + shown(node) + ".");
        return new Section(new Mapping(node.place(), List.of(), 1), false, problems);
    }

    public Place place() {
        return mapping.place();
    }

    public List<Member> members() {
        return mapping.members();
    }

    public boolean has(String name) {
        return mapping.find(name) != null;
    }

    /** Whether one of the names is there, or was meant by a misspelt one, or nothing can be said since the section is none. */
    public boolean mentions(String... names) {
        return !written || Arrays.stream(names).anyMatch(name -> has(name) || meant.contains(name));
    }

    /** Null when it is not there. */
    public @Nullable Node find(String name) {
        return mapping.find(name);
    }

    /** Place of the name, or of the section when the name is not there. */
    public Place placeOf(String name) {
        return members().stream().filter(member -> member.name().equals(name)).map(Member::place).findFirst()
                .orElse(place());
    }

    /** Adds a problem when the name is missing, unless a misspelt one stands for it. */
    public @Nullable Node required(String name) {
        Node node = find(name);
        if (!mentions(name)) {
            problems.add(place(), "'" + name + "' is missing here.");
        }
        return node;
    }

    /** A text; null when it is not there or is none. */
    public @Nullable Scalar text(String name) {
        Node node = find(name);
        return node == null ? null : text(name, node, problems);
    }

    /** A value as a text; null when it is none. */
    public static @Nullable Scalar text(String name, Node node, Problems problems) {
        if (node instanceof Scalar scalar && scalar.kind() == Kind.TEXT) {
            return scalar;
        }
        problems.add(node.place(), Quote.of(name) + " must be text, got " + shown(node) + "."
                + (node instanceof Scalar scalar && scalar.kind() != Kind.NOTHING
                        ? " Write \"" + scalar.text() + "\" in quotes if the text is meant."
                        : ""));
        return null;
    }

    /**
     * A value with a unit.
     *
     * @param parse refuses with an {@link IllegalArgumentException} whose message goes on after the name
     */
    public <T> T unit(String name, T otherwise, Function<String, T> parse) {
        Node node = find(name);
        if (node == null) {
            return otherwise;
        }
        String text = node instanceof Scalar scalar && scalar.kind() != Kind.NOTHING ? scalar.text() : "";
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            problems.add(node.place(),
                    "'" + name + "' "
                            + (node instanceof Scalar ? e.getMessage() : "must be one value, got " + shown(node))
                            + ".");
            return otherwise;
        }
    }

    /** A duration between two, both included. */
    public Duration duration(String name, Duration otherwise, Duration least, Duration most) {
        return unit(name, otherwise, text -> {
            Duration duration = Units.duration(text);
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                throw new IllegalArgumentException("must be from " + Units.text(least) + " to " + Units.text(most)
                        + ", got " + Quote.of(text));
            }
            return duration;
        });
    }

    /** {@code true} or {@code false}. */
    public boolean truth(String name, boolean otherwise) {
        Node node = find(name);
        if (node == null) {
            return otherwise;
        }
        if (node instanceof Scalar scalar && scalar.kind() == Kind.TRUTH) {
            return scalar.text().equals("true");
        }
        problems.add(node.place(), "'" + name + "' must be true or false (small, without quotes), got " + shown(node)
                + ".");
        return otherwise;
    }

    /** A whole number between two, both included. */
    public int count(String name, int otherwise, int least, int most) {
        Node node = find(name);
        if (node == null) {
            return otherwise;
        }
        BigDecimal number = Numbers.of(node);
        if (number != null && number.compareTo(BigDecimal.valueOf(least)) >= 0
                && number.compareTo(BigDecimal.valueOf(most)) <= 0 && number.stripTrailingZeros().scale() <= 0) {
            return number.intValue();
        }
        problems.add(node.place(), "'" + name + "' must be a whole number from " + least + " to " + most + ", got "
                + shown(node) + ".");
        return otherwise;
    }

    /** The items of a list; none when it is not there. */
    public List<Node> list(String name, int most) {
        Node node = find(name);
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof Listing listing)) {
            problems.add(node.place(), "'" + name + "' must be a list, such as [ one, two ], got " + shown(node) + ".");
            return List.of();
        }
        if (listing.items().size() > most) {
            problems.add(node.place(), "'" + name + "' has " + listing.items().size() + " items; at most " + most
                    + " are allowed.");
            return List.of();
        }
        return listing.items();
    }

    /** The value of a name in a sentence. */
    public String shown(String name) {
        Node node = find(name);
        return node == null ? "nothing" : shown(node);
    }

    /** Adds a problem when a list is there and has no items. */
    public void refuseEmpty(String name, String sentence) {
        if (find(name) instanceof Listing listing && listing.items().isEmpty()) {
            problems.add(placeOf(name), sentence);
        }
    }

    /** A value in a sentence. */
    public static String shown(Node node) {
        return switch (node) {
            case Scalar scalar -> scalar.kind() == Kind.NOTHING ? "nothing" : Quote.of(scalar.text());
            case Listing listing -> "a list";
            case Mapping mapping -> "names with values";
        };
    }
}
