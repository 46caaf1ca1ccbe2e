package io.greenlane.service;

/** Looks at a service as it is now. */
@FunctionalInterface
public interface Topologies {
    /**
     * Everything about the service; cluster and service name of the reference are not needed.
     *
     * @throws ServiceNotDeployableException when it is no service that CodeDeploy can deploy blue/green behind a test listener,
     * with everything found wrong in clear sentences
     */
    ServiceTopology discover(ServiceReference reference);
}
