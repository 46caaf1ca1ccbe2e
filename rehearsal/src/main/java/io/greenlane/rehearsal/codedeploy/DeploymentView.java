package io.greenlane.rehearsal.codedeploy;

import io.greenlane.rehearsal.cloud.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.codedeploy.model.ComputePlatform;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentOverview;
import software.amazon.awssdk.services.codedeploy.model.DeploymentTarget;
import software.amazon.awssdk.services.codedeploy.model.DeploymentTargetType;
import software.amazon.awssdk.services.codedeploy.model.ECSService;
import software.amazon.awssdk.services.codedeploy.model.ECSTaskSet;
import software.amazon.awssdk.services.codedeploy.model.FileExistsBehavior;
import software.amazon.awssdk.services.codedeploy.model.TargetLabel;
import software.amazon.awssdk.services.codedeploy.model.TargetStatus;
import software.amazon.awssdk.services.ecs.model.TaskSet;

/** Deployments as the API shows them. */
final class DeploymentView {
    private final Account account;
    private final TaskSets taskSets;

    DeploymentView(Account account, TaskSets taskSets) {
        this.account = account;
        this.taskSets = taskSets;
    }

    /** As GetDeployment returns it: the AppSpec by its hash, never its text (CodeDeploy API reference). */
    DeploymentInfo info(Deployment deployment) {
        Deployment.Order order = deployment.order();
        return DeploymentInfo.builder().deploymentId(deployment.id())
                .applicationName(order.group().applicationName())
                .deploymentGroupName(order.group().deploymentGroupName())
                .deploymentConfigName(order.configName())
                .revision(order.revision() == null ? null : order.revision().reference())
                .previousRevision(order.previousRevision()).status(deployment.status())
                .errorInformation(deployment.error().orElse(null)).createTime(deployment.createTime())
                .startTime(deployment.startTime().orElse(null)).completeTime(deployment.completeTime().orElse(null))
                .deploymentOverview(overview(deployment)).description(order.description()).creator(order.creator())
                .ignoreApplicationStopFailures(false).updateOutdatedInstancesOnly(false)
                .autoRollbackConfiguration(order.autoRollback()).rollbackInfo(deployment.rollback().orElse(null))
                .deploymentStyle(order.group().deploymentStyle())
                .instanceTerminationWaitTimeStarted(deployment.terminationWaitStarted())
                .blueGreenDeploymentConfiguration(order.group().blueGreenDeploymentConfiguration())
                .loadBalancerInfo(order.group().loadBalancerInfo()).fileExistsBehavior(FileExistsBehavior.DISALLOW)
                .deploymentStatusMessages(List.of()).computePlatform(ComputePlatform.ECS)
                .overrideAlarmConfiguration(order.alarmOverride()).build();
    }

    /** {@code <cluster>:<service>}: an ECS deployment has exactly this one target. */
    static String targetId(Deployment deployment) {
        ECSService service = service(deployment);
        return service.clusterName() + ":" + service.serviceName();
    }

    DeploymentTarget target(Deployment deployment) {
        ECSService service = service(deployment);
        return DeploymentTarget.builder().deploymentTargetType(DeploymentTargetType.ECS_TARGET).ecsTarget(
                target -> target.deploymentId(deployment.id()).targetId(targetId(deployment))
                        .targetArn(account.arn("ecs", "service/" + service.clusterName() + "/" + service.serviceName()))
                        .status(targetStatus(deployment)).lastUpdatedAt(deployment.lastUpdate())
                        .lifecycleEvents(deployment.events().entrySet().stream()
                                .map(event -> event.getValue().view(event.getKey().title())).toList())
                        .taskSetsInfo(taskSetsInfo(deployment)))
                .build();
    }

    static TargetStatus targetStatus(Deployment deployment) {
        return switch (deployment.status()) {
            case CREATED, QUEUED -> TargetStatus.PENDING;
            case IN_PROGRESS, BAKING -> TargetStatus.IN_PROGRESS;
            case READY -> TargetStatus.READY;
            case SUCCEEDED -> TargetStatus.SUCCEEDED;
            case FAILED -> TargetStatus.FAILED;
            case STOPPED -> TargetStatus.SKIPPED;
            case UNKNOWN_TO_SDK_VERSION -> TargetStatus.UNKNOWN;
        };
    }

    static DeploymentOverview overview(Deployment deployment) {
        TargetStatus status = targetStatus(deployment);
        return DeploymentOverview.builder().pending(one(status == TargetStatus.PENDING))
                .inProgress(one(status == TargetStatus.IN_PROGRESS)).succeeded(one(status == TargetStatus.SUCCEEDED))
                .failed(one(status == TargetStatus.FAILED)).skipped(one(status == TargetStatus.SKIPPED))
                .ready(one(status == TargetStatus.READY)).build();
    }

    private List<ECSTaskSet> taskSetsInfo(Deployment deployment) {
        List<ECSTaskSet> sides = new ArrayList<>();
        deployment.pair().ifPresent(pair -> {
            side(pair, pair.blue(), pair.blueGroup(), TargetLabel.BLUE, 100 - pair.greenPercent())
                    .ifPresent(sides::add);
            pair.green().flatMap(
                    green -> side(pair, green, pair.greenGroup(), TargetLabel.GREEN, pair.greenPercent()))
                    .ifPresent(sides::add);
        });
        return sides;
    }

    private Optional<ECSTaskSet> side(BlueGreen pair, TaskSet taskSet, BlueGreen.TargetGroup group, TargetLabel label,
            int percent) {
        return taskSets.now(pair, taskSet)
                .map(now -> ECSTaskSet.builder().identifer(now.id()).taskSetLabel(label).status(now.status())
                        .desiredCount((long) now.computedDesiredCount()).runningCount((long) now.runningCount())
                        .pendingCount((long) now.pendingCount()).trafficWeight((double) percent)
                        .targetGroup(name -> name.name(group.name())).build());
    }

    private static long one(boolean here) {
        return here ? 1 : 0;
    }

    private static ECSService service(Deployment deployment) {
        return deployment.group().ecsServices().get(0);
    }
}
