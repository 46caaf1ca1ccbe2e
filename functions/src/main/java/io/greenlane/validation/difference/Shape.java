package io.greenlane.validation.difference;

import io.greenlane.json.Quote;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value, taken apart by path: indices become {@code [*]}, so that all elements of a list share their paths. An object
 * whose names are data, such as ids, is a map: its names become {@code .*}. It is one when each of its names has a digit in it, or
 * when it has more than {@value #MOST_NAMES} of them. At most {@value #MOST_PATHS} paths are kept, and none that is nested deeper
 * than {@value #DEEPEST} levels or longer than {@value #LONGEST} characters.
 */
final class Shape {
    static final int MOST_PATHS = 400;
    private static final int MOST_NAMES = 64;
    private static final int DEEPEST = 24;
    private static final int LONGEST = 300;
    private static final int MOST_ZEROS = 30;
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,60}");
    private static final Pattern DIGIT = Pattern.compile("[0-9]");

    private final Map<String, Spot> spots = new LinkedHashMap<>();
    private boolean whole = true;
    private int size;

    private Shape() {}

    /** The shape of maps, lists, text, numbers, truth values and null. */
    static Shape of(@Nullable Object root) {
        Shape shape = new Shape();
        shape.add("$", new Context(null, null, 0), root);
        return shape;
    }

    /** What stands at each path; a parent comes before its members. */
    Map<String, Spot> spots() {
        return spots;
    }

    /** Whether no path was left out. */
    boolean whole() {
        return whole;
    }

    /** How many values it holds, for those who must bound memory. */
    int size() {
        return size;
    }

    private record Context(@Nullable String object, @Nullable String list, int depth) {
        Context within(@Nullable String parent, @Nullable String innermostList) {
            return new Context(parent, innermostList, depth + 1);
        }
    }

    private void add(String path, Context context, @Nullable Object value) {
        Spot spot = spots.get(path);
        if (spot == null) {
            if (spots.size() >= MOST_PATHS || context.depth() > DEEPEST
                    || path.length() > LONGEST) {
                whole = false;
                return;
            }
            spot = new Spot(context.object(), context.list());
            spots.put(path, spot);
        }
        size++;
        spot.occurrences++;
        spot.types.add(Type.of(value));
        switch (value) {
            case Map<?, ?> object when isMap(object) -> {
                spot.lengths.add(object.size());
                byName(object)
                        .forEach((name, member) -> add(path + ".*", context.within(null, context.list()), member));
            }
            case Map<?, ?> object -> {
                spot.objects++;
                if (object.isEmpty()) {
                    spot.lengths.add(0);
                }
                byName(object).forEach((name, member) -> add(path + step(name), context.within(path, context.list()),
                        member));
            }
            case List<?> list -> {
                spot.lengths.add(list.size());
                list.forEach(element -> add(path + "[*]", context.within(null, path), element));
            }
            case null, default -> spot.scalars.add(canonical(value));
        }
    }

    private static boolean isMap(Map<?, ?> object) {
        return object.size() > MOST_NAMES
                || (!object.isEmpty()
                        && object.keySet().stream().allMatch(name -> DIGIT.matcher((String) name).find()));
    }

    /** Always in the same order, so that the same paths are left out. */
    private static Map<String, @Nullable Object> byName(Map<?, ?> object) {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        object.forEach((name, member) -> sorted.put((String) name, member));
        return sorted;
    }

    private static String step(String name) {
        return PLAIN_NAME.matcher(name).matches() ? "." + name : "[" + Quote.of(name) + "]";
    }

    /** Numbers by value, so that 1.0 equals 1; with an exponent only where there would be very many zeros. */
    private static String canonical(@Nullable Object scalar) {
        if (!(scalar instanceof Number number)) {
            return String.valueOf(scalar);
        }
        BigDecimal value = new BigDecimal(number.toString()).stripTrailingZeros();
        return Math.abs((long) value.scale()) <= MOST_ZEROS ? value.toPlainString() : value.toString();
    }

    /** Type of a JSON value. */
    enum Type {
        OBJECT("an object"), LIST("a list"), TEXT("text"), NUMBER("a number"), TRUTH("true or false"), NULL("null");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        /** As it stands in a sentence. */
        String word() {
            return word;
        }

        private static Type of(@Nullable Object value) {
            return switch (value) {
                case null -> NULL;
                case Map<?, ?> object -> OBJECT;
                case List<?> list -> LIST;
                case String text -> TEXT;
                case Boolean truth -> TRUTH;
                default -> NUMBER;
            };
        }
    }

    /** All that stands at one path. */
    static final class Spot {
        /** Path of the objects of which it is a member; null when it is no member of an object. */
        final @Nullable String object;
        /** Path of the innermost list around it; null when there is none. */
        final @Nullable String list;
        final Set<Type> types = EnumSet.noneOf(Type.class);
        /** Texts, numbers and so on in the order of the body. */
        final List<String> scalars = new ArrayList<>();
        /** Of the lists and maps in the order of the body. */
        final List<Integer> lengths = new ArrayList<>();
        int occurrences;
        /** How many of them are objects with names of their own. */
        int objects;

        private Spot(@Nullable String object, @Nullable String list) {
            this.object = object;
            this.list = list;
        }

        /** Nothing stands there. */
        static Spot none() {
            return new Spot(null, null);
        }
    }
}
