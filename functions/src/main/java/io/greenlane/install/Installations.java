package io.greenlane.install;

/** The Install phase of CodeDeploy's deployments. */
@FunctionalInterface
public interface Installations {
    /** Whether the deployment to that service has begun Install and not ended it: green gets no traffic of any kind before. */
    boolean isUnderWay(String deploymentId, String cluster, String service);
}
