package io.greenlane.release;

import io.greenlane.image.Digest;
import io.greenlane.image.RepositoryName;
import io.greenlane.image.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A digest that was deployed to a service, with every verdict passed.
 *
 * @param tag under which it was pushed
 * @param taskDefinition ARN of the revision that it was deployed with; null when that was not recorded
 * @param deploymentId null when that was not recorded
 * @param at when its release ended
 */
public record KnownGood(RepositoryName repository, Digest digest, Tag tag, @Nullable String taskDefinition,
        String releaseId, @Nullable String deploymentId, Instant at) {}
