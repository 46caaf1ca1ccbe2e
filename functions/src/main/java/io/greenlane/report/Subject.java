package io.greenlane.report;

import io.greenlane.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was validated.
 *
 * @param deploymentId of CodeDeploy or ECS; names the folder of the report
 * @param releaseId null for a deployment that brings no release of ours
 * @param service cluster and service, for example {@code shop/shop-api}; null when it is not known
 * @param repository of the image; null when it is not known
 * @param tag that was pushed; null when it is not known
 * @param digest of the image, with its {@code sha256:}; null when it is not known
 * @param taskDefinition ARN that green runs; null when it is not known
 * @param overridden which gates would have held the release, had nobody overridden them, in sentences; null when there are none
 */
public record Subject(String deploymentId, @Nullable String releaseId, @Nullable String service,
        @Nullable String repository, @Nullable String tag, @Nullable String digest, @Nullable String taskDefinition,
        @Nullable String overridden) {
    /** What passed all its gates. */
    public Subject(String deploymentId, @Nullable String releaseId, @Nullable String service,
            @Nullable String repository, @Nullable String tag, @Nullable String digest,
            @Nullable String taskDefinition) {
        this(deploymentId, releaseId, service, repository, tag, digest, taskDefinition, null);
    }

    /** The image as people name it, such as {@code shop/api:v2}; {@code an unknown image} when nothing is known. */
    public String image() {
        return repository == null ? "an unknown image" : tag == null ? repository : repository + ":" + tag;
    }

    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("deploymentId", deploymentId);
        put(members, "releaseId", releaseId);
        put(members, "service", service);
        put(members, "repository", repository);
        put(members, "tag", tag);
        put(members, "digest", digest);
        put(members, "taskDefinition", taskDefinition);
        put(members, "overridden", overridden);
        return members;
    }

    private static void put(Map<String, Object> members, String name, @Nullable String value) {
        if (value != null) {
            members.put(name, value);
        }
    }

    static Subject from(JsonObject json) {
        return new Subject(json.text("deploymentId"), json.optionalText("releaseId"), json.optionalText("service"),
                json.optionalText("repository"), json.optionalText("tag"), json.optionalText("digest"),
                json.optionalText("taskDefinition"), json.optionalText("overridden"));
    }
}
