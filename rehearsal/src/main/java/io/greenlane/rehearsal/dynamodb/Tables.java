package io.greenlane.rehearsal.dynamodb;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Timeline;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.SSEStatus;
import software.amazon.awssdk.services.dynamodb.model.SSEType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** The tables by name: made, described, dropped, and relieved of expired items. */
final class Tables {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");
    private final Account account;
    private final Timeline timeline;
    private final Duration expiryLag;
    private final Map<String, Table> tables = new TreeMap<>();

    Tables(Account account, Timeline timeline, Duration expiryLag) {
        this.account = account;
        this.timeline = timeline;
        this.expiryLag = expiryLag;
    }

    TableDescription create(CreateTableRequest request) {
        if (!NAME.matcher(request.tableName()).matches()) {
            throw Refusals
                    .validation("TableName must be at least 3 characters long and at most 255 characters long, of "
                            + "a-z, A-Z, 0-9, '_', '-' and '.', got '" + request.tableName() + "'");
        }
        if (tables.containsKey(request.tableName())) {
            throw ResourceInUseException.builder().message("Table already exists: " + request.tableName()).build();
        }
        if (request.hasLocalSecondaryIndexes() || request.streamSpecification() != null) {
            throw Refusals.validation("The local cloud does not simulate local secondary indexes and streams");
        }
        Table table = new Table(request, timeline.now(), this::scheduleExpiry);
        tables.put(request.tableName(), table);
        return describe(table);
    }

    /** The table of a name or ARN, for an operation on its items. */
    Table get(String nameOrArn) {
        return find(nameOrArn).orElseThrow(
                () -> ResourceNotFoundException.builder().message("Requested resource not found").build());
    }

    /** The table of a name or ARN, for an operation on the table. */
    Table named(String nameOrArn) {
        return find(nameOrArn).orElseThrow(() -> ResourceNotFoundException.builder()
                .message("Requested resource not found: Table: " + nameOrArn + " not found").build());
    }

    TableDescription delete(String name) {
        Table table = named(name);
        tables.remove(table.name());
        return describe(table).toBuilder().tableStatus(TableStatus.DELETING).build();
    }

    Collection<String> names() {
        return tables.keySet();
    }

    /** Looks at every item again after the attribute of the time to live has changed. */
    void rescheduleExpiry(Table table) {
        table.keysInOrder().forEach(key -> scheduleExpiry(table, key));
    }

    String arn(Table table) {
        return account.arn("dynamodb", "table/" + table.name());
    }

    TableDescription describe(Table table) {
        CreateTableRequest definition = table.definition();
        TableDescription.Builder description = TableDescription.builder().tableName(table.name()).tableArn(arn(table))
                .tableId(UUID.nameUUIDFromBytes((table.name() + table.created()).getBytes(StandardCharsets.UTF_8))
                        .toString())
                .tableStatus(TableStatus.ACTIVE).creationDateTime(table.created())
                .attributeDefinitions(definition.attributeDefinitions()).keySchema(definition.keySchema())
                .itemCount((long) table.count()).tableSizeBytes(table.bytes())
                .provisionedThroughput(throughput(definition.provisionedThroughput()))
                .deletionProtectionEnabled(Boolean.TRUE.equals(definition.deletionProtectionEnabled()));
        if (definition.billingMode() == BillingMode.PAY_PER_REQUEST) {
            description.billingModeSummary(summary -> summary.billingMode(BillingMode.PAY_PER_REQUEST)
                    .lastUpdateToPayPerRequestDateTime(table.created()));
        }
        if (definition.sseSpecification() != null && Boolean.TRUE.equals(definition.sseSpecification().enabled())) {
            description.sseDescription(encryption -> encryption.status(SSEStatus.ENABLED).sseType(SSEType.KMS)
                    .kmsMasterKeyArn(definition.sseSpecification().kmsMasterKeyId()));
        }
        if (definition.hasGlobalSecondaryIndexes()) {
            description.globalSecondaryIndexes(definition.globalSecondaryIndexes().stream()
                    .map(index -> describe(table, index)).toList());
        }
        return description.build();
    }

    private GlobalSecondaryIndexDescription describe(Table table, GlobalSecondaryIndex index) {
        KeySchema keys = table.index(index.indexName()).keys();
        long count = table.keysInOrder().stream().filter(key -> keys.keyIn(table.find(key)).isPresent()).count();
        return GlobalSecondaryIndexDescription.builder().indexName(index.indexName())
                .indexArn(arn(table) + "/index/" + index.indexName()).indexStatus(IndexStatus.ACTIVE)
                .keySchema(index.keySchema()).projection(index.projection()).itemCount(count).indexSizeBytes(0L)
                .provisionedThroughput(throughput(index.provisionedThroughput())).build();
    }

    private static ProvisionedThroughputDescription throughput(ProvisionedThroughput throughput) {
        return ProvisionedThroughputDescription.builder().numberOfDecreasesToday(0L)
                .readCapacityUnits(throughput == null ? 0L : throughput.readCapacityUnits())
                .writeCapacityUnits(throughput == null ? 0L : throughput.writeCapacityUnits()).build();
    }

    Optional<Table> find(String nameOrArn) {
        String name = nameOrArn.startsWith("arn:") ? nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1) : nameOrArn;
        return Optional.ofNullable(tables.get(name));
    }

    private void scheduleExpiry(Table table, ItemKey key) {
        expiry(table, key).ifPresent(at -> {
            Duration left = Duration.between(timeline.now(), at);
            timeline.after((left.isNegative() ? Duration.ZERO : left).plus(expiryLag), () -> {
                if (expiry(table, key).filter(at::equals).isPresent()) {
                    table.delete(key);
                }
            });
        });
    }

    /** Items whose time to live has passed more than five years ago are kept (Developer Guide, time to live). */
    private Optional<Instant> expiry(Table table, ItemKey key) {
        return table.expiryAttribute().map(attribute -> table.find(key).get(attribute))
                .filter(value -> value.type() == AttributeValue.Type.N).map(Numbers::of)
                .filter(seconds -> seconds.compareTo(BigDecimal.valueOf(Instant.MAX.getEpochSecond())) < 0)
                .map(seconds -> Instant.ofEpochSecond(seconds.longValue()))
                .filter(at -> at.isAfter(timeline.now().minus(Duration.ofDays(5 * 365))));
    }
}
