package io.greenlane.rehearsal.show;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What became of one push for one service.
 *
 * @param outcome one of the outcomes of a release; NONE when there was none in time
 * @param seconds from the push to the outcome
 * @param secondsInFull the same with the waits of the deployment as long as on AWS
 * @param report of its validations, as a page; null when there is none
 * @param expected whether it is as the scenario wants it
 */
public record ReleaseResult(
        String tag, String digest, String service, String outcome, String reason, double seconds, double secondsInFull,
        @Nullable Path report, boolean expected) {}
