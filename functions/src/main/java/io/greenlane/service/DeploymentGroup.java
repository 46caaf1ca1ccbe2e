package io.greenlane.service;

import java.util.List;

/**
 * What a CodeDeploy deployment group says about the service that it deploys to.
 *
 * @param cluster name
 * @param service name
 * @param targetGroups names of the two target groups
 * @param productionListener ARN
 * @param testListener ARN
 */
public record DeploymentGroup(String cluster, String service, List<String> targetGroups, String productionListener,
        String testListener) {
    public DeploymentGroup {
        targetGroups = List.copyOf(targetGroups);
    }
}
