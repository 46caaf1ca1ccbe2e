package io.greenlane.release;

import io.greenlane.image.Digest;
import io.greenlane.image.RepositoryName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The place of a release in the queue of its service.
 *
 * @param pushedAt when ECR saw the push; the only order there is among pushes to one repository
 * @param token wakes the waiting workflow; a secret; null while it does not sleep
 */
public record Turn(String releaseId, RepositoryName repository, Digest digest, Instant pushedAt,
        @Nullable String token) {
    /** The same place, sleeping on this token. */
    public Turn sleepingOn(@Nullable String newToken) {
        return new Turn(releaseId, repository, digest, pushedAt, newToken);
    }

    Turn pushedAgainAt(Instant time) {
        return time.isAfter(pushedAt) ? new Turn(releaseId, repository, digest, time, token) : this;
    }
}
