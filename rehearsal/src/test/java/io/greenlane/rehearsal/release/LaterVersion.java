package io.greenlane.rehearsal.release;

import io.greenlane.rehearsal.endpoint.CallObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * The version after this one, as the ledger shows it: as soon as an item is written, each object in it has a member that this version
 * does not know. It watches that whoever writes an item again leaves those members in it.
 */
final class LaterVersion implements CallObserver {
    private static final String LATER = "later";
    /** An object whose members have names of repositories, not of a version. */
    private static final String BY_REPOSITORY = "newest";
    /**
     * Where an object makes room for one of another thing, or ends with its thing, and its members go with it. The names are those of
     * the members that say which thing it is; of the same thing nothing may be lost, nor anywhere else.
     */
    private static final Map<String, List<String>> OF_ANOTHER = Map.of(
            // A release leaves the queue when it ends.
            "turn", List.of("releaseId"),
            // A newer push is the newest.
            "newest.*", List.of("releaseId"),
            // Another release brought the same digest, which is listed once.
            "deployed", List.of("releaseId"));

    private final Site site;
    private final String table;
    private final List<String> lost = new ArrayList<>();
    private final Set<String> gone = new TreeSet<>();
    private final Set<String> rewritten = new TreeSet<>();
    private @Nullable Map<String, AttributeValue> before;
    private int count;

    LaterVersion(Site site) {
        this.site = site;
        this.table = site.resource("Releases");
        site.cloud().observers.add(this);
    }

    /** What was lost and should not have been. */
    List<String> lost() {
        return lost;
    }

    /** Kinds of items that were written again with what they had. */
    Set<String> rewritten() {
        return rewritten;
    }

    /** Of which of the objects that go there was one that went. */
    Set<String> gone() {
        return gone;
    }

    static Set<String> goingObjects() {
        return OF_ANOTHER.keySet();
    }

    @Override
    public void arrives(Call call) {
        if (call.request() instanceof PutItemRequest put && put.tableName().equals(table)) {
            Map<String, AttributeValue> key = Map.of("id", Objects.requireNonNull(put.item().get("id")));
            before = site.cloud().dynamoDb.getItem(it -> it.tableName(table).key(key).consistentRead(true)).item();
        }
    }

    @Override
    public void ends(Call call, Ending ending) {
        if (call.request() instanceof PutItemRequest put && put.tableName().equals(table)
                && ending instanceof Ending.Answered) {
            compare(Objects.requireNonNull(before), put.item());
            site.cloud().dynamoDb.putItem(it -> it.tableName(table).item(withMore(put.item(), "")));
        }
    }

    /** An item without what this version does not know. */
    static Map<String, AttributeValue> withoutMore(Map<String, AttributeValue> members) {
        Map<String, AttributeValue> known = new HashMap<>();
        members.forEach((name, value) -> {
            if (!name.equals(LATER)) {
                known.put(name, each(value, one -> withoutMore(one)));
            }
        });
        return known;
    }

    private Map<String, AttributeValue> withMore(Map<String, AttributeValue> members, String place) {
        Map<String, AttributeValue> more = new HashMap<>();
        members.forEach((name, value) -> more.put(name, name.equals(LATER)
                ? value
                : each(value, one -> withMore(one, name))));
        if (!place.equals(BY_REPOSITORY)) {
            more.computeIfAbsent(LATER, added -> more());
        }
        return more;
    }

    /** Of every type that a version may add. */
    private AttributeValue more() {
        count++;
        AttributeValue text = AttributeValue.fromS("no. " + count);
        return AttributeValue.fromM(Map.of("text", text, "number", AttributeValue.fromN("" + count), "truth",
                AttributeValue.fromBool(true), "list", AttributeValue.fromL(List.of(text,
                        AttributeValue.fromM(Map.of("text", text))))));
    }

    private interface Change {
        Map<String, AttributeValue> of(Map<String, AttributeValue> object);
    }

    /** A value with its objects changed, be it one or a list. */
    private static AttributeValue each(AttributeValue value, Change change) {
        if (value.hasM()) {
            return AttributeValue.fromM(change.of(value.m()));
        }
        return value.hasL()
                ? AttributeValue.fromL(value.l().stream().map(one -> each(one, change)).toList())
                : value;
    }

    /** An object in an item, with the name at which it stands. */
    private record Part(String place, Map<String, AttributeValue> members) {
        static List<Part> of(String place, Map<String, AttributeValue> members) {
            List<Part> all = new ArrayList<>(List.of(new Part(place, members)));
            members.forEach((name, value) -> {
                if (!name.equals(LATER)) {
                    List<AttributeValue> values = value.hasL() ? value.l() : List.of(value);
                    values.stream().filter(AttributeValue::hasM).map(AttributeValue::m)
                            .forEach(object -> all.addAll(of(place.equals(BY_REPOSITORY)
                                    ? BY_REPOSITORY + ".*"
                                    : name.equals("running") || name.equals("waiting") ? "turn" : name, object)));
                }
            });
            return all;
        }

        boolean isOfTheSameAs(Part other) {
            return place.equals(other.place) && OF_ANOTHER.getOrDefault(place, List.of()).stream()
                    .allMatch(name -> Objects.equals(members.get(name), other.members.get(name)));
        }
    }

    private void compare(Map<String, AttributeValue> stored, Map<String, AttributeValue> written) {
        if (stored.isEmpty()) {
            return;
        }
        String id = Objects.requireNonNull(written.get("id")).s();
        List<Part> now = Part.of("", written);
        Set<AttributeValue> kept = now.stream().map(part -> part.members().get(LATER)).filter(Objects::nonNull)
                .collect(Collectors.toSet());
        for (Part part : Part.of("", stored)) {
            AttributeValue more = part.members().get(LATER);
            if (more != null && !kept.contains(more)) {
                if (OF_ANOTHER.containsKey(part.place()) && now.stream().noneMatch(part::isOfTheSameAs)) {
                    gone.add(part.place());
                } else {
                    lost.add(id + ", at '" + part.place() + "': " + part.members());
                }
            }
        }
        rewritten.add(id.substring(0, id.indexOf('#')));
    }
}
