package io.greenlane.service;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a service found, from its names to its topology, at one moment.
 *
 * @param problems in the order in which they were found
 * @param unanswered what AWS did not tell, a sentence for each
 * @param seen what could be looked at, with or without an answer; the rest stands behind something that does not hold
 * @param found what is known, whatever is not
 * @param topology null when there is a problem, or something was not told
 */
public record Survey(List<Problem> problems, Map<Aspect, String> unanswered, Set<Aspect> seen, Found found,
        @Nullable ServiceTopology topology) {
    public Survey {
        problems = List.copyOf(problems);
        unanswered = Map.copyOf(unanswered);
        seen = Set.copyOf(seen);
    }

    /** What is looked at. */
    public enum Aspect {
        /** The repository that the service follows. */
        REPOSITORY,
        /** The CodeDeploy application and deployment group. */
        GROUP,
        /** The ECS service and its task sets. */
        SERVICE,
        /** Target groups, listeners and load balancer. */
        TRAFFIC,
        /** Whether production runs an image of the repository. */
        IMAGE
    }

    /** What is wrong with one of them, in a sentence. */
    public record Problem(Aspect aspect, String sentence) {}

    /**
     * What others look at further, each null when it could not be found.
     *
     * @param service name of the ECS service, from the deployment group
     * @param taskDefinition ARN of what production runs
     * @param testAddress scheme, host and port of the test listener
     */
    public record Found(@Nullable String service, @Nullable String taskDefinition, @Nullable URI testAddress) {}

    /**
     * The topology.
     *
     * @throws ServiceNotDeployableException with all problems
     */
    public ServiceTopology deployable() {
        if (topology == null) {
            throw new ServiceNotDeployableException(problems.stream().map(Problem::sentence).toList());
        }
        return topology;
    }
}
