package io.greenlane.service;

/** Looks at what a service runs, for which less has to be asked than for its {@link Topologies topology}. */
@FunctionalInterface
public interface RunningTaskDefinitions {
    /**
     * The ARN of the revision that the primary task set runs; cluster and service name of the reference are not needed.
     *
     * @throws ServiceNotDeployableException when it is no service that CodeDeploy deploys to, or has no primary task set
     */
    String of(ServiceReference reference);
}
