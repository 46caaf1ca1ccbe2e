package io.greenlane.validation.difference;

import io.greenlane.json.Quote;
import io.greenlane.validation.difference.Shape.Spot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One difference between two answers.
 *
 * @param path as in {@link Difference#path}
 * @param blue what the first one has, short and printable
 * @param green what the second one has in its place
 */
record Contrast(Kind kind, String path, String blue, String green) {
    private static final String NOTHING = "nothing";
    private static final int SHOWN_IN_ORDER = 5;

    /** Whether the statuses differ; nothing else is compared then. */
    static List<Contrast> ofStatus(Content blue, Content green) {
        return blue.status() == green.status()
                ? List.of()
                : List.of(new Contrast(Kind.STATUS, "status", Integer.toString(blue.status()),
                        Integer.toString(green.status())));
    }

    /** Which headers differ in their values or their presence. */
    static List<Contrast> ofHeaders(Content blue, Content green) {
        Set<String> names = new TreeSet<>(blue.headers().keySet());
        names.addAll(green.headers().keySet());
        return names.stream().filter(name -> !shown(blue, name).equals(shown(green, name)))
                .map(name -> new Contrast(Kind.HEADER, name, shown(blue, name), shown(green, name))).toList();
    }

    private static String shown(Content content, String name) {
        String value = content.headers().get(name);
        return value == null ? NOTHING : Quote.of(value);
    }

    /**
     * In what bodies differ. What a text that is no JSON says is not compared: a page names its version, its assets and
     * its user, and no path tells those from the rest. That a text comes in place of JSON is a {@link Kind#TYPE}, and
     * that nothing comes in its place {@link Kind#MISSING}, both at {@code $}.
     */
    static List<Contrast> ofBodies(Content blue, Content green) {
        if (blue.body() instanceof Content.Json(Shape ofBlue) && green.body() instanceof Content.Json(Shape ofGreen)) {
            return between(ofBlue, ofGreen);
        }
        String one = word(blue.body());
        String other = word(green.body());
        if (one.equals(other)) {
            return List.of();
        }
        Kind kind = other.equals(NOTHING) ? Kind.MISSING : one.equals(NOTHING) ? Kind.ADDED : Kind.TYPE;
        return List.of(new Contrast(kind, "$", one, other));
    }

    private static String word(Content.Body body) {
        return switch (body) {
            case Content.Json(Shape shape) -> types(shape.spots().getOrDefault("$", NONE));
            case Content.Text text -> "text that is no JSON";
            case Content.Empty empty -> NOTHING;
            case Content.Cut cut -> NOTHING;
        };
    }

    private static final Spot NONE = Spot.none();

    /** In what two JSON values differ; members of what is missing are not told beside it. */
    static List<Contrast> between(Shape blue, Shape green) {
        Set<String> paths = new TreeSet<>(blue.spots().keySet());
        paths.addAll(green.spots().keySet());
        List<Contrast> contrasts = new ArrayList<>();
        Map<String, Contrast> orders = new LinkedHashMap<>();
        for (String path : paths) {
            Spot one = blue.spots().get(path);
            Spot other = green.spots().get(path);
            presence(path, blue, green, contrasts);
            if (one != null && other != null) {
                inside(path, one, other, contrasts, orders);
            }
        }
        orders.forEach((list, contrast) -> {
            if (orders.keySet().stream().noneMatch(outer -> list.startsWith(outer + "[*]"))) {
                contrasts.add(contrast);
            }
        });
        return contrasts;
    }

    /** As often among the objects that could have it. */
    private static void presence(String path, Shape blue, Shape green, List<Contrast> into) {
        Spot one = blue.spots().get(path);
        Spot other = green.spots().get(path);
        Spot there = one == null ? other : one;
        if (there == null || there.object == null || (one == null && !blue.whole())
                || (other == null && !green.whole())) {
            return;
        }
        long ofBlue = one == null ? 0 : one.occurrences;
        long ofGreen = other == null ? 0 : other.occurrences;
        int amongBlue = blue.spots().getOrDefault(there.object, NONE).objects;
        int amongGreen = green.spots().getOrDefault(there.object, NONE).objects;
        if (amongBlue == 0 || amongGreen == 0 || ofBlue * amongGreen == ofGreen * amongBlue) {
            return;
        }
        Kind kind = ofBlue * amongGreen > ofGreen * amongBlue ? Kind.MISSING : Kind.ADDED;
        into.add(new Contrast(kind, path, often(one, ofBlue, amongBlue), often(other, ofGreen, amongGreen)));
    }

    private static String often(@Nullable Spot spot, long times, int among) {
        if (spot == null) {
            return NOTHING;
        }
        return example(spot) + (times == among ? "" : " in " + times + " of " + among);
    }

    private static String example(Spot spot) {
        return spot.scalars.isEmpty() ? types(spot) : Quote.of(spot.scalars.get(0));
    }

    private static String types(Spot spot) {
        return spot.types.stream().map(Shape.Type::word).collect(Collectors.joining(" or "));
    }

    private static void inside(String path, Spot blue, Spot green, List<Contrast> into, Map<String, Contrast> orders) {
        if (!blue.types.equals(green.types)) {
            into.add(new Contrast(Kind.TYPE, path, types(blue), types(green)));
            return;
        }
        if (differ(blue.lengths, green.lengths)) {
            into.add(new Contrast(Kind.COUNT, path, elements(blue, green), elements(green, blue)));
        }
        if (differ(blue.scalars, green.scalars)) {
            into.add(new Contrast(Kind.VALUE, path, value(blue, green), value(green, blue)));
        } else if (blue.list != null && blue.scalars.size() == green.scalars.size()
                && !blue.scalars.equals(green.scalars)) {
            orders.putIfAbsent(blue.list, new Contrast(Kind.ORDER, blue.list, first(blue), first(green)));
        }
    }

    /**
     * Whether there is something else in the one than in the other, in any order. When there are not as many, it is only asked whether
     * each has something that the other has not: that there are fewer of the same is told as {@link Kind#COUNT} or
     * {@link Kind#MISSING}.
     */
    private static <T> boolean differ(List<T> blue, List<T> green) {
        if (blue.equals(green)) {
            return false;
        }
        if (blue.size() == green.size()) {
            return !counted(blue).equals(counted(green));
        }
        Set<T> one = new HashSet<>(blue);
        Set<T> other = new HashSet<>(green);
        return !one.containsAll(other) && !other.containsAll(one);
    }

    private static <T> Map<T, Integer> counted(List<T> values) {
        Map<T, Integer> counted = new HashMap<>();
        values.forEach(value -> counted.merge(value, 1, Integer::sum));
        return counted;
    }

    private static String elements(Spot spot, Spot other) {
        int elements = only(spot.lengths, other.lengths);
        return elements + (elements == 1 ? " element" : " elements");
    }

    private static String value(Spot spot, Spot other) {
        return Quote.of(only(spot.scalars, other.scalars));
    }

    /** The first one that is there more often than in the other. */
    private static <T> T only(List<T> values, List<T> others) {
        Map<T, Integer> left = counted(others);
        for (T value : values) {
            if (left.merge(value, -1, Integer::sum) < 0) {
                return value;
            }
        }
        return values.get(0);
    }

    private static String first(Spot spot) {
        return Quote.of(spot.scalars.stream().limit(SHOWN_IN_ORDER).collect(Collectors.joining(", ")));
    }
}
