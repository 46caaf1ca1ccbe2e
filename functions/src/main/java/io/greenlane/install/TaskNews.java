package io.greenlane.install;

import io.greenlane.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code ECS Task State Change} event says (ECS guide, task state change events).
 *
 * @param cluster name
 * @param service name; null when the task is of no service
 * @param startedBy id of the task set or deployment that the task belongs to, {@code ecs-svc/...}; null when there is none
 */
public record TaskNews(String cluster, @Nullable String service, @Nullable String startedBy, StoppedTask task) {
    private static final String OF_SERVICE = "service:";

    /** The event's detail. */
    public static TaskNews from(JsonObject detail) {
        String cluster = detail.text("clusterArn");
        String group = detail.optionalText("group");
        return new TaskNews(cluster.substring(cluster.lastIndexOf('/') + 1),
                group == null || !group.startsWith(OF_SERVICE) ? null : group.substring(OF_SERVICE.length()),
                detail.optionalText("startedBy"), StoppedTask.from(detail));
    }
}
