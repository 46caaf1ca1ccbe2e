package io.greenlane.aws;

import io.greenlane.gate.SigningStatus;
import io.greenlane.gate.SigningStatus.State;
import io.greenlane.image.Digest;
import io.greenlane.image.ImageGoneException;
import io.greenlane.image.RepositoryName;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.ImageSigningStatus;

/** Signatures that ECR makes itself when an image is pushed (managed signing). */
final class ImageSignatures {
    private final EcrClient ecr;

    ImageSignatures(EcrClient ecr) {
        this.ecr = ecr;
    }

    /** Those of an image that must be there, otherwise an {@link ImageGoneException}. */
    List<SigningStatus> of(RepositoryName repository, Digest digest) {
        try {
            return ecr.describeImageSigningStatus(it -> it.repositoryName(repository.text())
                    .imageId(id -> id.imageDigest(digest.text()))).signingStatuses().stream()
                    .map(ImageSignatures::status).toList();
        } catch (ImageNotFoundException e) {
            throw new ImageGoneException("Image " + digest + " is no longer in " + repository);
        }
    }

    private static SigningStatus status(ImageSigningStatus status) {
        State state = switch (status.status()) {
            case COMPLETE -> State.COMPLETE;
            case IN_PROGRESS -> State.IN_PROGRESS;
            case FAILED, UNKNOWN_TO_SDK_VERSION -> State.FAILED;
        };
        return new SigningStatus(Objects.requireNonNullElse(status.signingProfileArn(), ""), state,
                Stream.of(status.failureCode(), status.failureReason()).filter(Objects::nonNull)
                        .collect(Collectors.joining(", ")));
    }
}
