package io.greenlane.gate;

import java.time.Duration;

/**
 * Somebody has approved the change.
 *
 * @param patience how long a release waits for that
 */
public record Approval(Duration patience) implements Gate {
    static final String GATE = "approval";

    @Override
    public String name() {
        return GATE;
    }

    @Override
    public String sentence() {
        return "approval: somebody has approved the change; a release waits for " + Waits.text(patience);
    }
}
