package io.greenlane.aws;

import io.greenlane.deployment.Interventions;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.DeploymentAlreadyCompletedException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentIsNotInReadyStateException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentWaitType;
import software.amazon.awssdk.services.codedeploy.model.InvalidDeploymentStatusException;
import software.amazon.awssdk.services.codedeploy.model.UnsupportedActionForDeploymentTypeException;

/** StopDeployment and ContinueDeployment of CodeDeploy. */
public final class CodeDeployInterventions implements Interventions {
    private final CodeDeployClient codeDeploy;

    public CodeDeployInterventions(CodeDeployClient codeDeploy) {
        this.codeDeploy = codeDeploy;
    }

    @Override
    public boolean stop(String deploymentId) {
        try {
            codeDeploy.stopDeployment(call -> call.deploymentId(deploymentId).autoRollbackEnabled(true));
            return true;
        } catch (DeploymentAlreadyCompletedException | DeploymentDoesNotExistException e) {
            return false;
        }
    }

    @Override
    public boolean endTerminationWait(String deploymentId) {
        try {
            codeDeploy.continueDeployment(call -> call.deploymentId(deploymentId)
                    .deploymentWaitType(DeploymentWaitType.TERMINATION_WAIT));
            return true;
        } catch (DeploymentAlreadyCompletedException | DeploymentDoesNotExistException
                | DeploymentIsNotInReadyStateException | InvalidDeploymentStatusException
                | UnsupportedActionForDeploymentTypeException e) {
            return false;
        }
    }
}
