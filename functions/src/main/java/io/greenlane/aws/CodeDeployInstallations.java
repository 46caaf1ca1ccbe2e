package io.greenlane.aws;

import io.greenlane.install.Installations;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.DeploymentDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentNotStartedException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentTargetDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.ECSTarget;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventStatus;

/** The lifecycle event Install of deployments to ECS. */
public final class CodeDeployInstallations implements Installations {
    private static final String INSTALL = "Install";

    private final CodeDeployClient codeDeploy;

    public CodeDeployInstallations(CodeDeployClient codeDeploy) {
        this.codeDeploy = codeDeploy;
    }

    /** The one target of a deployment to ECS is {@code <cluster>:<service>} (CodeDeploy API, BatchGetDeploymentTargets). */
    @Override
    public boolean isUnderWay(String deploymentId, String cluster, String service) {
        try {
            ECSTarget target = codeDeploy.getDeploymentTarget(
                    call -> call.deploymentId(deploymentId).targetId(cluster + ":" + service)).deploymentTarget()
                    .ecsTarget();
            return target != null && target.lifecycleEvents().stream()
                    .anyMatch(event -> INSTALL.equals(event.lifecycleEventName())
                            && event.status() == LifecycleEventStatus.IN_PROGRESS);
        } catch (DeploymentDoesNotExistException | DeploymentNotStartedException
                | DeploymentTargetDoesNotExistException e) {
            return false;
        }
    }
}
