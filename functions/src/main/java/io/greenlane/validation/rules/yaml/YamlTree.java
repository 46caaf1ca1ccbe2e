package io.greenlane.validation.rules.yaml;

import io.greenlane.json.Quote;
import io.greenlane.validation.Place;
import io.greenlane.validation.rules.yaml.Node.Kind;
import io.greenlane.validation.rules.yaml.Node.Listing;
import io.greenlane.validation.rules.yaml.Node.Mapping;
import io.greenlane.validation.rules.yaml.Node.Member;
import io.greenlane.validation.rules.yaml.Node.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/**
 * Builds the tree from a parser's events instead of letting a composer do it, so that every limit holds before anything is
 * built, and recursion ends at the limit of depth.
 */
final class YamlTree {
    private static final int DEEPEST = 20;
    private static final int MOST_VALUES = 20_000;
    private static final int MOST_ANCHORS = 100;
    private static final int LONGEST_NAME = 200;
    private static final ScalarResolver KINDS = new JsonSchema().getScalarResolver();

    private final Source source;
    private final Iterator<Event> events;
    private final Problems problems;
    /** By anchor; null while what it names is not yet whole. */
    private final Map<String, @Nullable Node> anchored = new HashMap<>();
    private int anchors;
    private int values;

    YamlTree(Source source, Iterator<Event> events, Problems problems) {
        this.source = source;
        this.events = events;
        this.problems = problems;
    }

    /** The one document; null when there is none. */
    @Nullable
    Node document() {
        events.next();
        Event first = events.next();
        if (!(first instanceof DocumentStartEvent start)) {
            return null;
        }
        if (start.getSpecVersion().isPresent() || !start.getTags().isEmpty()) {
            throw stop(start, "Directives such as %YAML and %TAG are not allowed: remove the line.");
        }
        Node root = node(events.next(), 1);
        events.next();
        Event after = events.next();
        if (after instanceof DocumentStartEvent) {
            throw stop(after, "A second document begins here; there may be only one.");
        }
        return root;
    }

    private Node node(Event event, int depth) {
        if (depth > DEEPEST) {
            throw stop(event, "Values are nested deeper than " + DEEPEST + " levels.");
        }
        if (event instanceof AliasEvent alias) {
            return repeated(alias);
        }
        String anchor = anchor((NodeEvent) event);
        Node node = switch (event) {
            case ScalarEvent scalar -> scalar(scalar);
            case CollectionStartEvent start -> collection(start, depth);
            default -> throw stop(event, "This is no value.");
        };
        if (anchor != null) {
            anchored.put(anchor, node);
        }
        return node;
    }

    private @Nullable String anchor(NodeEvent event) {
        if (event.getAnchor().isEmpty()) {
            return null;
        }
        if (++anchors > MOST_ANCHORS) {
            throw stop(event, "There are more than " + MOST_ANCHORS + " anchors.");
        }
        String name = event.getAnchor().get().getValue();
        anchored.put(name, null);
        return name;
    }

    private Node repeated(AliasEvent alias) {
        String name = alias.getAlias().getValue();
        Node original = anchored.get(name);
        if (original == null) {
            throw stop(alias, anchored.containsKey(name)
                    ? "The alias *" + shown(name) + " stands inside of what it repeats."
                    : "There is no anchor &" + shown(name) + " before this alias.");
        }
        count(alias, original.size());
        return original;
    }

    private void count(Event event, int more) {
        values += more;
        if (values > MOST_VALUES) {
            throw stop(event, "There are more than " + MOST_VALUES
                    + " values in it; what aliases repeat counts each time, and a long text counts as several.");
        }
    }

    private Scalar scalar(ScalarEvent event) {
        refuseTag(event, event.getTag().orElse(null));
        String text = event.getValue();
        if (!text.codePoints().allMatch(point -> Character.getType(point) != Character.SURROGATE)) {
            throw stop(event, "The text holds half a character (a lone surrogate).");
        }
        Scalar scalar = new Scalar(place(event), text, kind(KINDS.resolve(text, event.isPlain())));
        count(event, scalar.size());
        return scalar;
    }

    private static Kind kind(Tag tag) {
        if (tag.equals(Tag.BOOL)) {
            return Kind.TRUTH;
        }
        if (tag.equals(Tag.NULL)) {
            return Kind.NOTHING;
        }
        return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? Kind.NUMBER : Kind.TEXT;
    }

    private Node collection(CollectionStartEvent start, int depth) {
        count(start, 1);
        refuseTag(start, start.getTag().orElse(null));
        return start instanceof SequenceStartEvent ? listing(start, depth) : mapping(start, depth);
    }

    private Listing listing(CollectionStartEvent start, int depth) {
        List<Node> items = new ArrayList<>();
        int size = 1;
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            Node item = node(event, depth + 1);
            items.add(item);
            size += item.size();
        }
        return new Listing(place(start), items, size);
    }

    private Mapping mapping(CollectionStartEvent start, int depth) {
        Map<String, Member> members = new java.util.LinkedHashMap<>();
        int size = 1;
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            String name = name(event);
            Node value = node(events.next(), depth + 1);
            size += value.size();
            Member before = members.putIfAbsent(name, new Member(place(event), name, value));
            if (before != null) {
                problems.add(place(event), Quote.of(name) + " stands here a second time; the first is in line "
                        + before.place().line() + ".");
            }
        }
        return new Mapping(place(start), List.copyOf(members.values()), size);
    }

    private String name(Event event) {
        if (!(event instanceof ScalarEvent scalar)) {
            throw stop(event,
                    "A name must be a plain text. If this was meant to be a variable, put it in quotes, such as"
                            + " \"{{image.tag}}\".");
        }
        if (scalar.getAnchor().isPresent()) {
            throw stop(event, "A name may have no anchor.");
        }
        Scalar name = scalar(scalar);
        if (name.kind() == Kind.NOTHING || name.text().isBlank()) {
            throw stop(event, "A name is missing before the colon.");
        }
        if (name.kind() != Kind.TEXT) {
            throw stop(event, "A name must be text: write \"" + shown(name.text()) + "\" in quotes.");
        }
        if (name.text().length() > LONGEST_NAME) {
            throw stop(event, "A name is longer than " + LONGEST_NAME + " characters.");
        }
        return name.text();
    }

    private void refuseTag(Event event, @Nullable String tag) {
        if (tag != null) {
            throw stop(event, "Tags are not allowed, got " + Quote.of(tag) + ": write the value alone.");
        }
    }

    private static String shown(String text) {
        String quoted = Quote.of(text);
        return quoted.substring(1, quoted.length() - 1);
    }

    private Place place(Event event) {
        return event.getStartMark().map(mark -> source.at(mark.getLine() + 1, mark.getColumn() + 1))
                .orElseGet(() -> source.at(1, 1));
    }

    private Unreadable stop(Event event, String sentence) {
        return new Unreadable(place(event), sentence);
    }
}
