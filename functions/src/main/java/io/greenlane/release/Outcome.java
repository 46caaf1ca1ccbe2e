package io.greenlane.release;

/** How a release ended. There are no other ways, and each release ends in exactly one. */
public enum Outcome {
    /** The new revision serves production. */
    DEPLOYED,
    /** It did not hold what it promised; the revision before serves production again, or still. */
    ROLLED_BACK,
    /** Not fit to be deployed: the push, the service or its settings. Nothing was touched. */
    REJECTED,
    /** A newer push took its place before it was deployed. */
    SUPERSEDED,
    /** Already released, or being released. */
    DUPLICATE,
    /** A push that no service wants. */
    IGNORED,
    /** The image was deleted before it could be deployed. */
    IMAGE_GONE,
    /** The service is held; a person decides when it goes on. */
    HELD,
    /** Stopped by a person. */
    ABORTED,
    /** CodeDeploy says that it is deployed, but production runs something else: somebody else changed the service. */
    DIVERGED,
    /** Something else went wrong; the reason says what. */
    FAILED,
    /** Of a group: its services do not run the same, or nobody knows; a person must look. No single service ends so. */
    MIXED;

    /** Whether people hear of it; that nothing was to be done is recorded, not announced. */
    public boolean isAnnounced() {
        return this != DUPLICATE && this != IGNORED;
    }
}
