package io.greenlane.aws;

import io.greenlane.release.Entry;
import io.greenlane.release.LedgerTable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * The ledger in a DynamoDB table with partition key {@code id} and the index {@code open}. Whole items are put under a condition
 * on their version; a refused put answers with the stored item, so no second read is needed to know who was first.
 */
public final class DynamoDbLedgerTable implements LedgerTable {
    private static final String ID = "id";
    private static final String VERSION = "version";
    private static final String WRITER = "writer";

    private final DynamoDbClient dynamoDb;
    private final String table;

    public DynamoDbLedgerTable(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    @Override
    public @Nullable Entry find(String id) {
        Map<String, AttributeValue> item = dynamoDb.getItem(
                call -> call.tableName(table).key(Map.of(ID, text(id))).consistentRead(true)).item();
        return item == null || item.isEmpty() ? null : entry(item);
    }

    @Override
    public Written write(Entry entry) {
        Map<String, AttributeValue> item = new LinkedHashMap<>(map(entry.members()));
        item.put(ID, text(entry.id()));
        item.put(VERSION, number(entry.version()));
        item.put(WRITER, text(entry.writer()));
        PutItemRequest.Builder put = PutItemRequest.builder().tableName(table).item(item)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        if (entry.version() == 1) {
            put.conditionExpression("attribute_not_exists(#id)").expressionAttributeNames(Map.of("#id", ID));
        } else {
            put.conditionExpression("#version = :before").expressionAttributeNames(Map.of("#version", VERSION))
                    .expressionAttributeValues(Map.of(":before", number(entry.version() - 1)));
        }
        try {
            dynamoDb.putItem(put.build());
            return new Written.Done();
        } catch (ConditionalCheckFailedException e) {
            return new Written.Refused(e.hasItem() && !e.item().isEmpty() ? entry(e.item()) : null);
        }
    }

    @Override
    public List<String> overdue(Instant now) {
        return dynamoDb.queryPaginator(call -> call.tableName(table).indexName(Entry.OPEN)
                .keyConditionExpression("#open = :open AND #by < :now")
                .expressionAttributeNames(Map.of("#open", Entry.OPEN, "#by", Entry.MUST_LEAVE_BY))
                .expressionAttributeValues(
                        Map.of(":open", text(Entry.OPEN_RELEASE), ":now", number(now.getEpochSecond()))))
                .items().stream().map(item -> required(item, ID).s()).toList();
    }

    @Override
    public List<String> listed(String partition, int atMost) {
        return dynamoDb
                .query(call -> call.tableName(table).indexName(Entry.OPEN).keyConditionExpression("#open = :open")
                        .expressionAttributeNames(Map.of("#open", Entry.OPEN))
                        .expressionAttributeValues(Map.of(":open", text(partition))).scanIndexForward(false)
                        .limit(atMost))
                .items().stream().map(item -> required(item, ID).s()).toList();
    }

    private static Entry entry(Map<String, AttributeValue> item) {
        Map<String, Object> members = new LinkedHashMap<>();
        item.forEach((name, value) -> members.put(name, plain(value)));
        members.keySet().removeAll(List.of(ID, VERSION, WRITER));
        return new Entry(required(item, ID).s(), Long.parseLong(required(item, VERSION).n()),
                required(item, WRITER).s(), members);
    }

    private static AttributeValue required(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name),
                () -> "An item of the ledger has no attribute '" + name + "'; who wrote it?");
    }

    private static Object plain(AttributeValue value) {
        return switch (value.type()) {
            case S -> value.s();
            case N -> whole(value.n());
            case BOOL -> value.bool();
            case L -> value.l().stream().map(DynamoDbLedgerTable::plain).toList();
            case M -> {
                Map<String, Object> map = new LinkedHashMap<>();
                value.m().forEach((name, member) -> map.put(name, plain(member)));
                yield map;
            }
            default -> throw new IllegalStateException("The ledger holds no " + value.type() + " attributes");
        };
    }

    private static Object whole(String digits) {
        return new BigDecimal(digits).longValueExact();
    }

    private static AttributeValue attribute(Object value) {
        return switch (value) {
            case String text -> text(text);
            case Long number -> number(number);
            case Integer number -> number(number);
            case Boolean truth -> AttributeValue.fromBool(truth);
            case List<?> list -> AttributeValue.fromL(list.stream().map(DynamoDbLedgerTable::attribute).toList());
            case Map<?, ?> members -> AttributeValue.fromM(map(members));
            default -> throw new IllegalArgumentException("The ledger cannot hold a " + value.getClass().getName());
        };
    }

    private static Map<String, AttributeValue> map(Map<?, ?> members) {
        Map<String, AttributeValue> map = new HashMap<>();
        members.forEach((name, value) -> map.put(String.valueOf(name), attribute(value)));
        return map;
    }

    private static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    private static AttributeValue number(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }
}
