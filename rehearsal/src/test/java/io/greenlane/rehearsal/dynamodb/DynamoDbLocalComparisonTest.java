package io.greenlane.rehearsal.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.VirtualTimeline;
import io.greenlane.rehearsal.endpoint.LocalClients;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

/**
 * The same generated requests to our DynamoDB and to Amazon's DynamoDB Local: same answers, same errors. Runs with the
 * profile {@code dynamodb-local}, which brings DynamoDB Local; skipped without.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DynamoDbLocalComparisonTest {
    private static final String EMBEDDED = "com.amazonaws.services.dynamodbv2.local.embedded.DynamoDBEmbedded";
    private AutoCloseable server;
    private DynamoDbClient theirs;
    private DynamoDbClient ours;

    @BeforeAll
    void start() throws Exception {
        assumeTrue(isThere(), "DynamoDB Local comes with the Maven profile dynamodb-local");
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        Object embedded = Class.forName(EMBEDDED).getMethod("create").invoke(null);
        Class<?> local = Class.forName("com.amazonaws.services.dynamodbv2.local.shared.access.AmazonDynamoDBLocal");
        Method shutdown = local.getMethod("shutdown");
        server = () -> shutdown.invoke(embedded);
        theirs = (DynamoDbClient) local.getMethod("dynamoDbClient").invoke(embedded);
        ours = LocalClients.of(new SimulatedDynamoDb(new Account("123456789012", "eu-west-1"),
                new VirtualTimeline(Instant.parse("2026-03-01T12:00:00Z")), Duration.ZERO))
                .client(DynamoDbClient.builder());
    }

    @AfterAll
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void generated_requests_get_the_same_answers(long seed) {
        String table = "seed" + seed;
        theirs.createTable(LedgerTable.request(table));
        ours.createTable(LedgerTable.request(table));
        GeneratedRequests requests = new GeneratedRequests(seed);
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            DynamoDbRequest request = requests.next(table);
            String expected = outcome(theirs, request);
            String actual = outcome(ours, request);
            if (!expected.equals(actual)) {
                differences.add(request + "\n  DynamoDB Local: " + expected + "\n  ours:           " + actual);
            }
        }
        assertThat(differences).as(differences.size() + " of 500").isEmpty();
    }

    @Test
    void every_reserved_word_is_reserved_there_too() {
        theirs.createTable(LedgerTable.request("reserved"));
        // DynamoDB Local takes SIZE for an attribute; the Developer Guide lists it.
        assertThat(Placeholders.reservedWords()).filteredOn(word -> !word.equals("SIZE"))
                .allSatisfy(word -> assertThat(outcome(theirs,
                        GetItemRequest.builder().tableName("reserved").key(Map.of("id", AttributeValue.fromS("1")))
                                .projectionExpression(word).build()))
                        .isEqualTo("ValidationException"));
    }

    private static boolean isThere() {
        try {
            Class.forName(EMBEDDED);
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    private static String outcome(DynamoDbClient client, DynamoDbRequest request) {
        try {
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
        } catch (ConditionalCheckFailedException failed) {
            return "ConditionalCheckFailed " + shown(failed.item());
        } catch (TransactionCanceledException cancelled) {
            return cancelled.cancellationReasons().stream().map(CancellationReason::code).toList().toString();
        } catch (DynamoDbException refused) {
            // The sentences of DynamoDB Local differ from those of AWS in places; the code is what callers act on.
            return refused.awsErrorDetails().errorCode();
        }
    }

    /** Items with the same sort key come in no particular order. */
    private static String shownInOrder(List<Map<String, AttributeValue>> items) {
        return items.stream().map(item -> String.valueOf(item.get("mustLeaveBy"))).toList() + " "
                + items.stream().map(item -> shown(item)).sorted().toList();
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
            case N -> value.n();
            default -> value.toString();
        };
    }
}
