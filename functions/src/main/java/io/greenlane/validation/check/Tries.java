package io.greenlane.validation.check;

import io.greenlane.validation.Result;
import io.greenlane.validation.rules.Retry;
import org.jspecify.annotations.Nullable;

/** The answers of a check so far; only those that count. */
final class Tries {
    private final Retry retry;
    private int counted;
    private int row;
    private @Nullable Judgement worstOfRow;
    private @Nullable Judgement bad;

    Tries(Retry retry) {
        this.retry = retry;
    }

    int counted() {
        return counted;
    }

    /** The last bad one; null when there was none. */
    @Nullable
    Judgement bad() {
        return bad;
    }

    /** An answer did not count: a row of good ones begins anew. */
    void doubted() {
        row = 0;
        worstOfRow = null;
    }

    /** Takes one more; the verdict once it stands, else null. */
    @Nullable
    Judgement next(Judgement judgement) {
        counted++;
        if (!judgement.good()) {
            row = 0;
            worstOfRow = null;
            bad = judgement;
            return counted < retry.attempts() ? null : ended(judgement);
        }
        row++;
        Judgement worst = worstOfRow == null || judgement.result().compareTo(worstOfRow.result()) > 0
                ? judgement
                : worstOfRow;
        worstOfRow = worst;
        if (row >= retry.inARow()) {
            return row == 1 ? worst : worst.adding(", " + row + " times in a row");
        }
        return bad == null || counted < retry.attempts() ? null : ended(bad);
    }

    private Judgement ended(Judgement last) {
        return counted == 1 ? last : last.adding("; " + counted + " attempts, the last bad one is told");
    }

    /** Out of time: bad if anything was, else nothing can be said. */
    @Nullable
    Judgement outOfTime() {
        if (bad != null) {
            return ended(bad);
        }
        return worstOfRow == null
                ? null
                : new Judgement(Result.INCONCLUSIVE,
                        "There was time for " + row + " good answers in a row, expected " + retry.inARow() + ": "
                                + worstOfRow.sentence(),
                        retry.inARow() + " good answers in a row", row + " in a row");
    }
}
