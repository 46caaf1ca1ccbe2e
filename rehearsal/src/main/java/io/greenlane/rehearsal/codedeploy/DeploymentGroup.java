package io.greenlane.rehearsal.codedeploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupInfo;
import software.amazon.awssdk.services.codedeploy.model.LastDeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;

/** A deployment group with its deployments, oldest first. */
final class DeploymentGroup {
    private final List<Deployment> deployments = new ArrayList<>();
    private DeploymentGroupInfo info;
    private @Nullable RevisionLocation targetRevision;

    DeploymentGroup(DeploymentGroupInfo info) {
        this.info = info;
    }

    DeploymentGroupInfo info() {
        return info;
    }

    void change(DeploymentGroupInfo changed) {
        info = changed;
    }

    String name() {
        return info.deploymentGroupName();
    }

    List<Deployment> deployments() {
        return deployments;
    }

    void add(Deployment deployment) {
        deployments.add(deployment);
    }

    /** The deployment that locks the group: not final, not in line. */
    Optional<Deployment> active() {
        return deployments.stream().filter(deployment -> !deployment.isFinal() && !deployment.isQueued()).findFirst();
    }

    /** The revision that is known to be good. */
    Optional<RevisionLocation> lastGoodRevision() {
        return Optional.ofNullable(targetRevision);
    }

    void succeeded(@Nullable RevisionLocation revision) {
        targetRevision = revision == null ? targetRevision : revision;
    }

    /** As GetDeploymentGroup shows it. */
    DeploymentGroupInfo view() {
        DeploymentGroupInfo.Builder view = info.toBuilder().targetRevision(targetRevision);
        for (Deployment deployment : deployments) {
            LastDeploymentInfo last = LastDeploymentInfo.builder().deploymentId(deployment.id())
                    .status(deployment.status()).createTime(deployment.createTime())
                    .endTime(deployment.completeTime().orElse(null)).build();
            view.lastAttemptedDeployment(last);
            if (deployment.hasSucceeded()) {
                view.lastSuccessfulDeployment(last);
            }
        }
        return view.build();
    }
}
