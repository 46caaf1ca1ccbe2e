package io.greenlane.rehearsal.dynamodb;

import io.greenlane.rehearsal.dynamodb.Expression.Action;
import io.greenlane.rehearsal.dynamodb.Expression.Condition;
import io.greenlane.rehearsal.dynamodb.Expression.Operand;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * One write of one item, parsed but not yet done: put, update, delete or a mere condition check. Making one refuses what
 * makes no sense whatever the item; {@link #key()} and {@link #after()} refuse what does not fit the table or the item.
 *
 * @param given the key, or for a put the whole item
 * @param condition null when the write is unconditional
 */
record Write(Table table, Map<String, AttributeValue> given, @Nullable Condition condition, Change change) {
    /** What becomes of the item. */
    sealed interface Change {
        record Put() implements Change {}

        record Update(List<Action> actions) implements Change {}

        record Delete() implements Change {}

        record Check() implements Change {}
    }

    static Write put(Table table, Map<String, AttributeValue> item, @Nullable String condition,
            Placeholders placeholders) {
        Write write = of(table, item, condition, placeholders, new Change.Put());
        table.checkIndexKeysFilled(write.given());
        checkSize(write.given(), "Item size has exceeded the maximum allowed size");
        return write;
    }

    static Write update(Table table, Map<String, AttributeValue> key, @Nullable String update,
            @Nullable String condition, Placeholders placeholders) {
        List<Action> actions = update == null ? List.of() : UpdateParser.parse(update, placeholders);
        return of(table, key, condition, placeholders, new Change.Update(actions));
    }

    static Write delete(Table table, Map<String, AttributeValue> key, @Nullable String condition,
            Placeholders placeholders) {
        return of(table, key, condition, placeholders, new Change.Delete());
    }

    static Write check(Table table, Map<String, AttributeValue> key, String condition, Placeholders placeholders) {
        return of(table, key, condition, placeholders, new Change.Check());
    }

    private static Write of(Table table, Map<String, AttributeValue> given, @Nullable String condition,
            Placeholders placeholders, Change change) {
        Map<String, AttributeValue> normal = Values.normal(given);
        Condition parsed = condition == null
                ? null
                : ConditionParser.parse(condition, "ConditionExpression", placeholders);
        List<Action> actions = change instanceof Change.Update update ? update.actions() : List.of();
        placeholders.checkUsed(parsed != null || !actions.isEmpty());
        for (Action action : actions) {
            if (table.keys().types().containsKey(action.path().attribute())) {
                throw Refusals.parameter("Cannot update attribute " + action.path().attribute()
                        + ". This attribute is part of the key");
            }
            if (action instanceof Action.Set(Path path, Operand.Literal(AttributeValue value)) && path.isTopLevel()) {
                checkFilled(table, path.attribute(), value);
            }
        }
        table.checkPaths(placeholders.paths());
        table.keys().checkFilled(normal);
        return new Write(table, normal, parsed, change);
    }

    /** The key of the item; refuses one that does not fit the key schema, and a put that does not fit an index. */
    ItemKey key() {
        if (change instanceof Change.Put) {
            ItemKey key = table.keys().keyOf(given);
            table.checkIndexKeyTypes(given);
            return key;
        }
        return table.keys().keyGiven(given);
    }

    /** The item as it is now; empty when there is none. */
    Map<String, AttributeValue> before() {
        return table.find(key());
    }

    boolean conditionHolds() {
        Map<String, AttributeValue> item = before();
        return condition == null || Conditions.hold(condition, item);
    }

    /** The item as the write leaves it; empty when it leaves none. */
    Map<String, AttributeValue> after() {
        return switch (change) {
            case Change.Put() -> given;
            case Change.Update(var actions) -> {
                Map<String, AttributeValue> base = before().isEmpty() ? given : before();
                Map<String, AttributeValue> updated = Updates.apply(actions, base);
                actions.forEach(action -> checkUpdated(action.path().attribute(), updated));
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
            case Change.Put() -> table.put(after);
            case Change.Update update -> table.put(after);
            case Change.Delete() -> table.delete(key());
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

    private void checkUpdated(String attribute, Map<String, AttributeValue> updated) {
        AttributeValue value = updated.get(attribute);
        if (value == null) {
            return;
        }
        checkFilled(table, attribute, value);
        if (table.indexKeyType(attribute).filter(type -> !type.equals(Values.typeName(value))).isPresent()) {
            throw Refusals.validation(
                    "The update expression attempted to update the secondary index key to unsupported type");
        }
    }

    private static void checkFilled(Table table, String attribute, AttributeValue value) {
        if (Values.isEmpty(value) && table.indexKeyType(attribute).isPresent()) {
            throw Refusals.validation("One or more parameter values are not valid. The update expression attempted to "
                    + "update a secondary index key to a value that is not supported. The AttributeValue for a key "
                    + "attribute cannot contain an empty " + Values.emptyKind(value) + " value.");
        }
    }

    private static void checkSize(Map<String, AttributeValue> item, String message) {
        if (Sizes.of(item) > Sizes.LARGEST_ITEM) {
            throw Refusals.validation(message);
        }
    }
}
