package io.greenlane.rehearsal.ecr;

/**
 * What AWS does not document about ECR, as switches.
 *
 * @param untaggedPushEvents whether the untagged platform manifests and attestations of an index announce a push of their
 *     own
 * @param repeatedPushEvents whether pushing the same manifest under the same tag again through the registry announces a
 *     second push, as other registries do
 * @param mountsBlobs whether a client may take a blob over from another repository of the registry (the account setting
 *     BLOB_MOUNTING)
 */
public record EcrBehaviour(boolean untaggedPushEvents, boolean repeatedPushEvents, boolean mountsBlobs) {
    /** The noisiest assumption: a workflow that copes with it copes with a quieter ECR. */
    public static EcrBehaviour recommended() {
        return new EcrBehaviour(true, true, true);
    }
}
