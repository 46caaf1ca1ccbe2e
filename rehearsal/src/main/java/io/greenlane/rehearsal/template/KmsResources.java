package io.greenlane.rehearsal.template;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.greenlane.rehearsal.template.ResourceType.Created;
import java.util.Map;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CreateKeyRequest;
import software.amazon.awssdk.services.kms.model.KeyMetadata;

/** AWS::KMS resources. */
record KmsResources(KmsClient kms) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    Map<String, ResourceType> types() {
        return Map.of("AWS::KMS::Key", this::key);
    }

    private Created key(ResourceRequest request) {
        CreateKeyRequest.Builder create = CreateKeyRequest.builder();
        request.value("KeyPolicy").map(policy -> JSON.valueToTree(policy).toString()).ifPresent(create::policy);
        request.recordOnly("Tags", "PendingWindowInDays");
        KeyMetadata key = kms.createKey(SdkShape.fill(create, request).build()).keyMetadata();
        return new Created(key.keyId(), Map.of("Arn", key.arn(), "KeyId", key.keyId()));
    }
}
