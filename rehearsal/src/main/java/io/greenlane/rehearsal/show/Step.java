package io.greenlane.rehearsal.show;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step of a release as it stands now.
 *
 * @param id the same for every state of the same step
 * @param depth 0 for a step of the workflow, 1 for one of the deployment below it
 * @param detail empty, or what there is to say about it
 * @param begun when it was first heard of
 * @param ended null while it runs
 * @param due when a wait will end, null for anything else
 */
record Step(
        String id,
        int depth,
        String title,
        Mark mark,
        String detail,
        Instant begun,
        @Nullable Instant ended,
        @Nullable Instant due) {

    /** This step, begun when the earlier state of it had begun, with its detail where there is no newer one. */
    Step after(Step earlier) {
        return new Step(id, depth, title, mark, detail.isEmpty() ? earlier.detail : detail, earlier.begun, ended,
                due == null && mark == Mark.RUNNING ? earlier.due : due);
    }
}
