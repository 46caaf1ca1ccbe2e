package io.greenlane.validation.rules.yaml;

import io.greenlane.validation.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value of a YAML document. */
public sealed interface Node {
    /** Where it begins; for what an alias repeats, where the original does. */
    Place place();

    /** How much it holds: each value counts 1, and 1 more for every 64 characters; what aliases repeat counts each time. */
    int size();

    /** What a scalar is by YAML 1.2's JSON schema: quoted, or none of the others, it is text. */
    enum Kind {
        /** Text. */
        TEXT,
        /** A whole or decimal number. */
        NUMBER,
        /** {@code true} or {@code false}. */
        TRUTH,
        /** {@code null}, or nothing at all. */
        NOTHING
    }

    /**
     * One value.
     *
     * @param text as it stands there, without quotes and with its escapes resolved
     */
    record Scalar(Place place, String text, Kind kind) implements Node {
        private static final int CHARACTERS = 64;

        @Override
        public int size() {
            return 1 + text.length() / CHARACTERS;
        }
    }

    /** A list. */
    record Listing(Place place, List<Node> items, int size) implements Node {
        public Listing {
            items = List.copyOf(items);
        }
    }

    /** Values by name. */
    record Mapping(Place place, List<Member> members, int size) implements Node {
        public Mapping {
            members = List.copyOf(members);
        }

        /** The value of a name; null when it is not there. */
        public @Nullable Node find(String name) {
            return members.stream().filter(member -> member.name().equals(name)).map(Member::value).findFirst()
                    .orElse(null);
        }
    }

    /**
     * A name and its value.
     *
     * @param place of the name
     */
    record Member(Place place, String name, Node value) {}
}
