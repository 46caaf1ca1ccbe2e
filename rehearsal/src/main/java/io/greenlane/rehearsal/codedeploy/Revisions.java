package io.greenlane.rehearsal.codedeploy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.codedeploy.model.GenericRevisionInfo;
import software.amazon.awssdk.services.codedeploy.model.InvalidRevisionException;
import software.amazon.awssdk.services.codedeploy.model.RevisionDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocationType;
import software.amazon.awssdk.services.codedeploy.model.RevisionRequiredException;

/** An application's revisions: inline AppSpecs by their SHA-256. Revisions in S3 or GitHub are not simulated. */
final class Revisions {
    private final Map<String, Revision> bySha256 = new LinkedHashMap<>();

    /** Adds an inline AppSpec, or finds it again. */
    Revision register(@Nullable RevisionLocation location, @Nullable String description, boolean checkSha256,
            Instant now) {
        RevisionLocation inline = inline(location);
        String content = inline.appSpecContent().content();
        String stated = inline.appSpecContent().sha256();
        if (content == null || content.isEmpty()) {
            return bySha256(stated);
        }
        String sha256 = sha256(content);
        if (checkSha256 && stated != null && !stated.equals(sha256)) {
            throw InvalidRevisionException.builder()
                    .message("The sha256 " + stated + " is not that of the AppSpec content, which is " + sha256)
                    .build();
        }
        return bySha256.computeIfAbsent(sha256, missing -> new Revision(sha256, content, description, now));
    }

    /** The revision with the location's hash, or the hash of its content. */
    Revision get(@Nullable RevisionLocation location) {
        RevisionLocation inline = inline(location);
        String sha256 = inline.appSpecContent().sha256();
        String content = inline.appSpecContent().content();
        return bySha256(sha256 == null && content != null ? sha256(content) : sha256);
    }

    /** Sorted by a time; what never was used comes last. */
    List<Revision> sorted(Comparator<Revision> order) {
        List<Revision> sorted = new ArrayList<>(bySha256.values());
        sorted.sort(order);
        return sorted;
    }

    private Revision bySha256(@Nullable String sha256) {
        Revision found = sha256 == null ? null : bySha256.get(sha256);
        if (found == null) {
            throw RevisionDoesNotExistException.builder()
                    .message("No application revision with the AppSpec sha256 " + sha256).build();
        }
        return found;
    }

    private static RevisionLocation inline(@Nullable RevisionLocation location) {
        if (location == null) {
            throw RevisionRequiredException.builder().message("Revision is missing").build();
        }
        if (location.revisionType() != RevisionLocationType.APP_SPEC_CONTENT || location.appSpecContent() == null) {
            throw InvalidRevisionException.builder()
                    .message(
                            "The local CodeDeploy knows revisions of type AppSpecContent with appSpecContent only, got "
                                    + location.revisionTypeAsString())
                    .build();
        }
        return location;
    }

    private static String sha256(String content) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }

    /** One inline AppSpec and its history. */
    static final class Revision {
        private final String sha256;
        private final String content;
        private final @Nullable String description;
        private final Instant registerTime;
        private final List<String> deploymentGroups = new ArrayList<>();
        private @Nullable Instant firstUsedTime;
        private @Nullable Instant lastUsedTime;

        private Revision(String sha256, String content, @Nullable String description, Instant registerTime) {
            this.sha256 = sha256;
            this.content = content;
            this.description = description;
            this.registerTime = registerTime;
        }

        String content() {
            return content;
        }

        void use(String deploymentGroup, Instant now) {
            firstUsedTime = firstUsedTime == null ? now : firstUsedTime;
            lastUsedTime = now;
            if (!deploymentGroups.contains(deploymentGroup)) {
                deploymentGroups.add(deploymentGroup);
            }
        }

        /** With the text, as GetApplicationRevision returns it. */
        RevisionLocation location() {
            return RevisionLocation.builder().revisionType(RevisionLocationType.APP_SPEC_CONTENT)
                    .appSpecContent(appSpec -> appSpec.content(content).sha256(sha256)).build();
        }

        /** Without the text, as GetDeployment returns it. */
        RevisionLocation reference() {
            return RevisionLocation.builder().revisionType(RevisionLocationType.APP_SPEC_CONTENT)
                    .appSpecContent(appSpec -> appSpec.sha256(sha256)).build();
        }

        GenericRevisionInfo info() {
            return GenericRevisionInfo.builder().description(description).registerTime(registerTime)
                    .firstUsedTime(firstUsedTime).lastUsedTime(lastUsedTime).deploymentGroups(deploymentGroups).build();
        }
    }
}
