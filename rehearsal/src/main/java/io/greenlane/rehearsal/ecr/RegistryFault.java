package io.greenlane.rehearsal.ecr;

import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.ecr.model.ImageDigestDoesNotMatchException;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.ImageTagAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.InvalidLayerException;
import software.amazon.awssdk.services.ecr.model.LayersNotFoundException;
import software.amazon.awssdk.services.ecr.model.ReferencedImagesNotFoundException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecr.model.UploadNotFoundException;

/** A refusal of the OCI registry, with a code of the distribution specification. */
final class RegistryFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;

    RegistryFault(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** The registry's words for what the API refuses. */
    static RegistryFault of(EcrException refused) {
        String message = String.valueOf(refused.getMessage());
        return switch (refused) {
            case RepositoryNotFoundException unknown -> new RegistryFault(404, "NAME_UNKNOWN", message);
            case ImageNotFoundException unknown -> new RegistryFault(404, "MANIFEST_UNKNOWN", message);
            case UploadNotFoundException unknown -> new RegistryFault(404, "BLOB_UPLOAD_UNKNOWN", message);
            case LayersNotFoundException missing -> new RegistryFault(404, "MANIFEST_BLOB_UNKNOWN", message);
            case ReferencedImagesNotFoundException missing -> new RegistryFault(404, "MANIFEST_BLOB_UNKNOWN", message);
            case ImageTagAlreadyExistsException taken -> new RegistryFault(400, "TAG_INVALID", message);
            case ImageDigestDoesNotMatchException differs -> new RegistryFault(400, "DIGEST_INVALID", message);
            case InvalidLayerException differs -> new RegistryFault(400, "DIGEST_INVALID", message);
            default -> new RegistryFault(400, "MANIFEST_INVALID", message);
        };
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
