package io.greenlane.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.greenlane.aws.Clients;
import io.greenlane.deployment.DeploymentNews;
import io.greenlane.deployment.DeploymentNews.News;
import io.greenlane.deployment.Deployments;
import io.greenlane.json.JsonObject;
import io.greenlane.release.Ledger;
import io.greenlane.release.Releases;
import java.time.Clock;
import java.util.Map;

/** Takes CodeDeploy's state-change events to the workflows that wait for them. */
public final class DeploymentChanged implements RequestHandler<ScheduledEvent, Map<String, Object>> {
    private final DeploymentNews news;

    /** The one that Lambda calls. */
    public DeploymentChanged() {
        this(Surroundings.ofLambda());
    }

    /** With surroundings of one's own. */
    public DeploymentChanged(Surroundings surroundings) {
        this(news(surroundings.clients(), surroundings.clock(), LedgerSettings.from(surroundings.environment())));
    }

    /** With collaborators of one's own. */
    public DeploymentChanged(DeploymentNews news) {
        this.news = news;
    }

    private static DeploymentNews news(Clients clients, Clock clock, LedgerSettings settings) {
        Ledger ledger = clients.ledger(settings.table());
        Deployments deployments = clients.deployments();
        return new DeploymentNews(new Releases(ledger, clock), deployments,
                Watches.deployments(clients, deployments, ledger, clock), clients.taskTokens(), clock);
    }

    /** The event only says where to look. */
    @Override
    public Map<String, Object> handleRequest(ScheduledEvent event, Context context) {
        JsonObject detail = JsonObject.of("event.detail", event.getDetail());
        News found = news.about(detail.text("deploymentId"));
        JsonLog log = JsonLog.of("DeploymentChanged", context.getAwsRequestId())
                .with("deploymentId", found.deploymentId()).with("state", detail.optionalText("state"));
        if (found.release() != null) {
            log.with(found.release());
        }
        log.info(found.sentence());
        return Map.of("deploymentId", found.deploymentId(), "sentence", found.sentence());
    }
}
