package io.greenlane.service;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a service found, from its names to its topology, at one moment.
 *
 * @param problems in the order in which they were found
 * @param seen what could be looked at; the rest stands behind something that is broken
 * @param topology null when there is a problem
 */
public record Survey(List<Problem> problems, Set<Aspect> seen, @Nullable ServiceTopology topology) {
    public Survey {
        problems = List.copyOf(problems);
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
