package io.greenlane.aws;

import io.greenlane.deployment.NewestPushes;
import io.greenlane.image.Digest;
import io.greenlane.image.Push;
import io.greenlane.image.Registry;
import io.greenlane.image.Tag;
import io.greenlane.image.TagDecision;
import io.greenlane.release.ReleaseId;
import io.greenlane.service.TrackedService;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecr.model.TagStatus;

/** Tagged images of ECR repositories, by the time of their push. */
public final class EcrNewestPushes implements NewestPushes {
    /** The most that ECR gives, so that the images that a repository may hold cost few calls (ECR API, DescribeImages). */
    private static final int PAGE = 1_000;

    private final EcrClient ecr;
    private final EcrImages images;

    public EcrNewestPushes(EcrClient ecr) {
        this.ecr = ecr;
        this.images = new EcrImages(ecr);
    }

    @Override
    public @Nullable Push of(Registry home, TrackedService service, Instant after, Instant before) {
        try {
            List<ImageDetail> recent = ecr.describeImagesPaginator(
                    call -> call.repositoryName(service.repository().text())
                            .filter(filter -> filter.tagStatus(TagStatus.TAGGED)).maxResults(PAGE))
                    .imageDetails().stream().filter(image -> image.imagePushedAt().isAfter(after)).toList();
            return recent.stream().flatMap(image -> image.imageTags().stream()
                    .flatMap(tag -> taken(service, tag)).map(tag -> push(home, service, image, tag)))
                    .max(Comparator.comparing(Push::time)).filter(push -> push.time().isBefore(before)).orElse(null);
        } catch (RepositoryNotFoundException e) {
            return null;
        }
    }

    private Stream<Tag> taken(TrackedService service, String text) {
        try {
            Tag tag = new Tag(text);
            TagDecision decision = service.tags().decide(tag, () -> images.tags(service.repository()));
            return !tag.isDigestShaped() && decision instanceof TagDecision.Taken
                    ? Stream.of(tag)
                    : Stream.of();
        } catch (IllegalArgumentException e) {
            return Stream.of();
        }
    }

    private static Push push(Registry home, TrackedService service, ImageDetail image, Tag tag) {
        return new Push(home, service.repository(), new Digest(image.imageDigest()), tag,
                Push.FOUND + ReleaseId.hash(image.imageDigest() + tag), image.imagePushedAt());
    }
}
