package io.greenlane.rehearsal.ecr;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesResponse;
import software.amazon.awssdk.services.ecr.model.EncryptionConfiguration;
import software.amazon.awssdk.services.ecr.model.EncryptionType;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyResponse;
import software.amazon.awssdk.services.ecr.model.GetRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.ImageScanningConfiguration;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyNotFoundException;
import software.amazon.awssdk.services.ecr.model.PutImageTagMutabilityRequest;
import software.amazon.awssdk.services.ecr.model.PutImageTagMutabilityResponse;
import software.amazon.awssdk.services.ecr.model.RepositoryAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotEmptyException;
import software.amazon.awssdk.services.ecr.model.RepositoryPolicyNotFoundException;
import software.amazon.awssdk.services.ecr.model.Tag;

/** The operations on repositories and their settings. */
final class RepositoryOperations {
    private static final int PAGE = 100;

    private final Registry registry;
    private final String address;

    RepositoryOperations(Registry registry, String address) {
        this.registry = registry;
        this.address = address;
    }

    CreateRepositoryResponse create(CreateRepositoryRequest request) {
        String name = request.repositoryName();
        if (registry.find(name).isPresent()) {
            throw RepositoryAlreadyExistsException.builder().message("The repository with name '" + name
                    + "' already exists in the registry with id '" + registry.account().id() + "'").build();
        }
        ImageTagMutability setting = request.imageTagMutability() == null
                ? ImageTagMutability.MUTABLE
                : request.imageTagMutability();
        boolean scanOnPush = request.imageScanningConfiguration() != null
                && Boolean.TRUE.equals(request.imageScanningConfiguration().scanOnPush());
        Repository created = registry.create(name,
                new TagMutability(setting, request.imageTagMutabilityExclusionFilters()), scanOnPush);
        tag(created, request.tags());
        return CreateRepositoryResponse.builder().repository(describe(created)).build();
    }

    DescribeRepositoriesResponse describe(DescribeRepositoriesRequest request) {
        List<Repository> found = request.hasRepositoryNames()
                ? request.repositoryNames().stream().map(name -> registry.require(request.registryId(), name)).toList()
                : List.copyOf(registry.repositories());
        Pages.Page<Repository> page = Pages.cut(found, request.nextToken(), request.maxResults(), PAGE);
        return DescribeRepositoriesResponse.builder().repositories(page.items().stream().map(this::describe).toList())
                .nextToken(page.nextToken()).build();
    }

    DeleteRepositoryResponse delete(DeleteRepositoryRequest request) {
        Repository repository = registry.require(request.registryId(), request.repositoryName());
        if (!repository.images().isEmpty() && !Boolean.TRUE.equals(request.force())) {
            throw RepositoryNotEmptyException.builder()
                    .message("The repository with name '" + repository.name() + "' in registry with id '"
                            + repository.registryId() + "' cannot be deleted because it still contains images")
                    .build();
        }
        registry.remove(repository.name());
        return DeleteRepositoryResponse.builder().repository(describe(repository)).build();
    }

    PutImageTagMutabilityResponse putMutability(PutImageTagMutabilityRequest request) {
        Repository repository = registry.require(request.registryId(), request.repositoryName());
        repository.mutability(
                new TagMutability(request.imageTagMutability(), request.imageTagMutabilityExclusionFilters()));
        return PutImageTagMutabilityResponse.builder().registryId(repository.registryId())
                .repositoryName(repository.name()).imageTagMutability(request.imageTagMutability())
                .imageTagMutabilityExclusionFilters(request.hasImageTagMutabilityExclusionFilters()
                        ? request.imageTagMutabilityExclusionFilters()
                        : null)
                .build();
    }

    GetLifecyclePolicyResponse lifecyclePolicy(Repository repository) {
        if (repository.lifecyclePolicy() == null) {
            throw LifecyclePolicyNotFoundException.builder()
                    .message(missing("Lifecycle policy", repository)).build();
        }
        return GetLifecyclePolicyResponse.builder().registryId(repository.registryId())
                .repositoryName(repository.name()).lifecyclePolicyText(repository.lifecyclePolicy()).build();
    }

    GetRepositoryPolicyResponse policy(Repository repository) {
        if (repository.policy() == null) {
            throw RepositoryPolicyNotFoundException.builder().message(missing("Repository policy", repository))
                    .build();
        }
        return GetRepositoryPolicyResponse.builder().registryId(repository.registryId())
                .repositoryName(repository.name()).policyText(repository.policy()).build();
    }

    /** The repository of an ARN, as the tagging operations name it. */
    Repository ofArn(@Nullable String arn) {
        return registry.repositories().stream().filter(repository -> repository.arn().equals(arn)).findAny()
                .orElseThrow(() -> EcrFaults.repositoryNotFound(String.valueOf(arn), registry.account().id()));
    }

    static void tag(Repository repository, List<Tag> tags) {
        tags.forEach(tag -> repository.resourceTags().put(tag.key(), tag.value() == null ? "" : tag.value()));
    }

    static List<Tag> tags(Repository repository) {
        return repository.resourceTags().entrySet().stream().map(RepositoryOperations::tag).toList();
    }

    private static Tag tag(Map.Entry<String, String> entry) {
        return Tag.builder().key(entry.getKey()).value(entry.getValue()).build();
    }

    private static String missing(String what, Repository repository) {
        return what + " does not exist for the repository with name '" + repository.name()
                + "' in the registry with id '" + repository.registryId() + "'";
    }

    private software.amazon.awssdk.services.ecr.model.Repository describe(Repository repository) {
        TagMutability mutability = repository.mutability();
        return software.amazon.awssdk.services.ecr.model.Repository.builder().repositoryArn(repository.arn())
                .registryId(repository.registryId()).repositoryName(repository.name())
                .repositoryUri(address + "/" + repository.name()).createdAt(repository.createdAt())
                .imageTagMutability(mutability.setting())
                .imageTagMutabilityExclusionFilters(
                        mutability.exclusions().isEmpty() ? null : mutability.exclusions())
                .imageScanningConfiguration(
                        ImageScanningConfiguration.builder().scanOnPush(repository.scanOnPush()).build())
                .encryptionConfiguration(
                        EncryptionConfiguration.builder().encryptionType(EncryptionType.AES256).build())
                .build();
    }
}
