package io.greenlane.rehearsal.schema;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Documents that differ from a good one in one place, at each kind of place once. */
final class Mutations {
    /** Values that are right in one place and wrong in most. */
    private static final List<String> VALUES = List.of("null", "true", "false", "0", "1", "1.5", "7", "2e2", "1e1000",
            "\"\"", "\" \"", "\"7\"", "\"7%\"", "\"101%\"", "\"7s\"", "\"7ms\"", "\"9999999m\"", "\"7/s\"", "\"0/s\"",
            "\"1001/s\"", "\"200-299\"", "\"299-200\"", "\"2xx\"", "\"text\"", "\" text\"", "\"t\\u00e9xt\"",
            "\"one\\ntwo\"", "\"{{image.tag}}\"", "\"{{image.name}}\"", "\"{{secret:/greenlane/shop/key}}\"", "\"$.a\"",
            "\"$.\"", "\"$.{{image.tag}}\"", "\"$[?(@.a =~ /b/)]\"", "\"(\"", "\"GET /\"", "\"get /\"",
            "\"GET //host/\"", "\"GET /a b\"", "\"GET /a#b\"", "\"POST /\"", "\"/health\"", "\"s3://bucket/key\"",
            "\"s3://bucket/../key\"", "\"ssm:/name\"", "\"pass\"", "[]", "[1]", "[\"text\"]", "[\"GET /\"]",
            "[\"POST /\"]", "[\"200\", 304]", "[\"same\", \"same\"]", "[{}]", "[[]]", "{}", "{\"max\": \"1s\"}",
            "{\"warn\": \"2%\", \"max\": \"1%\"}", "{\"name\": 1}", "{\"min\": 2, \"max\": 1}");
    private static final List<String> NAMES = List.of("a b", "a".repeat(65), "Content-Length", "tRAILER", "host",
            "AfterAllowTraffic", "nothing");
    private static final int TOO_MANY = 1001;
    private static final Pattern NAMED = Pattern.compile("(?<=^/(checks|scenarios|analyses))/[^/]+|/[0-9]+");

    /** A name that is nothing anywhere, and is like none. */
    static final String UNKNOWN = "zzzzzzzzzzzz";
    static final String ADD_UNKNOWN = "add " + UNKNOWN;

    private Mutations() {}

    /**
     * A document with one change.
     *
     * @param what was done
     * @param place where it was done, as a JSON pointer
     */
    record Mutation(String what, String place, JsonNode document) {
        @Override
        public String toString() {
            return what + " at " + (place.isEmpty() ? "the root" : place);
        }
    }

    static List<Mutation> of(List<JsonNode> documents) {
        Set<String> kinds = new HashSet<>();
        List<Mutation> mutations = new ArrayList<>();
        documents.stream().sorted(Comparator.comparingInt(document -> document.toString().length()))
                .forEach(document -> places(document, JsonPointer.empty(), place -> {
                    if (kinds
                            .add(NAMED.matcher(place.toString()).replaceAll("/*") + document.at(place).getNodeType())) {
                        mutate(document, place, mutations);
                    }
                }));
        return mutations;
    }

    private static void mutate(JsonNode document, JsonPointer place, List<Mutation> mutations) {
        JsonNode here = document.at(place);
        VALUES.forEach(value -> mutations.add(replaced(document, place, ValidationFiles.json(value))));
        if (here instanceof ObjectNode) {
            members(document, place, mutations);
        }
        if (here instanceof ArrayNode items && !items.isEmpty()) {
            mutations.add(changed(document, place, "repeat items", ArrayNode.class, array -> {
                for (int i = array.size(); i < TOO_MANY; i++) {
                    array.add(array.get(0));
                }
            }));
            mutations.add(changed(document, place, "remove all items", ArrayNode.class, ArrayNode::removeAll));
        }
    }

    private static void members(JsonNode document, JsonPointer place, List<Mutation> mutations) {
        mutations.add(changed(document, place, ADD_UNKNOWN, ObjectNode.class,
                object -> object.put(UNKNOWN, "text")));
        mutations.add(changed(document, place, "add too many names", ObjectNode.class, object -> {
            for (int i = 0; i < TOO_MANY; i++) {
                object.put("x-" + i, "$.x");
            }
        }));
        for (Map.Entry<String, JsonNode> member : document.at(place).properties()) {
            mutations.add(changed(document, place, "remove '" + member.getKey() + "'", ObjectNode.class,
                    object -> object.remove(member.getKey())));
            for (String name : NAMES) {
                mutations.add(changed(document, place, "rename '" + member.getKey() + "' to '" + name + "'",
                        ObjectNode.class, object -> {
                            object.remove(member.getKey());
                            object.set(name, member.getValue());
                        }));
            }
        }
    }

    private static <T extends JsonNode> Mutation changed(JsonNode document, JsonPointer place, String what,
            Class<T> type, Consumer<T> change) {
        JsonNode copy = document.deepCopy();
        change.accept(type.cast(copy.at(place)));
        return new Mutation(what, place.toString(), copy);
    }

    private static Mutation replaced(JsonNode document, JsonPointer place, JsonNode value) {
        String what = "write " + value;
        if (place.matches()) {
            return new Mutation(what, "", value);
        }
        JsonNode copy = document.deepCopy();
        switch (copy.at(place.head())) {
            case ObjectNode object -> object.set(place.last().getMatchingProperty(), value);
            case ArrayNode array -> array.set(place.last().getMatchingIndex(), value);
            default -> throw new IllegalStateException("Nothing stands at " + place);
        }
        return new Mutation(what, place.toString(), copy);
    }

    /** Each place of a document, from the root down. */
    static void places(JsonNode node, JsonPointer place, Consumer<JsonPointer> take) {
        take.accept(place);
        Function<String, JsonPointer> below = place::appendProperty;
        node.properties().forEach(member -> places(member.getValue(), below.apply(member.getKey()), take));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            places(node.get(i), place.appendIndex(i), take);
        }
    }
}
