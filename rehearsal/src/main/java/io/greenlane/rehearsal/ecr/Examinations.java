package io.greenlane.rehearsal.ecr;

import io.greenlane.rehearsal.events.EventBus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecr.model.DescribeImageScanFindingsRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImageScanFindingsResponse;
import software.amazon.awssdk.services.ecr.model.DescribeImageSigningStatusRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImageSigningStatusResponse;
import software.amazon.awssdk.services.ecr.model.EnhancedImageScanFinding;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageScanFinding;
import software.amazon.awssdk.services.ecr.model.ImageScanFindings;
import software.amazon.awssdk.services.ecr.model.ImageScanStatus;
import software.amazon.awssdk.services.ecr.model.ImageSigningStatus;
import software.amazon.awssdk.services.ecr.model.ScanNotFoundException;
import software.amazon.awssdk.services.ecr.model.ScanStatus;
import software.amazon.awssdk.services.ecr.model.SigningStatus;

/** What scanners and signers say of images. None works here: they say what they are told to. */
final class Examinations {
    private final Registry registry;
    private final EventBus bus;
    private final Map<String, Scan> scans = new HashMap<>();
    private final Map<String, Map<String, ImageSigningStatus>> signatures = new HashMap<>();

    private record Scan(ImageScanStatus status, ImageScanFindings findings) {}

    Examinations(Registry registry, EventBus bus) {
        this.registry = registry;
        this.bus = bus;
    }

    /** A scan is so far; of an end there is an event: of ECR's own for COMPLETE and FAILED, of Inspector for ACTIVE. */
    void scanned(String repository, String digest, ScanStatus status, ImageScanFindings findings) {
        scans.put(repository + "@" + digest, new Scan(ImageScanStatus.builder().status(status).build(), findings));
        Map<String, Object> detail = new LinkedHashMap<>();
        boolean inspector = status == ScanStatus.ACTIVE;
        String arn = registry.account().arn("ecr", "repository/" + repository);
        detail.put("scan-status", inspector ? "INITIAL_SCAN_COMPLETE" : status.toString());
        detail.put("repository-name", inspector ? arn : repository);
        detail.put("finding-severity-counts", counts(findings));
        detail.put("image-digest", digest);
        detail.put("image-tags", List.of());
        switch (status) {
            case COMPLETE, FAILED -> bus.announce("aws.ecr", "ECR Image Scan", List.of(arn), detail);
            case ACTIVE -> bus.announce("aws.inspector2", "Inspector2 Scan", List.of(arn), detail);
            default -> {
                // nothing has ended
            }
        }
    }

    private static Map<String, Object> counts(ImageScanFindings findings) {
        Map<String, Object> counts = new LinkedHashMap<>();
        findings.findings().stream().map(ImageScanFinding::severityAsString)
                .forEach(severity -> counts.merge(severity, 1, (one, more) -> (int) one + (int) more));
        findings.enhancedFindings().stream().map(EnhancedImageScanFinding::severity)
                .forEach(severity -> counts.merge(severity, 1, (one, more) -> (int) one + (int) more));
        return counts;
    }

    /** A signature with a profile is so far; its artifact, which comes with an event of its own, is not stored. */
    void signed(String repository, String digest, String profile, SigningStatus status) {
        signatures.computeIfAbsent(repository + "@" + digest, image -> new LinkedHashMap<>()).put(profile,
                ImageSigningStatus.builder().signingProfileArn(profile).status(status).build());
        if (status == SigningStatus.COMPLETE) {
            bus.announce("aws.ecr", "ECR Referrer Action", List.of(), Map.of("result", "SUCCESS", "repository-name",
                    repository, "image-digest", digest, "action-type", "PUSH", "manifest-media-type",
                    "application/vnd.oci.image.manifest.v1+json", "artifact-media-type",
                    "application/vnd.cncf.notary.signature"));
        }
    }

    DescribeImageScanFindingsResponse findings(DescribeImageScanFindingsRequest request) {
        Repository repository = registry.require(request.registryId(), request.repositoryName());
        Manifest manifest = manifest(repository, request.imageId());
        Scan scan = scans.get(repository.name() + "@" + manifest.digest());
        if (scan == null) {
            throw ScanNotFoundException.builder()
                    .message("Image scan does not exist for the image with '{imageDigest:'" + manifest.digest()
                            + "', imageTag:'" + request.imageId().imageTag() + "'}' in the repository with name '"
                            + repository.name() + "' in the registry with id '" + repository.registryId() + "'")
                    .build();
        }
        DescribeImageScanFindingsResponse.Builder answer = DescribeImageScanFindingsResponse.builder()
                .registryId(repository.registryId()).repositoryName(repository.name()).imageId(request.imageId())
                .imageScanStatus(scan.status());
        List<Object> all = new ArrayList<>(scan.findings().findings());
        all.addAll(scan.findings().enhancedFindings());
        Pages.Page<Object> page = Pages.cut(all, request.nextToken(), request.maxResults(), 100);
        return answer.nextToken(page.nextToken()).imageScanFindings(scan.findings().toBuilder()
                .findings(of(ImageScanFinding.class, page.items()))
                .enhancedFindings(of(EnhancedImageScanFinding.class, page.items())).build()).build();
    }

    private static <T> List<T> of(Class<T> type, List<Object> items) {
        return items.stream().filter(type::isInstance).map(type::cast).collect(Collectors.toList());
    }

    DescribeImageSigningStatusResponse signingStatus(DescribeImageSigningStatusRequest request) {
        Repository repository = registry.require(request.registryId(), request.repositoryName());
        Manifest manifest = manifest(repository, request.imageId());
        return DescribeImageSigningStatusResponse.builder().registryId(repository.registryId())
                .repositoryName(repository.name()).imageId(request.imageId())
                .signingStatuses(Objects.requireNonNullElse(
                        signatures.get(repository.name() + "@" + manifest.digest()),
                        Map.<String, ImageSigningStatus>of()).values())
                .build();
    }

    private static Manifest manifest(Repository repository, ImageIdentifier id) {
        return repository.require(id.imageDigest(), id.imageTag()).manifest();
    }
}
