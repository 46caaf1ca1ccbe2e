package io.greenlane.aws;

import io.greenlane.service.ServiceNotDeployableException;
import io.greenlane.service.ServiceReference;
import io.greenlane.service.ServiceTopology;
import io.greenlane.service.Topologies;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/** Finds everything about a service from its CodeDeploy application, deployment group and repository alone. */
public final class ServiceDiscovery implements Topologies {
    private final CodeDeployClient codeDeploy;
    private final EcsClient ecs;
    private final ElasticLoadBalancingV2Client loadBalancing;
    private final EcrClient ecr;

    public ServiceDiscovery(CodeDeployClient codeDeploy, EcsClient ecs, ElasticLoadBalancingV2Client loadBalancing,
            EcrClient ecr) {
        this.codeDeploy = codeDeploy;
        this.ecs = ecs;
        this.loadBalancing = loadBalancing;
        this.ecr = ecr;
    }

    @Override
    public ServiceTopology discover(ServiceReference reference) {
        codeDeploy.getDeploymentGroup(group -> group.applicationName(reference.application())
                .deploymentGroupName(reference.deploymentGroup()));
        throw new ServiceNotDeployableException("not built yet: " + codeDeploy + ecs + loadBalancing + ecr);
    }
}
