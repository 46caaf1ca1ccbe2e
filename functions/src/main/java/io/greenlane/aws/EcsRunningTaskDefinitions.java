package io.greenlane.aws;

import io.greenlane.service.RunningTaskDefinitions;
import io.greenlane.service.ServiceReference;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.ecs.EcsClient;

/** Asks the deployment group which service it is, and that service what it runs. */
public final class EcsRunningTaskDefinitions implements RunningTaskDefinitions {
    private final CodeDeployGroups groups;
    private final EcsServices services;

    public EcsRunningTaskDefinitions(CodeDeployClient codeDeploy, EcsClient ecs) {
        this.groups = new CodeDeployGroups(codeDeploy);
        this.services = new EcsServices(ecs);
    }

    @Override
    public String of(ServiceReference reference) {
        return services.find(groups.find(reference)).primary().taskDefinition();
    }
}
