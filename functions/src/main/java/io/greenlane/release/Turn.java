package io.greenlane.release;

import io.greenlane.image.Digest;
import io.greenlane.image.RepositoryName;
import io.greenlane.service.ServiceReference;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The place of a release in the queue of its service.
 *
 * @param pushedAt when ECR saw the push; the only order there is among pushes to one repository
 * @param releaseId of the release, or of the release of a group
 * @param token wakes the workflow that waits, for its turn or at its gates; a secret; null while it does not sleep. Members of a group have tokens of their own
 * @param overtakenBy the release of a newer push that took the place of this one while it ran; it never reaches production then.
 *     Null when none did, and never changed once set
 * @param cleared whether production may move to it, or has; no release takes its place any more then
 */
public record Turn(String releaseId, RepositoryName repository, Digest digest, Instant pushedAt,
        @Nullable String token, @Nullable String overtakenBy, boolean cleared) {
    /** A place before anything has happened there. */
    public Turn(String releaseId, RepositoryName repository, Digest digest, Instant pushedAt, @Nullable String token) {
        this(releaseId, repository, digest, pushedAt, token, null, false);
    }

    /** The release that has this place at a service: itself, or its member there when it is the release of a group. */
    public String releaseAt(ServiceReference service) {
        return isOfGroup() ? ReleaseId.ofMember(releaseId, service) : releaseId;
    }

    /** Whether the release of a group has this place. */
    public boolean isOfGroup() {
        return ReleaseId.isOfGroup(releaseId);
    }

    /** The same place, sleeping on this token. */
    public Turn sleepingOn(@Nullable String newToken) {
        return new Turn(releaseId, repository, digest, pushedAt, newToken, overtakenBy, cleared);
    }

    Turn pushedAgainAt(Instant time) {
        return time.isAfter(pushedAt)
                ? new Turn(releaseId, repository, digest, time, token, overtakenBy, cleared)
                : this;
    }

    Turn makingWayFor(Turn newer) {
        return overtakenBy != null || cleared || !repository.equals(newer.repository)
                ? this
                : new Turn(releaseId, repository, digest, pushedAt, token, newer.releaseId, false);
    }

    Turn clear() {
        return new Turn(releaseId, repository, digest, pushedAt, token, overtakenBy, true);
    }
}
