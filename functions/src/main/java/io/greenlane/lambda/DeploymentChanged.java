package io.greenlane.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.greenlane.deployment.DeploymentNews;
import io.greenlane.deployment.DeploymentNews.News;
import io.greenlane.deployment.DeploymentWatch;
import io.greenlane.deployment.Deployments;
import io.greenlane.json.JsonObject;
import io.greenlane.release.Ledger;
import io.greenlane.release.Releases;
import io.greenlane.validation.Verdicts;
import java.time.Clock;
import java.util.Map;

/** Takes CodeDeploy's state-change events to the workflows that wait for them. */
public final class DeploymentChanged implements RequestHandler<ScheduledEvent, Map<String, Object>> {
    private final DeploymentNews news;

    /** The one that Lambda calls. */
    public DeploymentChanged() {
        this(new Clients(), LedgerSettings.from(System.getenv()));
    }

    private DeploymentChanged(Clients clients, LedgerSettings settings) {
        this(news(clients, clients.ledger(settings.table()), clients.deployments()));
    }

    /** With collaborators of one's own. */
    public DeploymentChanged(DeploymentNews news) {
        this.news = news;
    }

    private static DeploymentNews news(Clients clients, Ledger ledger, Deployments deployments) {
        Clock clock = Clock.systemUTC();
        return new DeploymentNews(new Releases(ledger, clock), deployments,
                new DeploymentWatch(deployments, new Verdicts(ledger), clock), clients.taskTokens(), clock);
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
