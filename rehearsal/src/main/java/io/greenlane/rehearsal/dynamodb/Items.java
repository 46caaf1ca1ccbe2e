package io.greenlane.rehearsal.dynamodb;

import io.greenlane.rehearsal.dynamodb.Expression.Action;
import io.greenlane.rehearsal.dynamodb.Write.Change;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** Operations on one item. */
final class Items {
    private final Tables tables;

    Items(Tables tables) {
        this.tables = tables;
    }

    PutItemResponse put(PutItemRequest request) {
        refuseLegacy(request.hasExpected() || request.conditionalOperator() != null, "Expected");
        refuse(request.returnValues(), request.returnValuesAsString());
        Table table = tables.get(request.tableName());
        Write write = Write.put(table, request.item(), request.conditionExpression(),
                new Placeholders(request.expressionAttributeNames(), request.expressionAttributeValues()));
        Map<String, AttributeValue> before = write.before();
        Map<String, AttributeValue> after = write.run(tellsOld(request.returnValuesOnConditionCheckFailure()));
        return PutItemResponse.builder()
                .attributes(request.returnValues() == ReturnValue.ALL_OLD ? presentOrNull(before) : null)
                .consumedCapacity(Capacity.ofWrite(request.returnConsumedCapacity(), table, Sizes.of(after))).build();
    }

    DeleteItemResponse delete(DeleteItemRequest request) {
        refuseLegacy(request.hasExpected() || request.conditionalOperator() != null, "Expected");
        refuse(request.returnValues(), request.returnValuesAsString());
        Table table = tables.get(request.tableName());
        Write write = Write.delete(table, request.key(), request.conditionExpression(),
                new Placeholders(request.expressionAttributeNames(), request.expressionAttributeValues()));
        Map<String, AttributeValue> before = write.before();
        write.run(tellsOld(request.returnValuesOnConditionCheckFailure()));
        return DeleteItemResponse.builder()
                .attributes(request.returnValues() == ReturnValue.ALL_OLD ? presentOrNull(before) : null)
                .consumedCapacity(Capacity.ofWrite(request.returnConsumedCapacity(), table, Sizes.of(before))).build();
    }

    UpdateItemResponse update(UpdateItemRequest request) {
        refuseLegacy(request.hasExpected() || request.hasAttributeUpdates() || request.conditionalOperator() != null,
                "Expected and AttributeUpdates");
        Table table = tables.get(request.tableName());
        Write write = Write.update(table, request.key(), request.updateExpression(), request.conditionExpression(),
                new Placeholders(request.expressionAttributeNames(), request.expressionAttributeValues()));
        Map<String, AttributeValue> before = write.before();
        Map<String, AttributeValue> after = write.run(tellsOld(request.returnValuesOnConditionCheckFailure()));
        List<Path> paths = write.change() instanceof Change.Update update
                ? update.actions().stream().map(Action::path).toList()
                : List.of();
        Map<String, AttributeValue> returned = request.returnValues() == null
                ? Map.of()
                : switch (request.returnValues()) {
                    case ALL_OLD -> before;
                    case ALL_NEW -> after;
                    case UPDATED_OLD -> Projection.of(before, paths);
                    case UPDATED_NEW -> Projection.of(after, paths);
                    case NONE, UNKNOWN_TO_SDK_VERSION -> Map.of();
                };
        return UpdateItemResponse.builder().attributes(presentOrNull(returned))
                .consumedCapacity(Capacity.ofWrite(request.returnConsumedCapacity(), table,
                        Math.max(Sizes.of(before), Sizes.of(after))))
                .build();
    }

    GetItemResponse get(GetItemRequest request) {
        refuseLegacy(request.hasAttributesToGet(), "AttributesToGet");
        Table table = tables.get(request.tableName());
        Map<String, AttributeValue> item = read(table, request.key(), request.projectionExpression(),
                request.expressionAttributeNames());
        return GetItemResponse.builder().item(item)
                .consumedCapacity(Capacity.ofRead(request.returnConsumedCapacity(), table,
                        item == null ? 0 : Sizes.of(item), Boolean.TRUE.equals(request.consistentRead())))
                .build();
    }

    /** The item with that key; null when there is none. */
    static @Nullable Map<String, AttributeValue> read(Table table, Map<String, AttributeValue> key,
            @Nullable String projection, Map<String, String> names) {
        Placeholders placeholders = new Placeholders(names, Map.of());
        List<Path> paths = projection == null ? null : UpdateParser.parseProjection(projection, placeholders);
        placeholders.checkUsed(projection != null);
        table.checkPaths(placeholders.paths());
        Map<String, AttributeValue> given = Values.normal(key);
        table.keys().checkFilled(given);
        Map<String, AttributeValue> item = table.find(table.keys().keyGiven(given));
        if (item.isEmpty()) {
            return null;
        }
        return paths == null ? item : Projection.of(item, paths);
    }

    static void refuseLegacy(boolean used, String member) {
        if (used) {
            throw Refusals.validation("The local cloud does not simulate the legacy parameters " + member
                    + "; use expressions");
        }
    }

    static boolean tellsOld(@Nullable ReturnValuesOnConditionCheckFailure asked) {
        return asked == ReturnValuesOnConditionCheckFailure.ALL_OLD;
    }

    private static void refuse(@Nullable ReturnValue asked, @Nullable String text) {
        if (asked != null && asked != ReturnValue.NONE && asked != ReturnValue.ALL_OLD) {
            throw Refusals.validation("ReturnValues can only be ALL_OLD or NONE, got " + text);
        }
    }

    private static @Nullable Map<String, AttributeValue> presentOrNull(Map<String, AttributeValue> attributes) {
        return attributes.isEmpty() ? null : attributes;
    }
}
