package io.greenlane.service;

import io.greenlane.image.Digest;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is found about a service from its application, deployment group and repository alone, at one moment.
 *
 * @param reference the service with cluster and service name filled in
 * @param desiredCount how many tasks the ECS service wants
 * @param primary the task set that serves production
 * @param targetGroups the two target groups of the deployment group, in its order
 * @param productionListener ARN
 * @param testListener ARN
 * @param testAddress scheme, host and port of the test listener, without a path
 * @param containerName the container that the load balancer sends requests to
 * @param containerPort its port
 * @param running the digest to which the containers of the repository are pinned; null when their task definition names a tag,
 * or when they differ
 */
public record ServiceTopology(ServiceReference reference, int desiredCount, TaskSet primary,
        List<TargetGroup> targetGroups, String productionListener, String testListener, URI testAddress,
        String containerName, int containerPort, @Nullable Digest running) {
    public ServiceTopology {
        targetGroups = List.copyOf(targetGroups);
    }

    /** A target group by both of its names: CodeDeploy names it, the load balancer wants its ARN. */
    public record TargetGroup(String name, String arn) {}
}
