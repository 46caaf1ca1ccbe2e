package io.greenlane.lambda;

import io.greenlane.image.Digest;
import io.greenlane.image.Push;
import io.greenlane.json.JsonObject;
import io.greenlane.service.Overlap;
import io.greenlane.service.PlannedGroup;
import io.greenlane.service.ReleasePlan.PlannedRelease;
import io.greenlane.service.ServiceReference;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of one release that travels through the workflow: references, never documents.
 *
 * @param running the digest that ran when the release was planned; null when unknown
 * @param problem why the service cannot be deployed to, when that was found while planning; null when it can
 * @param overlap what the push does to a release of the service that has not ended
 * @param group what is released with it, itself included; null when it is released alone
 * @param backFrom the release of a group that this one takes back at the service; null when it takes none back
 * @param releaseId null before the release is admitted
 * @param taskDefinition ARN of the registered revision; null before
 * @param source ARN of the revision that it is a copy of; null before
 * @param deploymentId null before the deployment is created
 */
record ReleaseItem(Push push, ServiceReference service, @Nullable Digest running, @Nullable String problem,
        Overlap overlap, @Nullable PlannedGroup group, @Nullable String backFrom,
        @Nullable String releaseId, @Nullable String taskDefinition, @Nullable String source,
        @Nullable String deploymentId) {
    /** A release as planned, to a service alone. */
    ReleaseItem(Push push, ServiceReference service, @Nullable Digest running, @Nullable String problem,
            Overlap overlap) {
        this(push, service, running, problem, overlap, null, null, null, null, null, null);
    }

    /** A release as planned. */
    static ReleaseItem of(Push push, PlannedRelease planned) {
        return new ReleaseItem(push, planned.service(), planned.running(), planned.problem(), planned.overlap(),
                planned.group(), planned.backFrom(), null, null, null, null);
    }

    /** Reads an item back; an {@link IllegalArgumentException} names the member that is not right. */
    static ReleaseItem from(JsonObject members) {
        String running = members.optionalText("running");
        return new ReleaseItem(Push.from(members.object("push")), ServiceReference.from(members.object("service")),
                running == null ? null : new Digest(running), members.optionalText("problem"), Overlap.from(members),
                members.members().get("group") == null ? null : PlannedGroup.from(members.object("group")),
                members.optionalText("backFrom"),
                members.optionalText("releaseId"), members.optionalText("taskDefinition"),
                members.optionalText("source"),
                members.optionalText("deploymentId"));
    }

    /** Members for the workflow's data; what is not known yet is left out. */
    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("push", push.members());
        members.put("service", service.members());
        putIfKnown(members, "running", running == null ? null : running.text());
        putIfKnown(members, "problem", problem);
        members.putAll(overlap.members());
        if (group != null) {
            members.put("group", group.members());
        }
        putIfKnown(members, "backFrom", backFrom);
        putIfKnown(members, "releaseId", releaseId);
        putIfKnown(members, "taskDefinition", taskDefinition);
        putIfKnown(members, "source", source);
        putIfKnown(members, "deploymentId", deploymentId);
        return members;
    }

    ReleaseItem withReleaseId(String id) {
        return new ReleaseItem(push, service, running, problem, overlap, group, backFrom, id, taskDefinition, source,
                deploymentId);
    }

    ReleaseItem withTaskDefinition(String arn, String copyOf) {
        return new ReleaseItem(push, service, running, problem, overlap, group, backFrom, releaseId, arn, copyOf,
                deploymentId);
    }

    ReleaseItem withDeploymentId(String id) {
        return new ReleaseItem(push, service, running, problem, overlap, group, backFrom, releaseId, taskDefinition,
                source, id);
    }

    private static void putIfKnown(Map<String, Object> members, String name, @Nullable String value) {
        if (value != null) {
            members.put(name, value);
        }
    }
}
