package io.greenlane.rehearsal.dynamodb;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsDescription;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsStatus;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTablesResponse;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.SSESpecification;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TagResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.TagResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UntagResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.UntagResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveResponse;

/** The DynamoDB API of the local cloud. */
public final class SimulatedDynamoDb implements DynamoDbClient {
    /** Expired items go within a few days on AWS (Developer Guide, time to live); here two days later. */
    public static final Duration USUAL_EXPIRY_LAG = Duration.ofDays(2);
    private static final int MOST_NAMES = 100;
    private final Tables tables;
    private final Items items;
    private final Queries queries;
    private final Batches batches;
    private final Transactions transactions;

    /** @param expiryLag how long an item outlives its time to live */
    public SimulatedDynamoDb(Account account, Timeline timeline, Duration expiryLag) {
        this.tables = new Tables(account, timeline, expiryLag);
        this.items = new Items(tables);
        this.queries = new Queries(tables);
        this.batches = new Batches(tables);
        this.transactions = new Transactions(tables, timeline);
    }

    /** The key that a table was given; empty where it is that of DynamoDB, and where there is no such table. */
    public Optional<String> key(String table) {
        return tables.find(table).map(found -> found.definition().sseSpecification())
                .map(SSESpecification::kmsMasterKeyId);
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // Holds nothing outside this process's memory.
    }

    @Override
    public CreateTableResponse createTable(CreateTableRequest request) {
        return CreateTableResponse.builder().tableDescription(tables.create(request)).build();
    }

    @Override
    public DescribeTableResponse describeTable(DescribeTableRequest request) {
        return DescribeTableResponse.builder().table(tables.describe(tables.named(request.tableName()))).build();
    }

    @Override
    public DeleteTableResponse deleteTable(DeleteTableRequest request) {
        return DeleteTableResponse.builder().tableDescription(tables.delete(request.tableName())).build();
    }

    @Override
    public ListTablesResponse listTables(ListTablesRequest request) {
        int limit = request.limit() == null ? MOST_NAMES : request.limit();
        String start = request.exclusiveStartTableName();
        List<String> rest = tables.names().stream().filter(name -> start == null || name.compareTo(start) > 0).toList();
        List<String> page = rest.subList(0, Math.min(limit, rest.size()));
        return ListTablesResponse.builder().tableNames(page)
                .lastEvaluatedTableName(page.size() < rest.size() ? page.getLast() : null).build();
    }

    @Override
    public UpdateTimeToLiveResponse updateTimeToLive(UpdateTimeToLiveRequest request) {
        Table table = tables.named(request.tableName());
        var wanted = request.timeToLiveSpecification();
        boolean enabled = table.expiryAttribute().isPresent();
        if (wanted.enabled() == enabled) {
            throw Refusals.validation("TimeToLive is already " + (enabled ? "enabled" : "disabled"));
        }
        table.expireBy(wanted.enabled() ? wanted.attributeName() : null);
        tables.rescheduleExpiry(table);
        return UpdateTimeToLiveResponse.builder().timeToLiveSpecification(wanted).build();
    }

    @Override
    public DescribeTimeToLiveResponse describeTimeToLive(DescribeTimeToLiveRequest request) {
        Table table = tables.named(request.tableName());
        return DescribeTimeToLiveResponse.builder()
                .timeToLiveDescription(ttl -> ttl.attributeName(table.expiryAttribute().orElse(null)).timeToLiveStatus(
                        table.expiryAttribute().isPresent() ? TimeToLiveStatus.ENABLED : TimeToLiveStatus.DISABLED))
                .build();
    }

    @Override
    public DescribeContinuousBackupsResponse describeContinuousBackups(DescribeContinuousBackupsRequest request) {
        return DescribeContinuousBackupsResponse.builder()
                .continuousBackupsDescription(backups(tables.named(request.tableName()))).build();
    }

    /** Kept and shown; nothing here outlives the process, so there is nothing to restore. */
    @Override
    public UpdateContinuousBackupsResponse updateContinuousBackups(UpdateContinuousBackupsRequest request) {
        Table table = tables.named(request.tableName());
        table.recoverable(request.pointInTimeRecoverySpecification().pointInTimeRecoveryEnabled());
        return UpdateContinuousBackupsResponse.builder().continuousBackupsDescription(backups(table)).build();
    }

    private static ContinuousBackupsDescription backups(Table table) {
        return ContinuousBackupsDescription.builder().continuousBackupsStatus(ContinuousBackupsStatus.ENABLED)
                .pointInTimeRecoveryDescription(recovery -> recovery.pointInTimeRecoveryStatus(table.isRecoverable()
                        ? PointInTimeRecoveryStatus.ENABLED
                        : PointInTimeRecoveryStatus.DISABLED))
                .build();
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest request) {
        Table table = tables.named(request.resourceArn());
        List<Tag> tags = new ArrayList<>(table.tags());
        tags.removeIf(tag -> request.tags().stream().anyMatch(added -> added.key().equals(tag.key())));
        tags.addAll(request.tags());
        table.tag(tags);
        return TagResourceResponse.builder().build();
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest request) {
        Table table = tables.named(request.resourceArn());
        table.tag(table.tags().stream().filter(tag -> !request.tagKeys().contains(tag.key())).toList());
        return UntagResourceResponse.builder().build();
    }

    @Override
    public ListTagsOfResourceResponse listTagsOfResource(ListTagsOfResourceRequest request) {
        return ListTagsOfResourceResponse.builder().tags(tables.named(request.resourceArn()).tags()).build();
    }

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
        return items.put(request);
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
        return items.get(request);
    }

    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest request) {
        return items.update(request);
    }

    @Override
    public DeleteItemResponse deleteItem(DeleteItemRequest request) {
        return items.delete(request);
    }

    @Override
    public QueryResponse query(QueryRequest request) {
        return queries.query(request);
    }

    @Override
    public ScanResponse scan(ScanRequest request) {
        return queries.scan(request);
    }

    @Override
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
        return batches.get(request);
    }

    @Override
    public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
        return batches.write(request);
    }

    @Override
    public TransactGetItemsResponse transactGetItems(TransactGetItemsRequest request) {
        return transactions.get(request);
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
        return transactions.write(request);
    }
}
