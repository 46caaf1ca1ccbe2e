package io.greenlane.release;

import io.greenlane.json.JsonObject;
import io.greenlane.release.Approvals.Asked;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an approval stands in the ledger. */
final class ApprovalEntry {
    private static final String KIND = "approval#";

    private ApprovalEntry() {}

    static String id(String turnId) {
        return KIND + turnId;
    }

    static boolean isOne(String entryId) {
        return entryId.startsWith(KIND);
    }

    static @Nullable Asked read(@Nullable Entry entry) {
        return entry == null ? null : read(entry.id(), entry.members());
    }

    private static Asked read(String id, Map<String, Object> all) {
        JsonObject members = new JsonObject(id, all);
        ApprovalTerms terms = new ApprovalTerms(id.substring(KIND.length()), Members.number(all, "number"),
                members.text("change"), Instant.parse(members.text("until")));
        return new Asked(new ApprovalRequest(terms, members.text("text"), members.text("why"), askedAt(members),
                Members.time(members.optionalText("toldAt"))),
                all.containsKey("decision") ? decision(members.object("decision")) : null);
    }

    private static Instant askedAt(JsonObject members) {
        return Instant.parse(members.text("askedAt"));
    }

    private static ApprovalDecision decision(JsonObject members) {
        return new ApprovalDecision(Boolean.TRUE.equals(members.members().get("approved")),
                new Operator(members.text("by"), members.text("reason")), Instant.parse(members.text("at")),
                members.text("code"));
    }

    static Members put(Members members, Asked asked) {
        ApprovalRequest request = asked.request();
        ApprovalDecision decision = asked.decision();
        return members.put("number", request.terms().number()).put("change", request.terms().change())
                .put("until", request.terms().until()).put("text", request.text()).put("why", request.why())
                .put("askedAt", request.askedAt()).put("toldAt", request.toldAt())
                .put("decision", decision == null
                        ? null
                        : members.in("decision", Map.of("at", decision.at().toString()))
                                .put("approved", decision.approved()).put("by", decision.operator().name())
                                .put("reason", decision.operator().reason()).put("at", decision.at())
                                .put("code", decision.code()))
                .put(Entry.EXPIRES_AT, Entry.OPEN_RELEASE.equals(members.map().get(Entry.OPEN))
                        ? null
                        : forgottenAt(request.askedAt()));
    }

    /** As an entry stands in the index that has nothing done by hand to tell. */
    static void index(String id, Members members) {
        members.put(Entry.OPEN, null).put(Entry.MUST_LEAVE_BY, null).put(Entry.EXPIRES_AT,
                forgottenAt(askedAt(new JsonObject(id, members.map()))));
    }

    private static long forgottenAt(Instant askedAt) {
        return askedAt.plus(EndingEntry.KEPT).getEpochSecond();
    }
}
