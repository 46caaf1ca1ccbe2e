package io.greenlane.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.greenlane.aws.Clients;
import io.greenlane.aws.EcrImages;
import io.greenlane.aws.EcrRepositories;
import io.greenlane.aws.EcsRevisions;
import io.greenlane.aws.EcsRunningTaskDefinitions;
import io.greenlane.image.Repositories;
import io.greenlane.image.Repository;
import io.greenlane.json.JsonObject;
import io.greenlane.service.RunningTaskDefinitions;
import io.greenlane.service.ServiceNotDeployableException;
import io.greenlane.taskdefinition.Revision;
import io.greenlane.taskdefinition.RevisionRegistration;
import java.util.Map;

/** Step of the workflow after a release is admitted: the revision that is going to be deployed. */
public final class RegisterTaskDefinition implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    private final RunningTaskDefinitions running;
    private final Repositories repositories;
    private final RevisionRegistration registration;

    /** The one that Lambda calls. */
    public RegisterTaskDefinition() {
        this(Surroundings.ofLambda());
    }

    /** With surroundings of one's own. */
    public RegisterTaskDefinition(Surroundings surroundings) {
        this(surroundings.clients());
    }

    private RegisterTaskDefinition(Clients clients) {
        this(new EcsRunningTaskDefinitions(clients.codeDeploy(), clients.ecs()), new EcrRepositories(clients.ecr()),
                new RevisionRegistration(new EcsRevisions(clients.ecs()), new EcrImages(clients.ecr())));
    }

    /** With collaborators of one's own. */
    public RegisterTaskDefinition(RunningTaskDefinitions running, Repositories repositories,
            RevisionRegistration registration) {
        this.running = running;
        this.repositories = repositories;
        this.registration = registration;
    }

    /**
     * {@code {item}} with a release id to the item with {@code taskDefinition} and {@code source}. Ends with
     * {@link io.greenlane.image.ImageGoneException}, {@link ServiceNotDeployableException} or
     * {@link io.greenlane.taskdefinition.CopyDiffersException} when there is nothing to deploy, with
     * {@link io.greenlane.taskdefinition.RegistrationThrottledException} when it is to be asked again later.
     */
    @Override
    public Map<String, Object> handleRequest(Map<String, Object> input, Context context) {
        ReleaseItem item = ReleaseItem.from(JsonObject.of("item", input.get("item")));
        if (item.problem() != null) {
            throw new ServiceNotDeployableException(item.problem());
        }
        if (item.releaseId() == null) {
            throw new IllegalArgumentException(
                    "item.releaseId is missing; a release is admitted before it is registered");
        }
        String source = running.of(item.service());
        Repository repository = repositories.find(item.push().repository())
                .orElseThrow(() -> new ServiceNotDeployableException(
                        "ECR repository '" + item.push().repository() + "' does not exist"));
        Revision revision = registration.register(source, repository, item.push().digest(), item.releaseId());
        JsonLog.of("RegisterTaskDefinition", context.getAwsRequestId()).with(item)
                .info("Revision " + revision.name() + " is a copy of " + source
                        + " with the new digest and nothing else");
        return item.withTaskDefinition(revision.arn(), source).members();
    }
}
