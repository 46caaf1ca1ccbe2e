package io.greenlane.rehearsal.dynamodb;

import io.greenlane.rehearsal.dynamodb.Path.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Cuts an item down to some paths; elements of a list close up. */
final class Projection {
    private Projection() {}

    static Map<String, AttributeValue> of(Map<String, AttributeValue> item, List<Path> paths) {
        List<List<Step>> wanted = paths.stream().filter(path -> path.in(item).isPresent()).map(Path::steps).toList();
        return wanted.isEmpty() ? Map.of() : cut(AttributeValue.fromM(item), wanted).m();
    }

    private static AttributeValue cut(AttributeValue value, List<List<Step>> wanted) {
        if (wanted.stream().anyMatch(List::isEmpty)) {
            return value;
        }
        Map<String, List<List<Step>>> byName = new LinkedHashMap<>();
        Map<Integer, List<List<Step>>> byIndex = new TreeMap<>();
        for (List<Step> steps : wanted) {
            List<Step> rest = steps.subList(1, steps.size());
            switch (steps.getFirst()) {
                case Step.Name name -> byName.computeIfAbsent(name.name(), n -> new ArrayList<>()).add(rest);
                case Step.Index index -> byIndex.computeIfAbsent(index.index(), i -> new ArrayList<>()).add(rest);
            }
        }
        if (value.hasL()) {
            return AttributeValue.fromL(byIndex.entrySet().stream()
                    .map(entry -> cut(value.l().get(entry.getKey()), entry.getValue())).toList());
        }
        Map<String, AttributeValue> members = new LinkedHashMap<>();
        byName.forEach((name, rest) -> members.put(name, cut(value.m().getOrDefault(name, value), rest)));
        return AttributeValue.fromM(members);
    }
}
