package io.greenlane.rehearsal.iam;

import io.greenlane.rehearsal.cloud.Account;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.ecr.model.BatchCheckLayerAvailabilityRequest;
import software.amazon.awssdk.services.ecr.model.BatchGetImageRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImageScanFindingsRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImageSigningStatusRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesRequest;
import software.amazon.awssdk.services.ecr.model.GetDownloadUrlForLayerRequest;
import software.amazon.awssdk.services.ecr.model.ListImageReferrersRequest;
import software.amazon.awssdk.services.ecr.model.ListImagesRequest;
import software.amazon.awssdk.services.ecr.model.PutImageRequest;

/** What calls of Amazon ECR need. */
record EcrNeeds(Account account) implements ServiceNeeds {
    @Override
    public @Nullable List<Need> of(SdkRequest request) {
        return switch (request) {
            case BatchGetImageRequest it -> List.of(on("ecr:BatchGetImage", it.repositoryName()));
            case BatchCheckLayerAvailabilityRequest it ->
                List.of(on("ecr:BatchCheckLayerAvailability", it.repositoryName()));
            case GetDownloadUrlForLayerRequest it -> List.of(on("ecr:GetDownloadUrlForLayer", it.repositoryName()));
            case DescribeImagesRequest it -> List.of(on("ecr:DescribeImages", it.repositoryName()));
            case DescribeImageScanFindingsRequest it ->
                List.of(on("ecr:DescribeImageScanFindings", it.repositoryName()));
            case DescribeImageSigningStatusRequest it ->
                List.of(on("ecr:DescribeImageSigningStatus", it.repositoryName()));
            // who may have the images may know of them (ECR API, ListImageReferrers)
            case ListImageReferrersRequest it -> List.of(on("ecr:BatchGetImage", it.repositoryName()));
            case ListImagesRequest it -> List.of(on("ecr:ListImages", it.repositoryName()));
            case PutImageRequest it -> List.of(on("ecr:PutImage", it.repositoryName()));
            case DescribeRepositoriesRequest it when it.repositoryNames().isEmpty() ->
                List.of(on("ecr:DescribeRepositories", "*"));
            case DescribeRepositoriesRequest it -> it.repositoryNames().stream()
                    .map(repository -> on("ecr:DescribeRepositories", repository)).toList();
            default -> null;
        };
    }

    private Need on(String action, String repository) {
        return Need.of(action, account.arn("ecr", "repository/" + repository));
    }
}
