package io.greenlane.aws;

import io.greenlane.gate.cosign.CosignSignature;
import io.greenlane.gate.cosign.SignatureLayer;
import io.greenlane.gate.cosign.Verification;
import io.greenlane.image.Digest;
import io.greenlane.image.ImageGoneException;
import io.greenlane.image.RepositoryName;
import io.greenlane.json.Json;
import io.greenlane.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageReferrer;
import software.amazon.awssdk.services.ecr.model.ListImageReferrersResponse;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/**
 * What lies beside an image as cosign lays signatures: under its signature tag, and as artifacts that refer to it. ECR lists those
 * to whom may have images (ECR API, ListImageReferrers).
 */
final class CosignSignatures {
    /** Who may push can lay down any number. */
    private static final int MOST = 50;

    private static final List<String> ACCEPTED = List.of("application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.v2+json");

    private final EcrClient ecr;
    private final LayerContents contents;

    CosignSignatures(EcrClient ecr, LayerContents contents) {
        this.ecr = ecr;
        this.contents = contents;
    }

    /** Those of an image, whoever made them. */
    List<CosignSignature> of(RepositoryName repository, Digest digest) {
        List<CosignSignature> signatures = new ArrayList<>();
        for (Image artifact : artifacts(repository, digest)) {
            for (JsonObject layer : layers(artifact)) {
                if (signatures.size() == MOST) {
                    signatures.addFirst(new CosignSignature.Unreadable("more than " + MOST + " are there, of which "
                            + MOST + " were looked at: delete those that are worth nothing"));
                    return signatures;
                }
                signatures.add(signature(repository, layer));
            }
        }
        return signatures;
    }

    private List<Image> artifacts(RepositoryName repository, Digest digest) {
        try {
            List<ImageIdentifier> ids = Stream.concat(
                    Stream.of(ImageIdentifier.builder().imageTag(digest.text().replace(':', '-') + ".sig").build()),
                    referrers(repository, digest).stream()
                            .map(one -> ImageIdentifier.builder().imageDigest(one.digest()).build()))
                    .toList();
            return ecr.batchGetImage(it -> it.repositoryName(repository.text()).imageIds(ids)
                    .acceptedMediaTypes(ACCEPTED)).images();
        } catch (RepositoryNotFoundException e) {
            throw new ImageGoneException("Repository " + repository + " does not exist any more");
        }
    }

    /** Attestations have the same type of artifact. Most say of themselves that they are some, and need not be read. */
    private List<ImageReferrer> referrers(RepositoryName repository, Digest digest) {
        List<ImageReferrer> found = new ArrayList<>();
        String next = null;
        do {
            String token = next;
            ListImageReferrersResponse page = ecr.listImageReferrers(it -> it.repositoryName(repository.text())
                    .subjectId(id -> id.imageDigest(digest.text()))
                    .filter(filter -> filter.artifactTypes(SignatureLayer.ARTIFACTS)).maxResults(MOST)
                    .nextToken(token));
            page.referrers().stream().filter(one -> Verification.SIGNATURE.equals(one.annotations()
                    .getOrDefault("dev.sigstore.bundle.predicateType", Verification.SIGNATURE))).forEach(found::add);
            next = page.nextToken();
        } while (next != null && found.size() <= MOST);
        return found.subList(0, Math.min(found.size(), MOST + 1));
    }

    private static List<JsonObject> layers(Image artifact) {
        try {
            return SignatureLayer.in(new JsonObject("manifest", Json.object(artifact.imageManifest())));
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    private CosignSignature signature(RepositoryName repository, JsonObject layer) {
        try {
            SignatureLayer read = SignatureLayer.read(layer);
            return read.signature(contents.text(repository, read.content(), SignatureLayer.LARGEST));
        } catch (IllegalArgumentException e) {
            return new CosignSignature.Unreadable(String.valueOf(e.getMessage()));
        }
    }
}
