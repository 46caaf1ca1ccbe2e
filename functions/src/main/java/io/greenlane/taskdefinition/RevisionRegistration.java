package io.greenlane.taskdefinition;

import io.greenlane.image.Digest;
import io.greenlane.image.ImageCatalog;
import io.greenlane.image.Repository;
import java.util.List;

/** Brings the revision of a release into being: found when an earlier attempt registered it, registered otherwise, and proved. */
public final class RevisionRegistration {
    private final Revisions revisions;
    private final ImageCatalog images;

    public RevisionRegistration(Revisions revisions, ImageCatalog images) {
        this.revisions = revisions;
        this.images = images;
    }

    /**
     * The revision of the release. Registering has no idempotency token, so an attempt whose answer was lost is recognised by the
     * release's tag on one of the family's newest revisions that is the same copy; of several the oldest is used and the others
     * stay unused. A copy of what ran before somebody else deployed is not the same.
     *
     * @param sourceArn what the primary task set runs
     * @param repository only containers that run its images change
     * @throws io.greenlane.image.ImageGoneException when the image has been deleted meanwhile; nothing is registered then
     * @throws io.greenlane.service.ServiceNotDeployableException when no container runs an image of the repository
     * @throws CopyDiffersException when ECS registered something else
     */
    public Revision register(String sourceArn, Repository repository, Digest digest, String releaseId) {
        images.find(repository.name(), digest).orGone();
        Revision source = revisions.describe(sourceArn);
        RevisionCopy copy = RevisionCopy.of(source, repository, digest, releaseId);
        List<Revision> earlier = revisions.newest(source).stream().filter(copy::isSame).toList();
        if (!earlier.isEmpty()) {
            return earlier.get(earlier.size() - 1);
        }
        Revision registered = revisions.register(copy.request());
        copy.requireSame(registered);
        return registered;
    }
}
