package io.greenlane.rehearsal.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items of the ledger as functions wrote them: beside their schema, and read without one member after the other. */
public final class LedgerItems {
    private static final String BY_REPOSITORY = "newest.";

    private final List<String> complaints = new ArrayList<>();
    /** One of those that have the same members, and the same numbers that are not 0. */
    private final Map<Set<String>, Map<String, AttributeValue>> items = new HashMap<>();

    /** Another one. */
    public void add(Map<String, AttributeValue> item) {
        Set<String> shape = new TreeSet<>();
        shape(kind(item), AttributeValue.fromM(item), shape);
        items.putIfAbsent(shape, item);
        LedgerSchema.complaints(item).forEach(complaint -> complaints.add(complaint + ": " + item));
    }

    private static void shape(String place, AttributeValue value, Set<String> shape) {
        shape.add("0".equals(value.n()) ? place + " is 0" : place);
        if (value.hasM()) {
            value.m().forEach((name, member) -> shape(place + "." + name, member, shape));
        }
        if (value.hasL()) {
            value.l().forEach(one -> shape(place, one, shape));
        }
    }

    /** What the schema says against them. */
    public List<String> complaints() {
        return complaints;
    }

    /** The kinds of items that there are. */
    public Set<String> kinds() {
        Set<String> kinds = new TreeSet<>();
        items.values().forEach(item -> kinds.add(kind(item)));
        return kinds;
    }

    /** Members without which an item cannot be read, although the schema does not require them. */
    public List<String> needed() {
        List<String> needed = new ArrayList<>();
        variants((place, less, differs) -> {
            if (LedgerSchema.complaints(less).isEmpty() && differs == Difference.UNREADABLE) {
                needed.add(place);
            }
        });
        return needed;
    }

    /** Members that the schema requires, although no item reads otherwise without them. */
    public Collection<String> superfluous() {
        Map<String, Boolean> required = new TreeMap<>();
        variants((place, less, differs) -> {
            if (!LedgerSchema.complaints(less).isEmpty()) {
                required.merge(place, differs == Difference.NONE, Boolean::logicalAnd);
            }
        });
        required.values().removeIf(superfluous -> !superfluous);
        return required.keySet();
    }

    private enum Difference {
        NONE, OTHER, UNREADABLE
    }

    private interface Variant {
        void take(String place, Map<String, AttributeValue> less, Difference differs);
    }

    private void variants(Variant variant) {
        items.values().forEach(item -> {
            String id = id(item);
            List<?> whole = LedgerReader.read(id, item);
            withoutEach(item, (place, less) -> variant.take(place, less, difference(whole, id, less)));
        });
    }

    private static Difference difference(List<?> whole, String id, Map<String, AttributeValue> less) {
        try {
            return LedgerReader.read(id, less).equals(whole) ? Difference.NONE : Difference.OTHER;
        } catch (IllegalArgumentException | NullPointerException e) {
            return Difference.UNREADABLE;
        }
    }

    private static String id(Map<String, AttributeValue> item) {
        return Objects.requireNonNull(item.get("id")).s();
    }

    private static String kind(Map<String, AttributeValue> item) {
        return id(item).substring(0, id(item).indexOf('#'));
    }

    /** The item without one member, for each that there is in any of its objects, and the place of that member. */
    private static void withoutEach(Map<String, AttributeValue> item,
            BiConsumer<String, Map<String, AttributeValue>> take) {
        withoutEach(kind(item) + ".", item, changed -> changed, take);
    }

    private static void withoutEach(String place, Map<String, AttributeValue> members,
            UnaryOperator<Map<String, AttributeValue>> into, BiConsumer<String, Map<String, AttributeValue>> take) {
        members.forEach((name, value) -> {
            Map<String, AttributeValue> less = new HashMap<>(members);
            less.remove(name);
            String here = place + (place.endsWith(BY_REPOSITORY) ? "*" : name);
            take.accept(here, into.apply(less));
            if (value.hasM()) {
                withoutEach(here + ".", value.m(), changed -> into.apply(with(members, name,
                        AttributeValue.fromM(changed))), take);
            }
            for (int i = 0; value.hasL() && i < value.l().size(); i++) {
                int index = i;
                if (value.l().get(i).hasM()) {
                    withoutEach(here + ".", value.l().get(i).m(), changed -> {
                        List<AttributeValue> list = new ArrayList<>(value.l());
                        list.set(index, AttributeValue.fromM(changed));
                        return into.apply(with(members, name, AttributeValue.fromL(list)));
                    }, take);
                }
            }
        });
    }

    private static Map<String, AttributeValue> with(Map<String, AttributeValue> members, String name,
            AttributeValue value) {
        Map<String, AttributeValue> changed = new HashMap<>(members);
        changed.put(name, value);
        return changed;
    }
}
