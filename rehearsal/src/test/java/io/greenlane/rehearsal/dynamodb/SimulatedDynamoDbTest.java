package io.greenlane.rehearsal.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.VirtualTimeline;
import io.greenlane.rehearsal.endpoint.LocalClients;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** A ledger's use of DynamoDB, through the real client. */
class SimulatedDynamoDbTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private final VirtualTimeline timeline = new VirtualTimeline(START);
    private final DynamoDbClient dynamoDb = LocalClients.of(
            new SimulatedDynamoDb(new Account("123456789012", "eu-west-1"), timeline, Duration.ofDays(2)))
            .client(DynamoDbClient.builder());

    @BeforeEach
    void create() {
        dynamoDb.createTable(LedgerTable.request("ledger"));
    }

    @Test
    void a_table_says_how_it_was_made() {
        var table = dynamoDb.describeTable(r -> r.tableName("ledger")).table();
        assertThat(table.tableStatusAsString()).isEqualTo("ACTIVE");
        assertThat(table.tableArn()).isEqualTo("arn:aws:dynamodb:eu-west-1:123456789012:table/ledger");
        assertThat(table.globalSecondaryIndexes()).singleElement()
                .satisfies(index -> assertThat(index.indexName()).isEqualTo("open"));
        assertThatThrownBy(() -> dynamoDb.createTable(LedgerTable.request("ledger")))
                .isInstanceOf(ResourceInUseException.class);
        assertThatThrownBy(() -> dynamoDb.describeTable(r -> r.tableName("other")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void a_conditional_put_wins_once_and_tells_the_loser_what_is_there() {
        put(Map.of("id", s("a"), "state", s("STARTED")));
        ConditionalCheckFailedException lost = catchThrowableOfType(ConditionalCheckFailedException.class,
                () -> dynamoDb.putItem(r -> r.tableName("ledger").item(Map.of("id", s("a")))
                        .conditionExpression("attribute_not_exists(id)")
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
        assertThat(lost.item()).containsEntry("state", s("STARTED"));
    }

    @Test
    void an_update_computes_every_right_side_from_the_item_as_it_was() {
        put(Map.of("id", s("a"), "x", n("1"), "y", n("10"), "list", AttributeValue.fromL(List.of(s("p"), s("q"))),
                "tags", AttributeValue.fromSs(List.of("one", "two"))));
        UpdateItemResponse answer = dynamoDb.updateItem(r -> r.tableName("ledger").key(Map.of("id", s("a")))
                .updateExpression("SET x = y, y = x + :n, #l = list_append(#l, :more), z = if_not_exists(z, :zero) "
                        + "REMOVE gone ADD hits :n DELETE tags :gone")
                .expressionAttributeNames(Map.of("#l", "list"))
                .expressionAttributeValues(Map.of(":n", n("5"), ":more", AttributeValue.fromL(List.of(s("r"))), ":zero",
                        n("0"), ":gone", AttributeValue.fromSs(List.of("one"))))
                .returnValues(ReturnValue.ALL_NEW));
        assertThat(answer.attributes()).containsEntry("x", n("10")).containsEntry("y", n("6"))
                .containsEntry("z", n("0")).containsEntry("hits", n("5"))
                .containsEntry("tags", AttributeValue.fromSs(List.of("two")));
    }

    @Test
    void an_index_holds_the_items_that_have_its_keys_in_order_and_in_pages() {
        for (int i = 0; i < 5; i++) {
            put(Map.of("id", s("r" + i), "open", s("y"), "mustLeaveBy", n(String.valueOf(100 - i))));
        }
        put(Map.of("id", s("closed")));
        QueryResponse first = dynamoDb.query(r -> r.tableName("ledger").indexName("open")
                .keyConditionExpression("#o = :y AND mustLeaveBy < :t").expressionAttributeNames(Map.of("#o", "open"))
                .expressionAttributeValues(Map.of(":y", s("y"), ":t", n("100"))).limit(3));
        assertThat(first.items()).extracting(item -> item.get("id")).containsExactly(s("r4"), s("r3"), s("r2"));
        QueryResponse second = dynamoDb.query(r -> r.tableName("ledger").indexName("open")
                .keyConditionExpression("#o = :y AND mustLeaveBy < :t").expressionAttributeNames(Map.of("#o", "open"))
                .expressionAttributeValues(Map.of(":y", s("y"), ":t", n("100")))
                .exclusiveStartKey(first.lastEvaluatedKey()));
        assertThat(second.items()).extracting(item -> item.get("id")).containsExactly(s("r1"));
        assertThat(second.hasLastEvaluatedKey()).isFalse();
    }

    @Test
    void a_transaction_does_all_or_nothing_and_says_why_item_by_item() {
        put(Map.of("id", s("a"), "v", n("1")));
        List<TransactWriteItem> items = List.of(
                TransactWriteItem.builder().put(p -> p.tableName("ledger").item(Map.of("id", s("b")))).build(),
                TransactWriteItem.builder().update(u -> u.tableName("ledger").key(Map.of("id", s("a")))
                        .updateExpression("SET v = :two").conditionExpression("v = :two")
                        .expressionAttributeValues(Map.of(":two", n("2")))).build());
        TransactionCanceledException cancelled = catchThrowableOfType(TransactionCanceledException.class,
                () -> dynamoDb.transactWriteItems(r -> r.transactItems(items)));
        assertThat(cancelled.cancellationReasons()).extracting(CancellationReason::code).containsExactly("None",
                "ConditionalCheckFailed");
        assertThat(dynamoDb.getItem(r -> r.tableName("ledger").key(Map.of("id", s("b")))).hasItem()).isFalse();
        dynamoDb.transactWriteItems(r -> r.clientRequestToken("token").transactItems(items.getFirst()));
        dynamoDb.deleteItem(r -> r.tableName("ledger").key(Map.of("id", s("b"))));
        dynamoDb.transactWriteItems(r -> r.clientRequestToken("token").transactItems(items.getFirst()));
        assertThat(dynamoDb.getItem(r -> r.tableName("ledger").key(Map.of("id", s("b")))).hasItem()).isFalse();
        assertThatThrownBy(() -> dynamoDb.transactWriteItems(r -> r.clientRequestToken("token").transactItems(items)))
                .isInstanceOf(IdempotentParameterMismatchException.class);
    }

    @Test
    void an_expired_item_outlives_its_time_by_the_lag() {
        dynamoDb.updateTimeToLive(r -> r.tableName("ledger")
                .timeToLiveSpecification(t -> t.enabled(true).attributeName("expiresAt")));
        put(Map.of("id", s("a"), "expiresAt", n(String.valueOf(START.plusSeconds(3600).getEpochSecond()))));
        timeline.advance(Duration.ofDays(2));
        assertThat(dynamoDb.getItem(r -> r.tableName("ledger").key(Map.of("id", s("a")))).hasItem()).isTrue();
        timeline.advance(Duration.ofHours(1));
        assertThat(dynamoDb.getItem(r -> r.tableName("ledger").key(Map.of("id", s("a")))).hasItem()).isFalse();
    }

    @Test
    void a_reserved_word_is_refused_by_name() {
        assertThatThrownBy(() -> dynamoDb.getItem(
                r -> r.tableName("ledger").key(Map.of("id", s("a"))).projectionExpression("id, state")))
                .isInstanceOf(DynamoDbException.class).hasMessageContaining(
                        "Invalid ProjectionExpression: Attribute name is a reserved keyword; reserved keyword: state");
    }

    private void put(Map<String, AttributeValue> item) {
        dynamoDb.putItem(r -> r.tableName("ledger").item(item));
    }

    private static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }

    private static AttributeValue n(String number) {
        return AttributeValue.fromN(number);
    }
}
