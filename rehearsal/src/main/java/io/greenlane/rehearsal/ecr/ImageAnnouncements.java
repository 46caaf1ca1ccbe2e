package io.greenlane.rehearsal.ecr;

import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.events.EventBus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What ECR tells EventBridge about images (ECR guide, events and EventBridge). */
final class ImageAnnouncements {
    private static final int SHORT_DIGEST = "sha256:".length() + 12;

    private final EventBus bus;
    private final Journal journal;

    ImageAnnouncements(EventBus bus, Journal journal) {
        this.bus = bus;
        this.journal = journal;
    }

    /** A push, with the tag when it has one. */
    void pushed(Repository repository, Manifest manifest, @Nullable String tag) {
        announce("PUSH", repository, manifest, tag);
        write("ImagePushed", repository, manifest, tag, "pushed to");
    }

    /** A deletion of the image under one of its tags, or of an untagged image. */
    void deleted(Repository repository, Manifest manifest, @Nullable String tag) {
        announce("DELETE", repository, manifest, tag);
        write("ImageDeleted", repository, manifest, tag, "deleted from");
    }

    private void announce(String action, Repository repository, Manifest manifest, @Nullable String tag) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("result", "SUCCESS");
        detail.put("repository-name", repository.name());
        detail.put("image-digest", manifest.digest());
        detail.put("action-type", action);
        if (tag != null) {
            detail.put("image-tag", tag);
        }
        detail.put("manifest-media-type", manifest.mediaType());
        if (manifest.artifactMediaType() != null) {
            detail.put("artifact-media-type", manifest.artifactMediaType());
        }
        bus.announce("aws.ecr", manifest.subject() == null ? "ECR Image Action" : "ECR Referrer Action", List.of(),
                detail);
    }

    private void write(String kind, Repository repository, Manifest manifest, @Nullable String tag, String verb) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("repository", repository.name());
        facts.put("digest", manifest.digest());
        facts.put("mediaType", manifest.mediaType());
        if (tag != null) {
            facts.put("tag", tag);
        }
        String what = tag == null ? "Untagged manifest" : manifest.isIndex() ? "Index " + tag : "Image " + tag;
        journal.write("ecr", kind, repository.name(), facts, what + " " + verb + " " + repository.name() + " ("
                + manifest.digest().substring(0, SHORT_DIGEST) + ")");
    }
}
