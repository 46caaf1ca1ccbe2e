package io.greenlane.rehearsal.ecr;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.events.EventBus;
import java.util.Optional;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;
import software.amazon.awssdk.services.ecr.model.BatchCheckLayerAvailabilityRequest;
import software.amazon.awssdk.services.ecr.model.BatchCheckLayerAvailabilityResponse;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageResponse;
import software.amazon.awssdk.services.ecr.model.BatchGetImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.CompleteLayerUploadRequest;
import software.amazon.awssdk.services.ecr.model.CompleteLayerUploadResponse;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.DescribeImageScanFindingsRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImageScanFindingsResponse;
import software.amazon.awssdk.services.ecr.model.DescribeImageSigningStatusRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImageSigningStatusResponse;
import software.amazon.awssdk.services.ecr.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesResponse;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenRequest;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenResponse;
import software.amazon.awssdk.services.ecr.model.GetDownloadUrlForLayerRequest;
import software.amazon.awssdk.services.ecr.model.GetDownloadUrlForLayerResponse;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyResponse;
import software.amazon.awssdk.services.ecr.model.GetRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.GetRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.ImageScanFindings;
import software.amazon.awssdk.services.ecr.model.InitiateLayerUploadRequest;
import software.amazon.awssdk.services.ecr.model.InitiateLayerUploadResponse;
import software.amazon.awssdk.services.ecr.model.ListImageReferrersRequest;
import software.amazon.awssdk.services.ecr.model.ListImageReferrersResponse;
import software.amazon.awssdk.services.ecr.model.ListImagesRequest;
import software.amazon.awssdk.services.ecr.model.ListImagesResponse;
import software.amazon.awssdk.services.ecr.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecr.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ecr.model.PutImageRequest;
import software.amazon.awssdk.services.ecr.model.PutImageResponse;
import software.amazon.awssdk.services.ecr.model.PutImageScanningConfigurationRequest;
import software.amazon.awssdk.services.ecr.model.PutImageScanningConfigurationResponse;
import software.amazon.awssdk.services.ecr.model.PutImageTagMutabilityRequest;
import software.amazon.awssdk.services.ecr.model.PutImageTagMutabilityResponse;
import software.amazon.awssdk.services.ecr.model.PutLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.PutLifecyclePolicyResponse;
import software.amazon.awssdk.services.ecr.model.ScanStatus;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.SigningStatus;
import software.amazon.awssdk.services.ecr.model.TagResourceRequest;
import software.amazon.awssdk.services.ecr.model.TagResourceResponse;
import software.amazon.awssdk.services.ecr.model.UntagResourceRequest;
import software.amazon.awssdk.services.ecr.model.UntagResourceResponse;
import software.amazon.awssdk.services.ecr.model.UploadLayerPartRequest;
import software.amazon.awssdk.services.ecr.model.UploadLayerPartResponse;

/**
 * Amazon ECR: the API of the account's private registry. {@link RegistryServer} is the same registry as OCI clients see it.
 */
public final class SimulatedEcr implements EcrClient, ImageStore {
    private final Registry registry;
    private final String address;
    private final RepositoryOperations repositories;
    private final ImageOperations images;
    private final LayerOperations layers;
    private final Examinations examinations;

    /**
     * @param address host and port of the {@link RegistryServer}; every repositoryUri begins with it
     * @param random where upload ids and passwords come from
     */
    public SimulatedEcr(Account account, Timeline timeline, Journal journal, EventBus bus, RandomGenerator random,
            EcrBehaviour behaviour, String address) {
        this.registry = new Registry(account, timeline, journal, bus, random, behaviour);
        this.address = address;
        this.repositories = new RepositoryOperations(registry, address);
        this.images = new ImageOperations(registry);
        this.layers = new LayerOperations(registry, address);
        this.examinations = new Examinations(registry, bus);
    }

    Registry registry() {
        return registry;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // nothing is held open
    }

    @Override
    public Optional<StoredManifest> manifest(String repository, String reference) {
        return registry.find(repository).flatMap(found -> found.byReference(reference)).map(image -> image.manifest())
                .map(manifest -> new StoredManifest(manifest.digest(), manifest.mediaType(), manifest.text()));
    }

    @Override
    public Optional<byte[]> blob(String repository, String digest) {
        return registry.find(repository).flatMap(found -> found.blob(digest));
    }

    @Override
    public GetAuthorizationTokenResponse getAuthorizationToken(GetAuthorizationTokenRequest request) {
        LoginTokens.Issued issued = registry.tokens().issue();
        return GetAuthorizationTokenResponse.builder().authorizationData(AuthorizationData.builder()
                .authorizationToken(issued.token()).expiresAt(issued.expiresAt()).proxyEndpoint("http://" + address)
                .build()).build();
    }

    @Override
    public CreateRepositoryResponse createRepository(CreateRepositoryRequest request) {
        return repositories.create(request);
    }

    @Override
    public DescribeRepositoriesResponse describeRepositories(DescribeRepositoriesRequest request) {
        return repositories.describe(request);
    }

    @Override
    public DeleteRepositoryResponse deleteRepository(DeleteRepositoryRequest request) {
        return repositories.delete(request);
    }

    @Override
    public PutImageTagMutabilityResponse putImageTagMutability(PutImageTagMutabilityRequest request) {
        return repositories.putMutability(request);
    }

    @Override
    public PutImageScanningConfigurationResponse putImageScanningConfiguration(
            PutImageScanningConfigurationRequest request) {
        Repository repository = registry.require(request.registryId(), request.repositoryName());
        repository.scanOnPush(Boolean.TRUE.equals(request.imageScanningConfiguration().scanOnPush()));
        return PutImageScanningConfigurationResponse.builder().registryId(repository.registryId())
                .repositoryName(repository.name()).imageScanningConfiguration(request.imageScanningConfiguration())
                .build();
    }

    @Override
    public PutLifecyclePolicyResponse putLifecyclePolicy(PutLifecyclePolicyRequest request) {
        Repository repository = registry.require(request.registryId(), request.repositoryName());
        repository.lifecyclePolicy(request.lifecyclePolicyText());
        return PutLifecyclePolicyResponse.builder().registryId(repository.registryId())
                .repositoryName(repository.name()).lifecyclePolicyText(request.lifecyclePolicyText()).build();
    }

    @Override
    public GetLifecyclePolicyResponse getLifecyclePolicy(GetLifecyclePolicyRequest request) {
        return repositories.lifecyclePolicy(registry.require(request.registryId(), request.repositoryName()));
    }

    @Override
    public SetRepositoryPolicyResponse setRepositoryPolicy(SetRepositoryPolicyRequest request) {
        Repository repository = registry.require(request.registryId(), request.repositoryName());
        repository.policy(request.policyText());
        return SetRepositoryPolicyResponse.builder().registryId(repository.registryId())
                .repositoryName(repository.name()).policyText(request.policyText()).build();
    }

    @Override
    public GetRepositoryPolicyResponse getRepositoryPolicy(GetRepositoryPolicyRequest request) {
        return repositories.policy(registry.require(request.registryId(), request.repositoryName()));
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest request) {
        RepositoryOperations.tag(repositories.ofArn(request.resourceArn()), request.tags());
        return TagResourceResponse.builder().build();
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest request) {
        Repository repository = repositories.ofArn(request.resourceArn());
        request.tagKeys().forEach(repository.resourceTags()::remove);
        return UntagResourceResponse.builder().build();
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
        return ListTagsForResourceResponse.builder()
                .tags(RepositoryOperations.tags(repositories.ofArn(request.resourceArn()))).build();
    }

    @Override
    public DescribeImagesResponse describeImages(DescribeImagesRequest request) {
        return images.describe(request);
    }

    @Override
    public ListImagesResponse listImages(ListImagesRequest request) {
        return images.list(request);
    }

    @Override
    public BatchGetImageResponse batchGetImage(BatchGetImageRequest request) {
        return images.get(request);
    }

    @Override
    public PutImageResponse putImage(PutImageRequest request) {
        return images.put(request);
    }

    @Override
    public BatchDeleteImageResponse batchDeleteImage(BatchDeleteImageRequest request) {
        return images.delete(request);
    }

    @Override
    public DescribeImageScanFindingsResponse describeImageScanFindings(DescribeImageScanFindingsRequest request) {
        return examinations.findings(request);
    }

    @Override
    public DescribeImageSigningStatusResponse describeImageSigningStatus(DescribeImageSigningStatusRequest request) {
        return examinations.signingStatus(request);
    }

    /** A scan of an image is so far, and found this; an end is announced. */
    public void scanned(String repository, String digest, ScanStatus status, ImageScanFindings findings) {
        examinations.scanned(repository, digest, status, findings);
    }

    /** ECR's signing of an image with a profile is so far; an end is announced. */
    public void signed(String repository, String digest, String profile, SigningStatus status) {
        examinations.signed(repository, digest, profile, status);
    }

    @Override
    public ListImageReferrersResponse listImageReferrers(ListImageReferrersRequest request) {
        return images.referrers(request);
    }

    @Override
    public BatchCheckLayerAvailabilityResponse batchCheckLayerAvailability(BatchCheckLayerAvailabilityRequest request) {
        return layers.check(request);
    }

    @Override
    public InitiateLayerUploadResponse initiateLayerUpload(InitiateLayerUploadRequest request) {
        return layers.initiate(request);
    }

    @Override
    public UploadLayerPartResponse uploadLayerPart(UploadLayerPartRequest request) {
        return layers.upload(request);
    }

    @Override
    public CompleteLayerUploadResponse completeLayerUpload(CompleteLayerUploadRequest request) {
        return layers.complete(request);
    }

    @Override
    public GetDownloadUrlForLayerResponse getDownloadUrlForLayer(GetDownloadUrlForLayerRequest request) {
        return layers.downloadUrl(request);
    }
}
