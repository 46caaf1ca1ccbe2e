package io.greenlane.release;

import io.greenlane.image.Digest;
import io.greenlane.image.RepositoryName;
import io.greenlane.image.Tag;
import io.greenlane.json.JsonObject;
import io.greenlane.release.Ledger.Change;
import io.greenlane.service.ServiceReference;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was deployed to each service, in the ledger: the last {@value #KEPT} digests of one that ended DEPLOYED. */
public final class KnownGoods {
    private static final int KEPT = 20;
    private static final String DEPLOYED = "deployed";

    private final Ledger ledger;

    public KnownGoods(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Newest first, each digest once. A digest that was quarantined since is among them. */
    public List<KnownGood> of(ServiceReference service) {
        return read(ledger.find(id(service)));
    }

    /** Adds one; adding it again changes nothing. */
    void add(ServiceReference service, KnownGood good) {
        ledger.change(id(service), entry -> {
            List<KnownGood> known = read(entry);
            if (known.stream().anyMatch(one -> one.digest().equals(good.digest()) && !one.at().isBefore(good.at()))) {
                return Change.keep(good);
            }
            List<KnownGood> all = Stream
                    .concat(Stream.of(good), known.stream().filter(one -> !one.digest().equals(good.digest())))
                    .sorted(Comparator.comparing(KnownGood::at).reversed()).limit(KEPT).toList();
            return Change.write(
                    new Members(entry).putObjects(DEPLOYED, all.stream().map(KnownGoods::members).toList()).map(),
                    good);
        });
    }

    /**
     * Whether one of those that were deployed is of that digest and came after that time. Where older ones are not known any more,
     * it may have been.
     */
    static boolean mayHave(List<KnownGood> deployed, Digest digest, Instant since) {
        return deployed.stream().anyMatch(one -> one.digest().equals(digest) && one.at().isAfter(since))
                || (deployed.size() >= KEPT && deployed.stream().allMatch(one -> one.at().isAfter(since)));
    }

    private static String id(ServiceReference service) {
        return "good#" + service.key();
    }

    private static List<KnownGood> read(@Nullable Entry entry) {
        return entry == null
                ? List.of()
                : new JsonObject(entry.id(), entry.members()).objects(DEPLOYED).stream().map(KnownGoods::good)
                        .toList();
    }

    static KnownGood good(JsonObject members) {
        return new KnownGood(new RepositoryName(members.text("repository")), new Digest(members.text("digest")),
                new Tag(members.text("tag")), members.optionalText("taskDefinition"), members.text("releaseId"),
                members.optionalText("deploymentId"), Instant.parse(members.text("at")));
    }

    static Map<String, Object> members(KnownGood good) {
        return new Members(Map.of()).put("repository", good.repository().text()).put("digest", good.digest().text())
                .put("tag", good.tag().text()).put("taskDefinition", good.taskDefinition())
                .put("releaseId", good.releaseId()).put("deploymentId", good.deploymentId()).put("at", good.at())
                .map();
    }
}
