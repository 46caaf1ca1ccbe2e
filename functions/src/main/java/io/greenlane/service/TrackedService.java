package io.greenlane.service;

import io.greenlane.image.RepositoryName;
import io.greenlane.image.TagPolicies;
import org.jspecify.annotations.Nullable;

/**
 * A service as its owner names it; everything else is found from this.
 *
 * @param repository its images arrive here
 * @param application CodeDeploy application, 1 to 100 characters
 * @param deploymentGroup CodeDeploy deployment group, 1 to 100 characters
 * @param tags which pushes it takes
 * @param overlap what a push does to a release that has not ended
 * @param place in the group that it is released with; null when it is released alone
 */
public record TrackedService(RepositoryName repository, String application, String deploymentGroup, TagPolicies tags,
        Overlap overlap, @Nullable Place place) {
    /** A service that is released alone. */
    public TrackedService(RepositoryName repository, String application, String deploymentGroup, TagPolicies tags,
            Overlap overlap) {
        this(repository, application, deploymentGroup, tags, overlap, null);
    }

    /**
     * The place of a service in its group.
     *
     * @param group its name, 1 to 50 letters, digits, dashes and underscores
     * @param wave in which production moves, from 1
     */
    public record Place(String group, int wave) {}

    /** The same with another overlap. */
    TrackedService with(Overlap other) {
        return new TrackedService(repository, application, deploymentGroup, tags, other, place);
    }

    /** The service before anything is known but its deployment group. */
    public ServiceReference reference() {
        return new ServiceReference(repository, application, deploymentGroup, null, null,
                place == null ? null : place.group());
    }
}
