package io.greenlane.validation.check;

import io.greenlane.probe.Answer;
import io.greenlane.probe.Request;
import io.greenlane.validation.Bench;
import java.time.Duration;

/** Asks green, and tells answers of proven green from all others. */
record Proven(Bench bench, GreenProof proof) {
    /** What asking came to. */
    sealed interface Asked {}

    /** Green was proven before and after. */
    record Counts(Answer answer) implements Asked {}

    /** It may have been another that answered. */
    record Doubted(String doubt) implements Asked {}

    /**
     * Asks once.
     *
     * @param left the longest the answer may take, whatever the request allows
     */
    Asked ask(Request request, Duration left) {
        String before = proof.doubtBefore();
        if (before != null) {
            return new Doubted(before);
        }
        Answer answer = bench.sender().send(bench.green(), Told.within(request, left));
        String after = proof.doubtAfter(answer);
        return after == null ? new Counts(answer) : new Doubted(after);
    }
}
