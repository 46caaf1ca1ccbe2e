package io.greenlane.install;

import io.greenlane.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task that has stopped, or that ECS has decided to stop.
 *
 * @param arn of the task
 * @param stopCode what made it stop (ECS API, TaskStopCode); empty when ECS does not say
 * @param stoppedReason in ECS's words; empty when there is none
 * @param containers those that tell something
 * @param createdAt by ECS's clock; null when ECS does not say
 * @param stoppingAt when ECS decided that it stops, or when it had stopped; null when ECS does not say
 */
public record StoppedTask(String arn, String stopCode, String stoppedReason, List<Container> containers,
        @Nullable Instant createdAt, @Nullable Instant stoppingAt) {
    public StoppedTask {
        containers = List.copyOf(containers);
    }

    /**
     * One container of the task.
     *
     * @param exitCode null when it never ran
     * @param reason more about its end, for example that memory ran out; null when there is none
     */
    public record Container(String name, @Nullable Integer exitCode, @Nullable String reason) {}

    /** The detail of an {@code ECS Task State Change} event (ECS guide, task state change events). */
    static StoppedTask from(JsonObject detail) {
        String stopping = detail.optionalText("stoppingAt");
        return new StoppedTask(detail.text("taskArn"), text(detail, "stopCode"), text(detail, "stoppedReason"),
                detail.objects("containers").stream().map(StoppedTask::container).toList(),
                time(detail.optionalText("createdAt")),
                time(stopping == null ? detail.optionalText("stoppedAt") : stopping));
    }

    private static Container container(JsonObject container) {
        return new Container(text(container, "name"),
                container.members().get("exitCode") instanceof Number code ? code.intValue() : null,
                container.optionalText("reason"));
    }

    private static String text(JsonObject members, String name) {
        String text = members.optionalText(name);
        return text == null ? "" : text;
    }

    private static @Nullable Instant time(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }
}
