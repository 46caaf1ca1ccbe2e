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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * The same generated requests to our DynamoDB and to Amazon's DynamoDB Local: same answers, same errors. Runs with the
 * profile {@code dynamodb-local}, which brings DynamoDB Local; skipped without.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DynamoDbLocalComparisonTest {
    private static final String EMBEDDED = "com.amazonaws.services.dynamodbv2.local.embedded.DynamoDBEmbedded";
    private static final int REQUESTS = 500;
    /** In the Developer Guide's list, and taken for names of attributes by DynamoDB Local. */
    private static final Set<String> RESERVED_BY_AWS_ALONE = Set.of("CONVERT", "PUBLISH", "SIZE", "TERMINATE",
            "VARIABLES");
    /** How often each kind of answer and each known difference was seen. */
    private final Map<String, Integer> seen = new TreeMap<>();
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
            checkThatEverythingWasSeen();
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
        for (int i = 0; i < REQUESTS; i++) {
            DynamoDbRequest request = requests.next(table);
            Answer expected = Answer.of(theirs, request);
            Answer actual = Answer.of(ours, request);
            seen.merge(actual.getClass().getSimpleName(), 1, Integer::sum);
            if (Wording.agree(expected, actual, request instanceof TransactWriteItemsRequest)) {
                continue;
            }
            Optional<KnownDifference> known = KnownDifference.between(expected, actual);
            known.ifPresent(difference -> seen.merge(difference.name(), 1, Integer::sum));
            if (known.isEmpty()) {
                differences.add(request + "\n  DynamoDB Local: " + expected + "\n  ours:           " + actual);
            }
            if (expected instanceof Answer.Done) {
                startAgain(table);
            }
        }
        assertThat(differences).as(differences.size() + " of " + REQUESTS).isEmpty();
    }

    /** Empties a table after one side has done what the other has refused. */
    private void startAgain(String table) {
        for (DynamoDbClient client : List.of(theirs, ours)) {
            for (Map<String, AttributeValue> item : client.scan(scan -> scan.tableName(table)).items()) {
                client.deleteItem(delete -> delete.tableName(table).key(Map.of("id", item.get("id"))));
            }
        }
    }

    @Test
    void every_reserved_word_is_reserved_there_too() {
        theirs.createTable(LedgerTable.request("reserved"));
        assertThat(Placeholders.reservedWords()).filteredOn(word -> !RESERVED_BY_AWS_ALONE.contains(word))
                .allSatisfy(word -> assertThat(Answer.of(theirs,
                        GetItemRequest.builder().tableName("reserved").key(Map.of("id", AttributeValue.fromS("1")))
                                .projectionExpression(word).build()))
                        .isInstanceOf(Answer.Refused.class));
    }

    /** Conditions apart, which DynamoDB Local asks before. */
    @Test
    void a_transaction_with_two_operations_on_one_item_is_refused() {
        theirs.createTable(LedgerTable.request("twice"));
        ours.createTable(LedgerTable.request("twice"));
        Map<String, AttributeValue> key = Map.of("id", AttributeValue.fromS("k1"));
        TransactWriteItemsRequest twice = TransactWriteItemsRequest.builder().transactItems(
                TransactWriteItem.builder().put(put -> put.tableName("twice").item(key)).build(),
                TransactWriteItem.builder().delete(delete -> delete.tableName("twice").key(key)).build()).build();
        assertThat(Answer.of(ours, twice)).isEqualTo(Answer.of(theirs, twice)).isInstanceOf(Answer.Refused.class);
    }

    /** Runs after the tests with generated requests, whatever their order. */
    private void checkThatEverythingWasSeen() {
        List<String> kinds = new ArrayList<>(List.of("Done", "ConditionFailed", "Cancelled", "Refused"));
        Stream.of(KnownDifference.values()).map(Enum::name).forEach(kinds::add);
        assertThat(seen.keySet()).as("answers seen: " + seen).containsAll(kinds);
    }

    private static boolean isThere() {
        try {
            Class.forName(EMBEDDED);
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }
}
