package io.greenlane.rehearsal.ecr;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecr.model.BatchCheckLayerAvailabilityRequest;
import software.amazon.awssdk.services.ecr.model.BatchCheckLayerAvailabilityResponse;
import software.amazon.awssdk.services.ecr.model.CompleteLayerUploadRequest;
import software.amazon.awssdk.services.ecr.model.CompleteLayerUploadResponse;
import software.amazon.awssdk.services.ecr.model.EmptyUploadException;
import software.amazon.awssdk.services.ecr.model.GetDownloadUrlForLayerRequest;
import software.amazon.awssdk.services.ecr.model.GetDownloadUrlForLayerResponse;
import software.amazon.awssdk.services.ecr.model.InitiateLayerUploadRequest;
import software.amazon.awssdk.services.ecr.model.InitiateLayerUploadResponse;
import software.amazon.awssdk.services.ecr.model.Layer;
import software.amazon.awssdk.services.ecr.model.LayerAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.LayerAvailability;
import software.amazon.awssdk.services.ecr.model.LayerFailure;
import software.amazon.awssdk.services.ecr.model.LayerFailureCode;
import software.amazon.awssdk.services.ecr.model.LayersNotFoundException;
import software.amazon.awssdk.services.ecr.model.UploadLayerPartRequest;
import software.amazon.awssdk.services.ecr.model.UploadLayerPartResponse;

/** The operations on layers, which AWS's own registry front uses for a push. */
final class LayerOperations {
    /** The parameter of an address that has its signature. */
    static final String SIGNATURE = "X-Amz-Signature";
    private static final long PART_BYTES = 20_971_520;

    private final Registry registry;
    private final String address;

    LayerOperations(Registry registry, String address) {
        this.registry = registry;
        this.address = address;
    }

    BatchCheckLayerAvailabilityResponse check(BatchCheckLayerAvailabilityRequest request) {
        Repository repository = registry.require(request.registryId(), request.repositoryName());
        List<Layer> layers = new ArrayList<>();
        List<LayerFailure> failures = new ArrayList<>();
        for (String digest : request.layerDigests()) {
            if (Digests.isDigest(digest)) {
                Layer.Builder layer = Layer.builder().layerDigest(digest);
                layers.add(repository.blob(digest)
                        .map(blob -> layer.layerAvailability(LayerAvailability.AVAILABLE).layerSize((long) blob.length))
                        .orElseGet(() -> layer.layerAvailability(LayerAvailability.UNAVAILABLE)).build());
            } else {
                failures.add(LayerFailure.builder().layerDigest(digest)
                        .failureCode(LayerFailureCode.INVALID_LAYER_DIGEST)
                        .failureReason("A layer digest is sha256: and 64 hex digits, got '" + digest + "'").build());
            }
        }
        return BatchCheckLayerAvailabilityResponse.builder().layers(layers).failures(failures).build();
    }

    InitiateLayerUploadResponse initiate(InitiateLayerUploadRequest request) {
        Repository repository = registry.require(request.registryId(), request.repositoryName());
        return InitiateLayerUploadResponse.builder().uploadId(repository.startUpload(registry.newUploadId()).id())
                .partSize(PART_BYTES).build();
    }

    UploadLayerPartResponse upload(UploadLayerPartRequest request) {
        Repository repository = registry.require(request.registryId(), request.repositoryName());
        LayerUpload upload = repository.upload(request.uploadId());
        byte[] part = request.layerPartBlob().asByteArray();
        if (request.partLastByte() - request.partFirstByte() + 1 != part.length || part.length > PART_BYTES) {
            throw EcrFaults.invalid("A layer part has the bytes partFirstByte to partLastByte, at most " + PART_BYTES
                    + "; got " + request.partFirstByte() + " to " + request.partLastByte() + " with " + part.length
                    + " bytes");
        }
        upload.append(request.partFirstByte(), part);
        return UploadLayerPartResponse.builder().registryId(repository.registryId()).repositoryName(repository.name())
                .uploadId(upload.id()).lastByteReceived(upload.offset() - 1).build();
    }

    CompleteLayerUploadResponse complete(CompleteLayerUploadRequest request) {
        Repository repository = registry.require(request.registryId(), request.repositoryName());
        LayerUpload upload = repository.upload(request.uploadId());
        String digest = request.layerDigests().getFirst();
        if (upload.offset() == 0) {
            throw EmptyUploadException.builder().message("The upload '" + upload.id() + "' has no parts").build();
        }
        repository.endUpload(upload.id());
        if (repository.blob(digest).isPresent()) {
            throw LayerAlreadyExistsException.builder().message("Layer with digest '" + digest
                    + "' already exists in the repository with name '" + repository.name() + "'").build();
        }
        repository.addBlob(digest, upload.complete(digest));
        return CompleteLayerUploadResponse.builder().registryId(repository.registryId())
                .repositoryName(repository.name()).uploadId(upload.id()).layerDigest(digest).build();
    }

    /** On AWS a signed address in S3, here one of the registry. */
    GetDownloadUrlForLayerResponse downloadUrl(GetDownloadUrlForLayerRequest request) {
        Repository repository = registry.require(request.registryId(), request.repositoryName());
        String digest = request.layerDigest();
        if (repository.blob(digest).isEmpty()) {
            throw LayersNotFoundException.builder().message("The layer with digest '" + digest
                    + "' does not exist in the repository with name '" + repository.name()
                    + "' in the registry with id '" + repository.registryId() + "'").build();
        }
        String path = "/v2/" + repository.name() + "/blobs/" + digest;
        return GetDownloadUrlForLayerResponse.builder().layerDigest(digest).downloadUrl(
                "http://" + address + path + "?" + SIGNATURE + "=" + registry.tokens().sign(path)).build();
    }
}
