package io.greenlane.validation.rules.reading;

import io.greenlane.json.Quote;
import io.greenlane.validation.Place;
import io.greenlane.validation.rules.yaml.Nearest;
import io.greenlane.validation.rules.yaml.Node;
import io.greenlane.validation.rules.yaml.Node.Member;
import io.greenlane.validation.rules.yaml.Node.Scalar;
import io.greenlane.validation.rules.yaml.Problems;
import io.greenlane.validation.rules.yaml.Section;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rules of one kind by their name, and which of them a hook has asked for. */
final class Named<T> {
    static final int MOST = 100;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    private final String kind;
    private final Problems problems;
    private final Map<String, T> rules = new LinkedHashMap<>();
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();

    /**
     * Reads them all.
     *
     * @param kind name of the section they stand in, for example {@code checks}
     */
    Named(String kind, @Nullable Node node, Problems problems, Function<Member, T> read) {
        this.kind = kind;
        this.problems = problems;
        Section section = node == null ? null : Section.open(node, "'" + kind + "'", problems);
        if (section == null) {
            return;
        }
        if (section.members().size() > MOST) {
            problems.add(section.place(), "There are more than " + MOST + " " + kind + ".");
            return;
        }
        for (Member member : section.members()) {
            if (!NAME.matcher(member.name()).matches()) {
                problems.add(member.place(), "A name has up to 64 letters, digits, - and _, got "
                        + Quote.of(member.name()) + ".");
            }
            rules.put(member.name(), read.apply(member));
            places.put(member.name(), member.place());
        }
    }

    /** The rule of that name; null and a problem when there is none. */
    @Nullable
    T take(Scalar name) {
        T rule = rules.get(name.text());
        if (rule == null) {
            problems.add(name.place(), "There is nothing called " + Quote.of(name.text()) + " under '" + kind + "'."
                    + Nearest.hint(name.text(), rules.keySet()));
        }
        taken.add(name.text());
        return rule;
    }

    /** Adds a problem for each rule that no hook has asked for: it looks as if it held, and would never be tried. */
    void refuseUnused() {
        places.forEach((name, place) -> {
            if (!taken.contains(name)) {
                problems.add(place, "No hook names " + Quote.of(name) + " in its '" + kind
                        + "', so it would never run: name it there, or remove it.");
            }
        });
    }
}
