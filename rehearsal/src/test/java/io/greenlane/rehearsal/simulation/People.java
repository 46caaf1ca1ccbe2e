package io.greenlane.rehearsal.simulation;

import io.greenlane.rehearsal.release.Site;
import io.greenlane.rehearsal.release.Website;
import io.greenlane.rehearsal.simulation.Ingredient.Action;
import software.amazon.awssdk.services.codedeploy.model.DeploymentLimitExceededException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** What operators do, past the workflow. */
final class People {
    private final Site site;

    People(Site site) {
        this.site = site;
    }

    void act(Action action) {
        switch (action) {
            case STOP_DEPLOYMENT -> site.allDeployments().stream()
                    .filter(it -> it.status() == DeploymentStatus.IN_PROGRESS && !Observation.isRollback(it))
                    .findFirst().ifPresent(it -> site.cloud().codeDeploy.stopDeployment(
                            stop -> stop.deploymentId(it.deploymentId()).autoRollbackEnabled(true)));
            case DEPLOY_BY_HAND -> {
                try {
                    Website website = site.websites().getFirst();
                    website.deployByHand(website.register(site.firstDigest()));
                } catch (DeploymentLimitExceededException e) {
                    // The group is busy, as the console says too.
                }
            }
            case STOP_EXECUTION -> stopNewestOf("Release");
            case STOP_VALIDATION -> stopNewestOf("Validation");
            case REPEAT_EVENT -> site.executions().reversed().stream().findFirst()
                    .ifPresent(it -> site.start(it.input()));
            case PUSH_AGAIN -> site.pushAgain("again");
            case DELETE_IMAGE -> site.deleteNewestImage();
        }
    }

    private void stopNewestOf(String workflow) {
        site.executionsOf(workflow).reversed().stream().filter(it -> it.status() == ExecutionStatus.RUNNING).findFirst()
                .ifPresent(it -> site.cloud().stepFunctions.stopExecution(
                        stop -> stop.executionArn(it.executionArn())));
    }
}
