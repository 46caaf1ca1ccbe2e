package io.greenlane.release;

import io.greenlane.image.Digest;
import io.greenlane.json.JsonObject;
import io.greenlane.release.Ledger.Change;
import io.greenlane.release.RollBack.Way;
import io.greenlane.service.ServiceReference;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last roll-back of each service that an operator wanted, in the ledger. */
public final class RollBacks {
    /** Somebody else's roll-back that is not done yet is finished, not decided anew, for so long. */
    private static final Duration UNDER_WAY = Duration.ofMinutes(2);
    /** The same operator with the same reason asks for the same roll-back, for so long. */
    private static final Duration SAME = Duration.ofHours(1);

    private final Ledger ledger;

    public RollBacks(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The last one; null when there was none. */
    public @Nullable RollBack find(ServiceReference service) {
        return read(ledger.find(id(service)));
    }

    /** The one that already answers what this operator asks now; null when it is to be decided anew. */
    public @Nullable RollBack standing(ServiceReference service, Operator operator, Instant now) {
        return standing(find(service), operator, now);
    }

    /** Writes a roll-back down, unless another came first; answers with the one that stands. */
    public RollBack begin(ServiceReference service, RollBack decided) {
        return ledger.change(id(service), entry -> {
            RollBack before = standing(read(entry), decided.operator(), decided.at());
            return before != null ? Change.keep(before) : Change.write(write(decided, service, entry), decided);
        });
    }

    /** It is to be done another way than was written down. */
    public void change(ServiceReference service, RollBack rollBack) {
        ledger.change(id(service), entry -> Change.write(write(rollBack, service, entry), rollBack));
    }

    /** All of it is done, and people are to hear of it. */
    public Done done(ServiceReference service, RollBack rollBack, Instant now) {
        String id = id(service);
        return ledger.change(id, entry -> {
            RollBack stored = read(entry);
            if (stored != null && stored.doneAt() != null) {
                return Change.keep(new Done(false, id, stored.sentence()));
            }
            Act act = new Act(Act.Kind.ROLL_BACK, rollBack.operator(), now, rollBack.sentence(), rollBack.releaseId());
            return Change.write(Acts.with(id, write(rollBack.done(now), service, entry), service, act),
                    new Done(true, id, rollBack.sentence()));
        });
    }

    private static @Nullable RollBack standing(@Nullable RollBack last, Operator operator, Instant now) {
        if (last == null) {
            return null;
        }
        boolean stands = last.doneAt() == null
                ? now.isBefore(last.at().plus(UNDER_WAY))
                : last.operator().equals(operator) && now.isBefore(last.at().plus(SAME));
        return stands ? last : null;
    }

    private static String id(ServiceReference service) {
        return "rollback#" + service.key();
    }

    private static @Nullable RollBack read(@Nullable Entry entry) {
        if (entry == null) {
            return null;
        }
        JsonObject members = new JsonObject(entry.id(), entry.members());
        String unwanted = members.optionalText("unwanted");
        String stopped = members.optionalText("deploymentId");
        return new RollBack(new Operator(members.text("by"), members.text("reason")), Instant.parse(members.text("at")),
                unwanted == null ? null : new Digest(unwanted), members.optionalText("releaseId"),
                stopped == null ? again(members.object("target")) : new Way.Stop(stopped),
                Members.time(members.optionalText("doneAt")));
    }

    private static Way again(JsonObject target) {
        return new Way.Again(KnownGoods.good(target), Instant.parse(target.text("wantedAt")));
    }

    private static Map<String, Object> write(RollBack rollBack, ServiceReference service, @Nullable Entry before) {
        Members members = new Members(before).put(service).put("by", rollBack.operator().name())
                .put("reason", rollBack.operator().reason()).put("at", rollBack.at())
                .put("releaseId", rollBack.releaseId()).put("doneAt", rollBack.doneAt())
                .put("unwanted", rollBack.unwanted() == null ? null : rollBack.unwanted().text());
        switch (rollBack.way()) {
            case Way.Stop(String deploymentId) -> members.put("deploymentId", deploymentId).put("target", null);
            case Way.Again(KnownGood target, Instant wantedAt) -> members.put("deploymentId", null).put("target",
                    members.in("target", Map.of("wantedAt", wantedAt.toString()))
                            .putAll(KnownGoods.members(target)).put("wantedAt", wantedAt));
        }
        return members.map();
    }
}
