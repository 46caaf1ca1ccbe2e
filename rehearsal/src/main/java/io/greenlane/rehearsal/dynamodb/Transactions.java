package io.greenlane.rehearsal.dynamodb;

import io.greenlane.rehearsal.cloud.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.Get;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** All or nothing on up to a hundred items. */
final class Transactions {
    private static final int MOST_ITEMS = 100;
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(10);
    private final Tables tables;
    private final Timeline timeline;
    private final Map<String, Done> done = new HashMap<>();

    Transactions(Tables tables, Timeline timeline) {
        this.tables = tables;
        this.timeline = timeline;
    }

    TransactGetItemsResponse get(TransactGetItemsRequest request) {
        checkCount(request.transactItems().size());
        List<ItemResponse> responses = new ArrayList<>();
        for (var single : request.transactItems()) {
            Get get = single.get();
            responses.add(ItemResponse.builder().item(Items.read(tables.get(get.tableName()), get.key(),
                    get.projectionExpression(), get.expressionAttributeNames())).build());
        }
        return TransactGetItemsResponse.builder().responses(responses).build();
    }

    TransactWriteItemsResponse write(TransactWriteItemsRequest request) {
        checkCount(request.transactItems().size());
        if (isRepeated(request)) {
            return TransactWriteItemsResponse.builder().build();
        }
        List<Step> steps = request.transactItems().stream().map(this::step).toList();
        Set<Target> targets = new HashSet<>();
        for (Step step : steps) {
            Table table = step.write().table();
            // A key that does not fit the schema is the reason of that item, below.
            table.keys().keyIn(step.write().given()).ifPresent(key -> {
                if (!targets.add(new Target(table.name(), key))) {
                    throw Refusals.validation("Transaction request cannot include multiple operations on one item");
                }
            });
        }
        List<Map<String, AttributeValue>> after = new ArrayList<>();
        List<CancellationReason> reasons = steps.stream().map(step -> reason(step, after)).toList();
        if (reasons.stream().anyMatch(reason -> !reason.code().equals("None"))) {
            throw TransactionCanceledException.builder()
                    .message("Transaction cancelled, please refer cancellation reasons for specific reasons "
                            + reasons.stream().map(CancellationReason::code).toList())
                    .cancellationReasons(reasons).build();
        }
        for (int i = 0; i < steps.size(); i++) {
            steps.get(i).write().commit(after.get(i));
        }
        if (request.clientRequestToken() != null) {
            done.put(request.clientRequestToken(), new Done(request, timeline.now()));
        }
        return TransactWriteItemsResponse.builder().build();
    }

    private boolean isRepeated(TransactWriteItemsRequest request) {
        done.values().removeIf(earlier -> earlier.at().plus(TOKEN_LIFE).isBefore(timeline.now()));
        Done earlier = request.clientRequestToken() == null ? null : done.get(request.clientRequestToken());
        if (earlier == null) {
            return false;
        }
        if (!earlier.request().equalsBySdkFields(request)) {
            throw IdempotentParameterMismatchException.builder().message(
                    "The request parameters do not match those of an earlier request with the same client token")
                    .build();
        }
        return true;
    }

    private static CancellationReason reason(Step step, List<Map<String, AttributeValue>> after) {
        try {
            if (!step.write().conditionHolds()) {
                after.add(Map.of());
                Map<String, AttributeValue> before = step.write().before();
                return CancellationReason.builder().code("ConditionalCheckFailed")
                        .message("The conditional request failed")
                        .item(step.tellsOld() && !before.isEmpty() ? before : null).build();
            }
            after.add(step.write().after());
            return CancellationReason.builder().code("None").build();
        } catch (DynamoDbException invalid) {
            after.add(Map.of());
            return CancellationReason.builder().code("ValidationError")
                    .message(invalid.awsErrorDetails().errorMessage()).build();
        }
    }

    private Step step(TransactWriteItem item) {
        long set = Stream.of(item.put(), item.update(), item.delete(), item.conditionCheck())
                .filter(operation -> operation != null).count();
        if (set != 1) {
            throw Refusals.validation(
                    "TransactItems can only contain one of Check, Put, Update or Delete");
        }
        if (item.put() != null) {
            Put put = item.put();
            return new Step(Write.put(tables.get(put.tableName()), put.item(), put.conditionExpression(),
                    new Placeholders(put.expressionAttributeNames(), put.expressionAttributeValues())),
                    tellsOld(put.returnValuesOnConditionCheckFailure()));
        }
        if (item.update() != null) {
            Update update = item.update();
            return new Step(
                    Write.update(tables.get(update.tableName()), update.key(), update.updateExpression(),
                            update.conditionExpression(),
                            new Placeholders(update.expressionAttributeNames(), update.expressionAttributeValues())),
                    tellsOld(update.returnValuesOnConditionCheckFailure()));
        }
        if (item.delete() != null) {
            Delete delete = item.delete();
            return new Step(
                    Write.delete(tables.get(delete.tableName()), delete.key(), delete.conditionExpression(),
                            new Placeholders(delete.expressionAttributeNames(), delete.expressionAttributeValues())),
                    tellsOld(delete.returnValuesOnConditionCheckFailure()));
        }
        ConditionCheck check = item.conditionCheck();
        return new Step(
                Write.check(tables.get(check.tableName()), check.key(), check.conditionExpression(),
                        new Placeholders(check.expressionAttributeNames(), check.expressionAttributeValues())),
                tellsOld(check.returnValuesOnConditionCheckFailure()));
    }

    private static boolean tellsOld(ReturnValuesOnConditionCheckFailure asked) {
        return Items.tellsOld(asked);
    }

    private static void checkCount(int count) {
        if (count < 1 || count > MOST_ITEMS) {
            throw Refusals.validation("1 validation error detected: Value at 'transactItems' failed to satisfy "
                    + "constraint: Member must have length less than or equal to 100, and at least 1");
        }
    }

    private record Step(Write write, boolean tellsOld) {}

    private record Target(String table, ItemKey key) {}

    private record Done(TransactWriteItemsRequest request, Instant at) {}
}
