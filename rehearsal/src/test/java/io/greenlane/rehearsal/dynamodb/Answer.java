package io.greenlane.rehearsal.dynamodb;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** What a DynamoDB answers to a request, in a form that can be compared. */
sealed interface Answer {
    /** Items or attributes. */
    record Done(String result) implements Answer {}

    /** A condition that did not hold, and the item that it was asked of. */
    record ConditionFailed(String item) implements Answer {}

    /** A transaction with a reason for each of its operations. */
    record Cancelled(List<Reason> reasons) implements Answer {
        boolean has(String code) {
            return reasons.stream().anyMatch(reason -> reason.code().equals(code));
        }
    }

    /** A request that makes no sense. */
    record Refused(String code, String message) implements Answer {}

    record Reason(String code, String message) {}

    static Answer of(DynamoDbClient client, DynamoDbRequest request) {
        try {
            return new Done(result(client, request));
        } catch (ConditionalCheckFailedException failed) {
            return new ConditionFailed(shown(failed.item()));
        } catch (TransactionCanceledException cancelled) {
            return new Cancelled(cancelled.cancellationReasons().stream().map(reason -> reason(reason)).toList());
        } catch (DynamoDbException refused) {
            return new Refused(refused.awsErrorDetails().errorCode(), refused.awsErrorDetails().errorMessage());
        }
    }

    private static String result(DynamoDbClient client, DynamoDbRequest request) {
        return switch (request) {
            case PutItemRequest put -> shown(client.putItem(put).attributes());
            case UpdateItemRequest update -> shown(client.updateItem(update).attributes());
            case DeleteItemRequest delete -> shown(client.deleteItem(delete).attributes());
            case GetItemRequest get -> shown(client.getItem(get).item());
            case QueryRequest query -> shownInOrder(client.query(query).items());
            case ScanRequest scan ->
                client.scan(scan).items().stream().map(item -> shown(item)).sorted().toList().toString();
            case TransactWriteItemsRequest transact -> client.transactWriteItems(transact).toString();
            default -> throw new IllegalArgumentException(request.toString());
        };
    }

    private static Reason reason(CancellationReason reason) {
        // DynamoDB Local ends the sentence of some operations with a full stop.
        return new Reason(reason.code(), String.valueOf(reason.message()).replaceFirst("\\.$", ""));
    }

    /** Items with the same sort key come in no particular order. */
    private static String shownInOrder(List<Map<String, AttributeValue>> items) {
        return items.stream().map(item -> item.containsKey("mustLeaveBy") ? shown(item.get("mustLeaveBy")) : "")
                .toList() + " " + items.stream().map(item -> shown(item)).sorted().toList();
    }

    private static String shown(Map<String, AttributeValue> item) {
        Map<String, String> attributes = new TreeMap<>();
        item.forEach((name, value) -> attributes.put(name, shown(value)));
        return attributes.toString();
    }

    private static String shown(AttributeValue value) {
        return Values.typeName(value) + ":" + switch (value.type()) {
            case SS, NS, BS -> Values.elements(value).stream().map(Object::toString).sorted().toList().toString();
            case L -> value.l().stream().map(element -> shown(element)).toList().toString();
            case M -> shown(value.m());
            // DynamoDB Local gives some numbers back as they were given; AWS trims zeros (Developer Guide, data types).
            case N -> Numbers.text(Numbers.of(value));
            default -> value.toString();
        };
    }
}
