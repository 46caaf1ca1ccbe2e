package io.greenlane.rehearsal.schema;

import io.greenlane.aws.DynamoDbLedgerTable;
import io.greenlane.hook.Verdicts;
import io.greenlane.image.Digest;
import io.greenlane.image.RepositoryName;
import io.greenlane.install.Causes;
import io.greenlane.release.Approvals;
import io.greenlane.release.Drifts;
import io.greenlane.release.GateOverrides;
import io.greenlane.release.GateWaits;
import io.greenlane.release.GroupReleases;
import io.greenlane.release.KnownGoods;
import io.greenlane.release.Ledger;
import io.greenlane.release.Outbox;
import io.greenlane.release.Quarantine;
import io.greenlane.release.Releases;
import io.greenlane.release.RollBacks;
import io.greenlane.release.ServiceQueue;
import io.greenlane.service.ServiceReference;
import io.greenlane.validation.HookEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/** All that the functions read in one item of the ledger. */
public final class LedgerReader {
    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    private final String id;
    private final Ledger ledger;

    private LedgerReader(String id, Map<String, AttributeValue> item) {
        this.id = id;
        this.ledger = new Ledger(new DynamoDbLedgerTable(new OnlyItem(id, item), "ledger"), () -> "reader");
    }

    /** What the item of that id says, and what is told to people because of it. */
    public static List<@Nullable Object> read(String id, Map<String, AttributeValue> item) {
        LedgerReader reader = new LedgerReader(id, item);
        List<@Nullable Object> all = new ArrayList<>(reader.says());
        new Outbox(reader.ledger, announcement -> all.add(announcement.message()), CLOCK).announce(id);
        return all;
    }

    private List<@Nullable Object> says() {
        String[] parts = id.split("#", 3);
        String name = parts[1];
        return switch (parts[0]) {
            case "release" -> one(new Releases(ledger, CLOCK).find(name));
            case "group-release" -> one(new GroupReleases(ledger, CLOCK).find(name));
            case "service" -> queue(service(name, null));
            case "group" -> queue(service("application/deploymentGroup", name));
            case "deployment" -> deployment(name);
            case "quarantine" -> one(new Quarantine(ledger).find(service(name, null), new Digest(parts[2])));
            case "good" -> one(new KnownGoods(ledger).of(service(name, null)));
            case "rollback" -> one(new RollBacks(ledger).find(service(name, null)));
            case "drift" -> one(new Drifts(ledger).of(service(name, null)));
            case "gates" -> one(new GateWaits(ledger).find(name));
            case "override" -> one(new GateOverrides(ledger).standing(service(parts[2], null), Instant.EPOCH));
            case "approval" -> one(new Approvals(ledger).find(name));
            // Of these only the ending is read, and told.
            case "execution", "event" -> List.of();
            default -> throw new IllegalArgumentException("Nobody reads " + id);
        };
    }

    private static List<@Nullable Object> one(@Nullable Object read) {
        return Stream.ofNullable(read).toList();
    }

    private List<@Nullable Object> queue(ServiceReference service) {
        ServiceQueue queue = new ServiceQueue(ledger);
        return List.of(queue.head(service), queue.acts(service));
    }

    private List<@Nullable Object> deployment(String deploymentId) {
        Verdicts verdicts = new Verdicts(ledger);
        Causes causes = new Causes(ledger, CLOCK);
        List<@Nullable Object> all = new ArrayList<>(
                Arrays.stream(HookEvent.values()).map(hook -> verdicts.find(deploymentId, hook)).toList());
        all.add(causes.whyRefused(deploymentId));
        all.add(causes.speaksAgainstImage(deploymentId));
        return all;
    }

    private static ServiceReference service(String key, @Nullable String group) {
        String[] names = key.split("/", 2);
        return new ServiceReference(new RepositoryName("repository"), names[0], names[1], null, null, group);
    }

    /** A table with one item, in which what is written is not kept. */
    private record OnlyItem(String id, Map<String, AttributeValue> item) implements DynamoDbClient {
        @Override
        public GetItemResponse getItem(GetItemRequest request) {
            return GetItemResponse.builder()
                    .item(id.equals(Objects.requireNonNull(request.key().get("id")).s()) ? item : Map.of()).build();
        }

        @Override
        public PutItemResponse putItem(PutItemRequest request) {
            return PutItemResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
