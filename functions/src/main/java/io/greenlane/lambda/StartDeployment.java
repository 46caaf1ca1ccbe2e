package io.greenlane.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.greenlane.aws.Clients;
import io.greenlane.aws.CodeDeployDeployments;
import io.greenlane.aws.EcrImages;
import io.greenlane.aws.EcsTaskSets;
import io.greenlane.deployment.AppSpec;
import io.greenlane.deployment.AppSpecContent;
import io.greenlane.deployment.Course;
import io.greenlane.deployment.DeploymentNews;
import io.greenlane.deployment.ForeignDeployments;
import io.greenlane.deployment.Ground;
import io.greenlane.deployment.Launcher;
import io.greenlane.deployment.Launcher.Launched;
import io.greenlane.image.ImageCatalog;
import io.greenlane.json.Json;
import io.greenlane.json.JsonObject;
import io.greenlane.release.Callbacks;
import io.greenlane.release.Ledger;
import io.greenlane.release.Objection;
import io.greenlane.release.Releases;
import io.greenlane.release.ServiceQueue;
import io.greenlane.service.ServiceTopology;
import io.greenlane.service.Topologies;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Step of the workflow that sleeps until the deployment of its release has ended; each look adopts or creates that deployment. */
public final class StartDeployment implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    /** The call's own time-out and as long again, twice, for what CodeDeploy's lists may lag behind. */
    private static final Duration SETTLE = CodeDeployDeployments.CREATE_WITHIN.multipliedBy(3);

    private final Launcher launcher;
    private final ForeignDeployments foreign;
    private final Topologies topologies;
    private final ImageCatalog images;
    private final Callbacks callbacks;
    private final AppSpec.Hooks hooks;

    /** The one that Lambda calls. */
    public StartDeployment() {
        this(Surroundings.ofLambda());
    }

    /** With surroundings of one's own. */
    public StartDeployment(Surroundings surroundings) {
        this(surroundings.clients(), surroundings.clock(), StartSettings.from(surroundings.environment()));
    }

    private StartDeployment(Clients clients, Clock clock, StartSettings settings) {
        this(clients, clock, clients.ledger(settings.table()), clients.deployments(), settings.hooks());
    }

    private StartDeployment(Clients clients, Clock clock, Ledger ledger, CodeDeployDeployments deployments,
            AppSpec.Hooks hooks) {
        this(new Launcher(new Releases(ledger, clock), Watches.standing(ledger, clock), deployments,
                new EcsTaskSets(clients.ecs()), Watches.deployments(clients, deployments, ledger, clock), clock,
                SETTLE),
                new ForeignDeployments(new Releases(ledger, clock), new ServiceQueue(ledger), deployments,
                        new EcsTaskSets(clients.ecs())),
                clients.discovery(), new EcrImages(clients.ecr()), clients.taskTokens(), hooks);
    }

    /** With collaborators of one's own. */
    public StartDeployment(Launcher launcher, ForeignDeployments foreign, Topologies topologies, ImageCatalog images,
            Callbacks callbacks, AppSpec.Hooks hooks) {
        this.launcher = launcher;
        this.foreign = foreign;
        this.topologies = topologies;
        this.images = images;
        this.callbacks = callbacks;
        this.hooks = hooks;
    }

    /**
     * {@code {item, taskToken, attempt}}; the answer only goes to the log. The state ends by the callback with
     * {@code {outcome, reason, deploymentId}}, which is sent from here when the deployment has ended already. Ends with
     * {@link Ground.ChangedException} when the release is to be registered anew.
     */
    @Override
    public Map<String, Object> handleRequest(Map<String, Object> input, Context context) {
        JsonObject request = new JsonObject("input", input);
        ReleaseItem item = ReleaseItem.from(request.object("item"));
        String token = request.text("taskToken");
        String taskDefinition = item.taskDefinition();
        String releaseId = item.releaseId();
        if (releaseId == null || taskDefinition == null) {
            throw new IllegalArgumentException("item.releaseId or item.taskDefinition is missing;"
                    + " a release is admitted and registered before it is deployed");
        }
        int look = input.get("attempt") instanceof Number number ? number.intValue() : 0;
        Launched launched = launcher.look(releaseId, look, token, taskDefinition,
                () -> ground(item, releaseId, taskDefinition));
        String said = switch (launched.course()) {
            case Course.Running(String sentence) -> sentence;
            case Course.Ended ended -> {
                boolean told = callbacks.succeed(token, DeploymentNews.output(ended, launched.deploymentId()));
                yield ended.outcome() + (told ? ": " : " (the workflow did not wait any more): ") + ended.reason();
            }
        };
        JsonLog.of("StartDeployment", context.getAwsRequestId()).with(item)
                .with("deploymentId", launched.deploymentId()).info(said);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("deploymentId", launched.deploymentId());
        answer.put("sentence", said);
        return answer;
    }

    private Ground ground(ReleaseItem item, String releaseId, String taskDefinition) {
        images.find(item.push().repository(), item.push().digest()).orGone();
        ServiceTopology topology = topologies.discover(item.service());
        Objection objection = foreign.objection(releaseId, item.push(), item.running(), topology);
        if (objection != null) {
            return new Ground.Lost(objection);
        }
        String runs = topology.primary().taskDefinition();
        if (item.source() != null && !item.source().equals(runs)) {
            throw new Ground.ChangedException("Production runs " + runs + " now, and revision " + taskDefinition
                    + " is a copy of " + item.source() + ".");
        }
        return new Ground.Firm(
                new AppSpecContent(Json.text(AppSpec.of(topology, taskDefinition, hooks).members())),
                topology.desiredCount());
    }
}
