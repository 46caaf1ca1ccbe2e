package io.greenlane.rehearsal.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What holds for outcomes and their announcements, whatever goes wrong. */
final class LedgerPromises implements Observation.Witness {
    private final Observation seen;
    private final Violations violations;

    LedgerPromises(Observation seen, Violations violations) {
        this.seen = seen;
        this.violations = violations;
    }

    /** I6: an outcome is written once. */
    @Override
    public void written(@Nullable LedgerItem before, LedgerItem after) {
        if (before != null && before.outcome() != null) {
            violations.unless(before.outcome().equals(after.outcome()) && before.reason().equals(after.reason()), "I6",
                    before.id() + " had ended as " + before.outcome() + " (" + before.reason() + "), and then as "
                            + after.outcome() + " (" + after.reason() + ")");
        }
    }

    /** I10: nothing is announced that is not recorded. */
    @Override
    public void announced(JsonNode message) {
        boolean recorded = seen.ledger().stream().anyMatch(item -> item.outcome() != null
                && item.outcome().equals(message.path("outcome").asText())
                && item.reason().equals(message.path("reason").asText()));
        violations.unless(recorded, "I10", "announced, but nowhere recorded: " + message);
    }
}
