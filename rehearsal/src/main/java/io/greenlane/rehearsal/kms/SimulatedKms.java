package io.greenlane.rehearsal.kms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.RandomIds;
import io.greenlane.rehearsal.cloud.Timeline;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CancelKeyDeletionRequest;
import software.amazon.awssdk.services.kms.model.CancelKeyDeletionResponse;
import software.amazon.awssdk.services.kms.model.CreateKeyRequest;
import software.amazon.awssdk.services.kms.model.CreateKeyResponse;
import software.amazon.awssdk.services.kms.model.DescribeKeyRequest;
import software.amazon.awssdk.services.kms.model.DescribeKeyResponse;
import software.amazon.awssdk.services.kms.model.DisableKeyRequest;
import software.amazon.awssdk.services.kms.model.DisableKeyResponse;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.DryRunOperationException;
import software.amazon.awssdk.services.kms.model.EnableKeyRequest;
import software.amazon.awssdk.services.kms.model.EnableKeyResponse;
import software.amazon.awssdk.services.kms.model.GenerateMacRequest;
import software.amazon.awssdk.services.kms.model.GenerateMacResponse;
import software.amazon.awssdk.services.kms.model.GetKeyPolicyRequest;
import software.amazon.awssdk.services.kms.model.GetKeyPolicyResponse;
import software.amazon.awssdk.services.kms.model.InvalidKeyUsageException;
import software.amazon.awssdk.services.kms.model.KeyListEntry;
import software.amazon.awssdk.services.kms.model.KeyManagerType;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInvalidMacException;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.ListKeysRequest;
import software.amazon.awssdk.services.kms.model.ListKeysResponse;
import software.amazon.awssdk.services.kms.model.MacAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.OriginType;
import software.amazon.awssdk.services.kms.model.PutKeyPolicyRequest;
import software.amazon.awssdk.services.kms.model.PutKeyPolicyResponse;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionRequest;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionResponse;
import software.amazon.awssdk.services.kms.model.UnsupportedOperationException;
import software.amazon.awssdk.services.kms.model.VerifyMacRequest;
import software.amazon.awssdk.services.kms.model.VerifyMacResponse;

/** The KMS API of the local cloud: keys for message authentication codes, with their states and their policies. */
public final class SimulatedKms implements KmsClient {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST_MESSAGE = 4096;
    private static final int USUAL_DAYS = 30;

    private final Account account;
    private final Timeline timeline;
    private final RandomGenerator random;
    private final BiConsumer<String, Map<String, Object>> policies;
    private final Map<String, HmacKey> keys = new LinkedHashMap<>();

    /**
     * Without any key.
     *
     * @param policies takes the policy of a key by its ARN; throws an {@link IllegalArgumentException} when it cannot be evaluated
     */
    public SimulatedKms(Account account, Timeline timeline, RandomGenerator random,
            BiConsumer<String, Map<String, Object>> policies) {
        this.account = account;
        this.timeline = timeline;
        this.random = random;
        this.policies = policies;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}

    @Override
    public CreateKeyResponse createKey(CreateKeyRequest request) {
        KeySpec spec = request.keySpec() == null ? KeySpec.SYMMETRIC_DEFAULT : request.keySpec();
        if (request.keyUsage() != KeyUsageType.GENERATE_VERIFY_MAC || !spec.toString().startsWith("HMAC_")) {
            throw UnsupportedOperationException.builder().message("The local cloud has keys of KeyUsage "
                    + "GENERATE_VERIFY_MAC and KeySpec HMAC_224, HMAC_256, HMAC_384 or HMAC_512, not "
                    + request.keyUsageAsString() + " and " + spec).build();
        }
        String id = RandomIds.uuid(random);
        byte[] material = new byte[HmacKey.length(spec)];
        random.nextBytes(material);
        HmacKey key = new HmacKey(id, account.arn("kms", "key/" + id), spec,
                request.description() == null ? "" : request.description(), timeline.now(), material);
        govern(key, request.policy() == null ? usualPolicy() : request.policy());
        keys.put(id, key);
        return CreateKeyResponse.builder().keyMetadata(metadata(key)).build();
    }

    @Override
    public DescribeKeyResponse describeKey(DescribeKeyRequest request) {
        return DescribeKeyResponse.builder().keyMetadata(metadata(find(request.keyId()))).build();
    }

    /** All of them on one page. */
    @Override
    public ListKeysResponse listKeys(ListKeysRequest request) {
        return ListKeysResponse.builder().truncated(false).keys(keys.values().stream()
                .map(key -> KeyListEntry.builder().keyId(key.id).keyArn(key.arn).build()).toList()).build();
    }

    @Override
    public GetKeyPolicyResponse getKeyPolicy(GetKeyPolicyRequest request) {
        return GetKeyPolicyResponse.builder().policy(find(request.keyId()).policy).policyName("default").build();
    }

    @Override
    public PutKeyPolicyResponse putKeyPolicy(PutKeyPolicyRequest request) {
        govern(find(request.keyId()), request.policy());
        return PutKeyPolicyResponse.builder().build();
    }

    @Override
    public GenerateMacResponse generateMac(GenerateMacRequest request) {
        HmacKey key = usable(request.keyId(), request.macAlgorithm(), request.message());
        byte[] mac = key.mac(request.message().asByteArray());
        refuseDryRun(request.dryRun());
        return GenerateMacResponse.builder().keyId(key.arn).macAlgorithm(key.algorithm())
                .mac(SdkBytes.fromByteArray(mac)).build();
    }

    @Override
    public VerifyMacResponse verifyMac(VerifyMacRequest request) {
        HmacKey key = usable(request.keyId(), request.macAlgorithm(), request.message());
        if (!MessageDigest.isEqual(key.mac(request.message().asByteArray()), request.mac().asByteArray())) {
            throw KmsInvalidMacException.builder().build();
        }
        refuseDryRun(request.dryRun());
        return VerifyMacResponse.builder().keyId(key.arn).macAlgorithm(key.algorithm()).macValid(true).build();
    }

    @Override
    public EnableKeyResponse enableKey(EnableKeyRequest request) {
        notPending(find(request.keyId())).state = KeyState.ENABLED;
        return EnableKeyResponse.builder().build();
    }

    @Override
    public DisableKeyResponse disableKey(DisableKeyRequest request) {
        notPending(find(request.keyId())).state = KeyState.DISABLED;
        return DisableKeyResponse.builder().build();
    }

    @Override
    public ScheduleKeyDeletionResponse scheduleKeyDeletion(ScheduleKeyDeletionRequest request) {
        HmacKey key = notPending(find(request.keyId()));
        int days = request.pendingWindowInDays() == null ? USUAL_DAYS : request.pendingWindowInDays();
        key.state = KeyState.PENDING_DELETION;
        key.deletedAt = timeline.now().plus(Duration.ofDays(days));
        return ScheduleKeyDeletionResponse.builder().keyId(key.arn).keyState(key.state).deletionDate(key.deletedAt)
                .pendingWindowInDays(days).build();
    }

    @Override
    public CancelKeyDeletionResponse cancelKeyDeletion(CancelKeyDeletionRequest request) {
        HmacKey key = find(request.keyId());
        if (key.state != KeyState.PENDING_DELETION) {
            throw KmsInvalidStateException.builder().message(key.arn + " is not pending deletion.").build();
        }
        key.state = KeyState.DISABLED;
        key.deletedAt = null;
        return CancelKeyDeletionResponse.builder().keyId(key.arn).build();
    }

    private void govern(HmacKey key, String policy) {
        try {
            policies.accept(key.arn, JSON.readValue(policy, new TypeReference<>() {
            }));
        } catch (JsonProcessingException | IllegalArgumentException odd) {
            throw MalformedPolicyDocumentException.builder().message(odd.getMessage()).cause(odd).build();
        }
        key.policy = policy;
    }

    /** The key policy of those that are made without one (KMS guide, default key policy). */
    private String usualPolicy() {
        return """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                 "Principal": {"AWS": "arn:aws:iam::%s:root"}, "Action": "kms:*", "Resource": "*"}]}"""
                .formatted(account.id());
    }

    private HmacKey usable(String id, @Nullable MacAlgorithmSpec algorithm, SdkBytes message) {
        int length = message.asByteArrayUnsafe().length;
        if (length < 1 || length > LONGEST_MESSAGE) {
            throw (KmsException) KmsException.builder().statusCode(400).awsErrorDetails(AwsErrorDetails.builder()
                    .errorCode("ValidationException").errorMessage("1 validation error detected: Value at 'message' "
                            + "failed to satisfy constraint: Member must have length between 1 and " + LONGEST_MESSAGE)
                    .build()).build();
        }
        HmacKey key = find(id);
        if (key.state == KeyState.DISABLED) {
            throw DisabledException.builder().message(key.arn + " is disabled.").build();
        }
        notPending(key);
        if (algorithm != key.algorithm()) {
            throw InvalidKeyUsageException.builder()
                    .message("Algorithm " + algorithm + " is incompatible with key spec " + key.spec + ".").build();
        }
        return key;
    }

    private static void refuseDryRun(@Nullable Boolean dryRun) {
        if (Boolean.TRUE.equals(dryRun)) {
            throw DryRunOperationException.builder()
                    .message("The request would have succeeded, but the DryRun option is set.").build();
        }
    }

    private static HmacKey notPending(HmacKey key) {
        if (key.state == KeyState.PENDING_DELETION) {
            throw KmsInvalidStateException.builder().message(key.arn + " is pending deletion.").build();
        }
        return key;
    }

    /** By id or ARN; one whose time is over is gone. */
    private HmacKey find(String id) {
        keys.values().removeIf(key -> key.deletedAt != null && !key.deletedAt.isAfter(timeline.now()));
        HmacKey key = keys.get(id.substring(id.lastIndexOf('/') + 1));
        if (key == null || (id.startsWith("arn:") && !id.equals(key.arn))) {
            throw NotFoundException.builder().message("Key '" + (id.startsWith("arn:")
                    ? id
                    : account.arn("kms", "key/" + id)) + "' does not exist").build();
        }
        return key;
    }

    private KeyMetadata metadata(HmacKey key) {
        return KeyMetadata.builder().awsAccountId(account.id()).keyId(key.id).arn(key.arn).creationDate(key.createdAt)
                .enabled(key.state == KeyState.ENABLED).description(key.description)
                .keyUsage(KeyUsageType.GENERATE_VERIFY_MAC).keyState(key.state).deletionDate(key.deletedAt)
                .origin(OriginType.AWS_KMS).keyManager(KeyManagerType.CUSTOMER).keySpec(key.spec)
                .macAlgorithms(key.algorithm()).multiRegion(false).build();
    }
}
