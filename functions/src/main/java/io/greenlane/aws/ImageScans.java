package io.greenlane.aws;

import io.greenlane.gate.ScannedImage;
import io.greenlane.gate.ScannedImage.Scanned;
import io.greenlane.gate.ScannedImage.Vulnerability;
import io.greenlane.gate.Severity;
import io.greenlane.image.Digest;
import io.greenlane.image.ImageGoneException;
import io.greenlane.image.Manifest;
import io.greenlane.image.RepositoryName;
import io.greenlane.json.Quote;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.DescribeImageScanFindingsResponse;
import software.amazon.awssdk.services.ecr.model.EnhancedImageScanFinding;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.ImageScanFindings;
import software.amazon.awssdk.services.ecr.model.ImageScanStatus;
import software.amazon.awssdk.services.ecr.model.ScanNotFoundException;
import software.amazon.awssdk.services.ecr.model.ScanStatus;

/** Scans of images by ECR itself (basic) and by Inspector (enhanced), both as ECR tells them. */
final class ImageScans {
    private final EcrClient ecr;
    private final EcrImages images;

    ImageScans(EcrClient ecr) {
        this.ecr = ecr;
        this.images = new EcrImages(ecr);
    }

    /** Those of an image that must be there; of an index, whose scan ECR refuses, those of its images. */
    List<ScannedImage> of(RepositoryName repository, Digest digest) {
        Manifest manifest = images.find(repository, digest).orGone();
        Map<Digest, String> single = manifest.images();
        if (single.isEmpty()) {
            return List.of(new ScannedImage("image", digest, scanned(repository, digest)));
        }
        List<ScannedImage> scans = new ArrayList<>();
        single.forEach((image, platform) -> scans
                .add(new ScannedImage(Quote.visible(platform), image, scanned(repository, image))));
        return scans;
    }

    private Scanned scanned(RepositoryName repository, Digest digest) {
        List<Vulnerability> found = new ArrayList<>();
        boolean findings = false;
        ImageScanStatus status = null;
        try {
            for (DescribeImageScanFindingsResponse page : ecr.describeImageScanFindingsPaginator(
                    it -> it.repositoryName(repository.text()).imageId(id -> id.imageDigest(digest.text())))) {
                status = page.imageScanStatus();
                if (page.imageScanFindings() != null) {
                    findings = true;
                    read(page.imageScanFindings(), found);
                }
            }
        } catch (ScanNotFoundException e) {
            return new Scanned.Awaited("not found");
        } catch (ImageNotFoundException e) {
            throw new ImageGoneException("Image " + digest + " is no longer in " + repository);
        }
        return scanned(status == null ? null : status.status(), status == null ? "" : told(status), findings, found);
    }

    private static String told(ImageScanStatus status) {
        return "its scan is " + status.statusAsString()
                + (status.description() == null || status.description().isBlank()
                        ? ""
                        : ", " + Quote.of(status.description()));
    }

    /** A basic scan rests at COMPLETE, an enhanced one at ACTIVE (ECR guide). */
    private static Scanned scanned(@Nullable ScanStatus status, String told, boolean findings,
            List<Vulnerability> found) {
        return switch (status) {
            case null -> new Scanned.Awaited("not found");
            case COMPLETE, ACTIVE -> findings ? new Scanned.Complete(found) : new Scanned.Awaited("without findings");
            case IN_PROGRESS, PENDING -> new Scanned.Awaited(status.toString());
            case FAILED, UNSUPPORTED_IMAGE, SCAN_ELIGIBILITY_EXPIRED, FINDINGS_UNAVAILABLE, LIMIT_EXCEEDED,
                    IMAGE_ARCHIVED, UNKNOWN_TO_SDK_VERSION ->
                new Scanned.Failed(told);
        };
    }

    private static void read(ImageScanFindings findings, List<Vulnerability> found) {
        findings.findings()
                .forEach(one -> found.add(new Vulnerability(Objects.requireNonNullElse(one.name(), "unnamed"),
                        Severity.of(String.valueOf(one.severityAsString())))));
        findings.enhancedFindings().stream().filter(one -> !"CLOSED".equals(one.status()))
                .filter(one -> !"SUPPRESSED".equals(one.status()))
                .forEach(one -> found.add(new Vulnerability(id(one), Severity.of(String.valueOf(one.severity())))));
    }

    private static String id(EnhancedImageScanFinding finding) {
        String id = finding.packageVulnerabilityDetails() == null
                ? null
                : finding.packageVulnerabilityDetails().vulnerabilityId();
        return id == null ? Objects.requireNonNullElse(finding.title(), "unnamed") : id;
    }
}
