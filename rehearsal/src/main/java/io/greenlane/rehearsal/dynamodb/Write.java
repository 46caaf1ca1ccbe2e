package io.greenlane.rehearsal.dynamodb;

import io.greenlane.rehearsal.dynamodb.Expression.Action;
import io.greenlane.rehearsal.dynamodb.Expression.Condition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * One write of one item, parsed and checked but not yet done: put, update, delete or a mere condition check.
 *
 * @param condition null when the write is unconditional
 */
record Write(Table table, ItemKey key, @Nullable Condition condition, Change change) {
    /** What becomes of the item. */
    sealed interface Change {
        record Put(Map<String, AttributeValue> item) implements Change {}

        record Update(Map<String, AttributeValue> key, List<Action> actions) implements Change {}

        record Delete() implements Change {}

        record Check() implements Change {}
    }

    static Write put(Table table, Map<String, AttributeValue> item, @Nullable String condition,
            Placeholders placeholders) {
        Map<String, AttributeValue> normal = Values.normal(item);
        ItemKey key = table.keys().keyOf(normal);
        Condition parsed = condition(condition, placeholders);
        placeholders.checkUsed(condition != null);
        checkSize(normal, "Item size has exceeded the maximum allowed size");
        return new Write(table, key, parsed, new Change.Put(normal));
    }

    static Write update(Table table, Map<String, AttributeValue> key, @Nullable String update,
            @Nullable String condition, Placeholders placeholders) {
        Map<String, AttributeValue> normal = Values.normal(key);
        List<Action> actions = update == null ? List.of() : UpdateParser.parse(update, placeholders);
        Condition parsed = condition(condition, placeholders);
        placeholders.checkUsed(update != null || condition != null);
        ItemKey given = table.keys().keyGiven(normal);
        for (Action action : actions) {
            if (table.keys().types().containsKey(action.path().attribute())) {
                throw Refusals.parameter("Cannot update attribute " + action.path().attribute()
                        + ". This attribute is part of the key");
            }
        }
        return new Write(table, given, parsed, new Change.Update(normal, actions));
    }

    static Write delete(Table table, Map<String, AttributeValue> key, @Nullable String condition,
            Placeholders placeholders) {
        return onKey(table, key, condition, placeholders, new Change.Delete());
    }

    static Write check(Table table, Map<String, AttributeValue> key, String condition, Placeholders placeholders) {
        return onKey(table, key, condition, placeholders, new Change.Check());
    }

    /** The item as it is now; empty when there is none. */
    Map<String, AttributeValue> before() {
        return table.find(key);
    }

    boolean conditionHolds() {
        return condition == null || Conditions.hold(condition, before());
    }

    /** The item as the write leaves it; empty when it leaves none. */
    Map<String, AttributeValue> after() {
        return switch (change) {
            case Change.Put(var item) -> item;
            case Change.Update(var given, var actions) -> {
                Map<String, AttributeValue> base = before().isEmpty() ? given : before();
                Map<String, AttributeValue> updated = Updates.apply(actions, base);
                checkSize(updated, "Item size to update has exceeded the maximum allowed size");
                yield updated;
            }
            case Change.Delete() -> Map.of();
            case Change.Check() -> before();
        };
    }

    /** Does it, whatever the condition says. */
    void commit(Map<String, AttributeValue> after) {
        switch (change) {
            case Change.Put put -> table.put(after);
            case Change.Update update -> table.put(after);
            case Change.Delete() -> table.delete(key);
            case Change.Check() -> {
            }
        }
    }

    /**
     * Does it when the condition holds.
     *
     * @param returnsOld whether a failed condition tells the item
     * @return the item as it is then; empty when there is none
     */
    Map<String, AttributeValue> run(boolean returnsOld) {
        if (!conditionHolds()) {
            throw ConditionalCheckFailedException.builder().message("The conditional request failed")
                    .item(returnsOld && !before().isEmpty() ? before() : null).build();
        }
        Map<String, AttributeValue> after = after();
        commit(after);
        return after;
    }

    private static Write onKey(Table table, Map<String, AttributeValue> key, @Nullable String condition,
            Placeholders placeholders, Change change) {
        Condition parsed = condition(condition, placeholders);
        placeholders.checkUsed(condition != null);
        return new Write(table, table.keys().keyGiven(Values.normal(key)), parsed, change);
    }

    private static @Nullable Condition condition(@Nullable String text, Placeholders placeholders) {
        return text == null ? null : ConditionParser.parse(text, "ConditionExpression", placeholders);
    }

    private static void checkSize(Map<String, AttributeValue> item, String message) {
        if (Sizes.of(item) > Sizes.LARGEST_ITEM) {
            throw Refusals.validation(message);
        }
    }
}
