package io.greenlane.rehearsal.dynamodb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A document path, {@code releases[2].state}.
 *
 * @param steps at least one, the first is a name
 */
record Path(List<Step> steps) {
    /** One step into an item. */
    sealed interface Step {
        record Name(String name) implements Step {}

        record Index(int index) implements Step {}
    }

    String attribute() {
        return ((Step.Name) steps.getFirst()).name();
    }

    boolean isTopLevel() {
        return steps.size() == 1;
    }

    Optional<AttributeValue> in(Map<String, AttributeValue> item) {
        AttributeValue value = AttributeValue.fromM(item);
        for (Step step : steps) {
            AttributeValue inner = child(value, step);
            if (inner == null) {
                return Optional.empty();
            }
            value = inner;
        }
        return Optional.of(value);
    }

    /** Whether one path leads to or into the other. */
    boolean overlaps(Path other) {
        int common = Math.min(steps.size(), other.steps.size());
        return steps.subList(0, common).equals(other.steps.subList(0, common));
    }

    /** Whether both go through the same value, as a map by one and as a list by the other. */
    boolean conflicts(Path other) {
        int common = Math.min(steps.size(), other.steps.size());
        for (int i = 0; i < common; i++) {
            if (!steps.get(i).equals(other.steps.get(i))) {
                return steps.get(i).getClass() != other.steps.get(i).getClass();
            }
        }
        return false;
    }

    /** The item with the value at this path; a list grows by one at most. */
    Map<String, AttributeValue> set(Map<String, AttributeValue> item, AttributeValue value) {
        return change(AttributeValue.fromM(item), 0, value).m();
    }

    /** The item without what is at this path; unchanged when the last step leads nowhere. */
    Map<String, AttributeValue> remove(Map<String, AttributeValue> item) {
        return in(item).isEmpty() ? item : change(AttributeValue.fromM(item), 0, null).m();
    }

    /** Refuses an update of this path in an item where all but its last step lead nowhere or to the wrong type. */
    void checkUpdatable(Map<String, AttributeValue> item) {
        AttributeValue container = AttributeValue.fromM(item);
        for (Step step : steps.subList(0, steps.size() - 1)) {
            AttributeValue inner = child(container, step);
            if (inner == null) {
                throw invalidForUpdate();
            }
            container = inner;
        }
        boolean fits = switch (steps.getLast()) {
            case Step.Name name -> container.hasM();
            case Step.Index index -> container.hasL();
        };
        if (!fits) {
            throw invalidForUpdate();
        }
    }

    private AttributeValue change(AttributeValue container, int depth, @Nullable AttributeValue value) {
        Step step = steps.get(depth);
        AttributeValue next = value;
        if (depth < steps.size() - 1) {
            AttributeValue inner = child(container, step);
            if (inner == null) {
                throw invalidForUpdate();
            }
            next = change(inner, depth + 1, value);
        }
        return switch (step) {
            case Step.Name name when container.hasM() -> AttributeValue.fromM(member(container.m(), name.name(), next));
            case Step.Index index when container.hasL() ->
                AttributeValue.fromL(element(container.l(), index.index(), next));
            default -> throw invalidForUpdate();
        };
    }

    private static Map<String, AttributeValue> member(Map<String, AttributeValue> members, String name,
            @Nullable AttributeValue value) {
        Map<String, AttributeValue> changed = new LinkedHashMap<>(members);
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        return changed;
    }

    private static List<AttributeValue> element(List<AttributeValue> elements, int index,
            @Nullable AttributeValue value) {
        List<AttributeValue> changed = new ArrayList<>(elements);
        if (index >= changed.size()) {
            if (value != null) {
                changed.add(value);
            }
        } else if (value == null) {
            changed.remove(index);
        } else {
            changed.set(index, value);
        }
        return changed;
    }

    private static @Nullable AttributeValue child(AttributeValue value, Step step) {
        return switch (step) {
            case Step.Name name -> value.hasM() ? value.m().get(name.name()) : null;
            case Step.Index index ->
                value.hasL() && index.index() < value.l().size() ? value.l().get(index.index()) : null;
        };
    }

    private static RuntimeException invalidForUpdate() {
        return Refusals.validation("The document path provided in the update expression is invalid for update");
    }

    /** As DynamoDB shows paths in its messages: {@code [releases, [2], state]}. */
    @Override
    public String toString() {
        return steps.stream().map(step -> switch (step) {
            case Step.Name name -> name.name();
            case Step.Index index -> "[" + index.index() + "]";
        }).toList().toString();
    }
}
