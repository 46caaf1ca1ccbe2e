package io.greenlane.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.release.Entry;
import io.greenlane.release.LedgerTable.Written;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.paginators.QueryIterable;

class DynamoDbLedgerTableTest {
    private static final Map<String, Object> MEMBERS = Map.of("text", "täxt", "number", 42L, "truth", true, "list",
            List.of("a", Map.of("b", 1L)), "map", Map.of("deep", Map.of("deeper", "x")));

    private final FakeDynamoDb dynamoDb = new FakeDynamoDb();
    private final DynamoDbLedgerTable table = new DynamoDbLedgerTable(dynamoDb, "releases");

    @Test
    void an_entry_comes_back_as_it_was_written() {
        Entry entry = new Entry("release#1", 1, "writer", MEMBERS);
        assertThat(table.write(entry)).isEqualTo(new Written.Done());
        assertThat(table.find("release#1")).isEqualTo(entry);
        assertThat(table.find("release#2")).isNull();
    }

    @Test
    void the_first_write_needs_an_absent_item_and_later_ones_the_version_before() {
        Entry first = new Entry("x", 1, "w1", MEMBERS);
        table.write(first);
        assertThat(table.write(new Entry("x", 1, "w2", MEMBERS))).isEqualTo(new Written.Refused(first));
        Entry second = new Entry("x", 2, "w3", Map.of());
        assertThat(table.write(second)).isEqualTo(new Written.Done());
        assertThat(table.write(new Entry("x", 2, "w4", MEMBERS))).isEqualTo(new Written.Refused(second));
        assertThat(table.write(new Entry("gone", 5, "w5", MEMBERS))).isEqualTo(new Written.Refused(null));
    }

    @Test
    void overdue_entries_are_asked_of_the_index() {
        table.write(new Entry("x", 1, "w", Map.of(Entry.OPEN, Entry.OPEN_RELEASE, Entry.MUST_LEAVE_BY, 9L)));
        assertThat(table.overdue(Instant.ofEpochSecond(10))).containsExactly("x");
        assertThat(dynamoDb.asked).singleElement().satisfies(query -> {
            assertThat(query.indexName()).isEqualTo("open");
            assertThat(query.expressionAttributeValues()).containsEntry(":now", AttributeValue.fromN("10"))
                    .containsEntry(":open", AttributeValue.fromS("release"));
        });
    }

    /** As much of DynamoDB as the ledger needs. */
    private static final class FakeDynamoDb implements DynamoDbClient {
        private final Map<String, Map<String, AttributeValue>> items = new HashMap<>();
        private final List<QueryRequest> asked = new ArrayList<>();

        @Override
        public GetItemResponse getItem(GetItemRequest request) {
            assertThat(request.consistentRead()).isTrue();
            String id = Objects.requireNonNull(request.key().get("id")).s();
            return GetItemResponse.builder().item(items.get(id)).build();
        }

        @Override
        public PutItemResponse putItem(PutItemRequest request) {
            assertThat(request.returnValuesOnConditionCheckFailure())
                    .isEqualTo(ReturnValuesOnConditionCheckFailure.ALL_OLD);
            String id = Objects.requireNonNull(request.item().get("id")).s();
            Map<String, AttributeValue> stored = items.get(id);
            boolean holds = switch (request.conditionExpression()) {
                case "attribute_not_exists(#id)" -> stored == null;
                case "#version = :before" -> stored != null && Objects.equals(stored.get("version"),
                        request.expressionAttributeValues().get(":before"));
                default -> throw new AssertionError(request.conditionExpression());
            };
            if (!holds) {
                throw ConditionalCheckFailedException.builder().item(stored).build();
            }
            items.put(id, request.item());
            return PutItemResponse.builder().build();
        }

        @Override
        public QueryResponse query(QueryRequest request) {
            asked.add(request);
            return QueryResponse.builder().items(items.values()).build();
        }

        @Override
        public QueryIterable queryPaginator(QueryRequest request) {
            return new QueryIterable(this, request);
        }

        @Override
        public String serviceName() {
            return "dynamodb";
        }

        @Override
        public void close() {}
    }
}
