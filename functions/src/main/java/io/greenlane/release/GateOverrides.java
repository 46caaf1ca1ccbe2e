package io.greenlane.release;

import io.greenlane.image.Digest;
import io.greenlane.json.JsonObject;
import io.greenlane.release.Ledger.Change;
import io.greenlane.service.ServiceReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The gates that people have overridden, in the ledger: one entry for each service, or for each group. An override counts for one
 * digest, until its time is over or that digest has been deployed; the last {@value #KEPT} are kept.
 */
public final class GateOverrides {
    private static final int KEPT = 20;
    private static final String KIND = "override#";
    private static final String OVERRIDES = "overrides";

    private final Ledger ledger;
    private final KnownGoods goods;

    public GateOverrides(Ledger ledger) {
        this.ledger = ledger;
        this.goods = new KnownGoods(ledger);
    }

    /** Those that count now, the oldest first. */
    public List<GateOverride> standing(ServiceReference service, Instant now) {
        return standing(service, read(ledger.find(id(service))), now);
    }

    /** Who overrode a gate for a digest, so that it does not hold it now; null when nobody did. */
    public @Nullable Operator of(ServiceReference service, Digest digest, String gate, Instant now) {
        return standing(service, now).stream()
                .filter(one -> one.digest().equals(digest) && one.gates().contains(gate))
                .map(GateOverride::operator).findFirst().orElse(null);
    }

    /**
     * Overrides gates, unless all of them are overridden for the digest by now.
     *
     * @param releaseId the release of the digest that it is for; null when there is none yet
     */
    public Done override(ServiceReference service, GateOverride wanted, @Nullable String releaseId) {
        String id = id(service);
        return ledger.change(id, entry -> {
            List<GateOverride> all = new ArrayList<>(read(entry));
            List<GateOverride> standing = standing(service, all, wanted.at()).stream()
                    .filter(one -> one.digest().equals(wanted.digest())).toList();
            if (standing.stream().flatMap(one -> one.gates().stream()).toList().containsAll(wanted.gates())) {
                return Change.keep(new Done(false, id, "Nothing new: " + standing.stream().map(GateOverride::shown)
                        .reduce((one, next) -> one + "; " + next).orElse("") + "."));
            }
            all.add(wanted);
            String sentence = "Until " + wanted.until() + ", or until it has been deployed once, "
                    + wanted.digest() + " is not held by " + GateOverride.named(wanted.gates()) + " at "
                    + (service.group() == null ? service.key() : "group " + service.group())
                    + ". All else holds it as before: quarantine, validation and other gates.";
            return Change.write(Acts.with(id, write(all, entry), service,
                    new Act(Act.Kind.BREAK_GLASS, wanted.operator(), wanted.at(), sentence, releaseId)),
                    new Done(true, id, sentence));
        });
    }

    /** A digest that was deployed since has used what stood for it. */
    private List<GateOverride> standing(ServiceReference service, List<GateOverride> all, Instant now) {
        List<GateOverride> lasting = all.stream().filter(one -> one.lasts(now)).toList();
        if (lasting.isEmpty()) {
            return lasting;
        }
        List<KnownGood> deployed = goods.of(service);
        return lasting.stream().filter(one -> !KnownGoods.mayHave(deployed, one.digest(), one.at())).toList();
    }

    private static String id(ServiceReference service) {
        return KIND + HeadEntry.id(service);
    }

    private static List<GateOverride> read(@Nullable Entry entry) {
        return entry == null
                ? List.of()
                : new JsonObject(entry.id(), entry.members()).objects(OVERRIDES).stream()
                        .map(one -> new GateOverride(new Digest(one.text("digest")),
                                Members.texts(one.members(), "gates"),
                                new Operator(one.text("by"), one.text("reason")), Instant.parse(one.text("at")),
                                Instant.parse(one.text("until"))))
                        .toList();
    }

    private static Map<String, Object> write(List<GateOverride> all, @Nullable Entry before) {
        return new Members(before).putObjects(OVERRIDES, all.stream().skip(Math.max(0, all.size() - KEPT))
                .map(one -> new Members(Map.of()).put("digest", one.digest().text()).put("gates", one.gates())
                        .put("by", one.operator().name()).put("reason", one.operator().reason()).put("at", one.at())
                        .put("until", one.until()).map())
                .toList()).map();
    }
}
