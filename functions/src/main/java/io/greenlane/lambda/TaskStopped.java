package io.greenlane.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.greenlane.install.InstallWatch;
import io.greenlane.install.InstallWatch.Look;
import io.greenlane.install.TaskNews;
import io.greenlane.json.JsonObject;
import java.util.Map;

/** Ends deployments whose green cannot become healthy, told by ECS's events about tasks that stop. */
public final class TaskStopped implements RequestHandler<ScheduledEvent, Map<String, Object>> {
    private final InstallWatch watch;

    /** The one that Lambda calls. */
    public TaskStopped() {
        this(Surroundings.ofLambda());
    }

    /** With surroundings of one's own. */
    public TaskStopped(Surroundings surroundings) {
        this(Watches.install(surroundings.clients(), surroundings.clients().deployments(),
                surroundings.clients().ledger(LedgerSettings.from(surroundings.environment()).table()),
                surroundings.clock()));
    }

    /** With collaborators of one's own. */
    public TaskStopped(InstallWatch watch) {
        this.watch = watch;
    }

    /** The event only says where to look. */
    @Override
    public Map<String, Object> handleRequest(ScheduledEvent event, Context context) {
        TaskNews news = TaskNews.from(JsonObject.of("event.detail", event.getDetail()));
        Look look = watch.taskStopped(news);
        JsonLog log = JsonLog.of("TaskStopped", context.getAwsRequestId()).with("task", news.task().arn())
                .with("deploymentId", look.deploymentId());
        if (look.release() != null) {
            log.with(look.release());
        }
        log.info(look.sentence());
        return Map.of("sentence", look.sentence());
    }
}
