package io.greenlane.gate;

import java.time.Duration;
import java.time.Instant;

/**
 * When a release looks at its gates.
 *
 * @param now by the clock of the function
 * @param since when it looked at them first and had to wait; now at the first look. Deadlines count from then
 */
public record Look(Instant now, Instant since) {
    /** What a gate says that does not let the release pass yet: not yet until its time is over, and no more after that. */
    Finding notYet(String gate, String sentence, Duration wait, String wayOut) {
        Instant until = since.plus(wait);
        return now.isBefore(until)
                ? new Finding.NotYet(gate, sentence + "; the release waits for it until " + until, until)
                : new Finding.Blocked(gate, sentence + ", and " + Waits.text(wait) + " of waiting are over: " + wayOut);
    }
}
