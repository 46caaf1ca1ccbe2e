package io.greenlane.rehearsal.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What holds for outcomes and their announcements, whatever goes wrong. */
final class LedgerPromises implements Observation.Witness {
    private final Observation seen;
    private final Violations violations;

    LedgerPromises(Observation seen, Violations violations) {
        this.seen = seen;
        this.violations = violations;
    }

    /** I6: an outcome is written once; I8: and so is a verdict. */
    @Override
    public void written(@Nullable LedgerItem before, LedgerItem after) {
        if (before != null && before.outcome() != null) {
            violations.unless(before.outcome().equals(after.outcome()) && before.reason().equals(after.reason())
                    && Objects.equals(before.text("ending", "at"), after.text("ending", "at")), "I6",
                    before.id() + " had ended as " + before.outcome() + " (" + before.reason() + "), and then as "
                            + after.outcome() + " (" + after.reason() + ")");
        }
        if (before != null && after.isA("deployment")) {
            before.attributes().forEach((matter, note) -> violations.unless(
                    !note.hasM() || note.equals(after.attributes().get(matter)), "I8",
                    "the " + matter + " of " + before.id() + " was " + note + ", and then "
                            + after.attributes().get(matter)));
        }
    }

    /** I10: nothing is announced that is not recorded. */
    @Override
    public void announced(JsonNode message) {
        boolean recorded = seen.ledger().stream().anyMatch(item -> message.has("drift")
                ? item.differs(message.path("drift").asText(), message.path("found").asText())
                : item.outcome() != null && item.outcome().equals(message.path("outcome").asText())
                        && item.reason().equals(message.path("reason").asText()));
        violations.unless(recorded, "I10", "announced, but nowhere recorded: " + message);
    }
}
