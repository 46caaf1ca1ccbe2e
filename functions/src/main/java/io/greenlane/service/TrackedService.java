package io.greenlane.service;

import io.greenlane.image.RepositoryName;
import io.greenlane.image.TagPolicies;

/**
 * A service as its owner names it; everything else is found from this.
 *
 * @param repository its images arrive here
 * @param application CodeDeploy application, 1 to 100 characters
 * @param deploymentGroup CodeDeploy deployment group, 1 to 100 characters
 * @param tags which pushes it takes
 * @param overlap what a push does to a release that has not ended
 */
public record TrackedService(RepositoryName repository, String application, String deploymentGroup, TagPolicies tags,
        Overlap overlap) {
    /** The same with another overlap. */
    TrackedService with(Overlap other) {
        return new TrackedService(repository, application, deploymentGroup, tags, other);
    }

    /** The service before anything is known but its deployment group. */
    public ServiceReference reference() {
        return new ServiceReference(repository, application, deploymentGroup, null, null);
    }
}
