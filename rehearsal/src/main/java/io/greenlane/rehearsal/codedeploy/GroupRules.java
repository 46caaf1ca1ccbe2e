package io.greenlane.rehearsal.codedeploy;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.codedeploy.model.AlarmConfiguration;
import software.amazon.awssdk.services.codedeploy.model.AlarmsLimitExceededException;
import software.amazon.awssdk.services.codedeploy.model.AutoRollbackConfiguration;
import software.amazon.awssdk.services.codedeploy.model.AutoRollbackEvent;
import software.amazon.awssdk.services.codedeploy.model.BlueGreenDeploymentConfiguration;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentOption;
import software.amazon.awssdk.services.codedeploy.model.DeploymentReadyAction;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStyle;
import software.amazon.awssdk.services.codedeploy.model.DeploymentType;
import software.amazon.awssdk.services.codedeploy.model.ECSService;
import software.amazon.awssdk.services.codedeploy.model.InstanceAction;
import software.amazon.awssdk.services.codedeploy.model.InvalidAlarmConfigException;
import software.amazon.awssdk.services.codedeploy.model.InvalidAutoRollbackConfigException;
import software.amazon.awssdk.services.codedeploy.model.InvalidBlueGreenDeploymentConfigurationException;
import software.amazon.awssdk.services.codedeploy.model.InvalidDeploymentStyleException;
import software.amazon.awssdk.services.codedeploy.model.InvalidEcsServiceException;
import software.amazon.awssdk.services.codedeploy.model.InvalidLoadBalancerInfoException;
import software.amazon.awssdk.services.codedeploy.model.InvalidRoleException;
import software.amazon.awssdk.services.codedeploy.model.InvalidTargetGroupPairException;
import software.amazon.awssdk.services.codedeploy.model.InvalidTriggerConfigException;
import software.amazon.awssdk.services.codedeploy.model.LoadBalancerInfo;
import software.amazon.awssdk.services.codedeploy.model.RoleRequiredException;
import software.amazon.awssdk.services.codedeploy.model.TargetGroupPairInfo;
import software.amazon.awssdk.services.codedeploy.model.TrafficRoute;
import software.amazon.awssdk.services.codedeploy.model.TriggerConfig;
import software.amazon.awssdk.services.codedeploy.model.TriggerEventType;
import software.amazon.awssdk.services.codedeploy.model.TriggerTargetsLimitExceededException;

/** What a deployment group for ECS must look like; each broken rule is the error that the service model names for it. */
final class GroupRules {
    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::[0-9]{12}:role/.+");
    private static final int MOST_MINUTES = 2880;

    private GroupRules() {}

    static void check(DeploymentGroupInfo group) {
        checkRole(group.serviceRoleArn());
        checkStyle(group.deploymentStyle());
        checkService(group.ecsServices());
        checkLoadBalancer(group.loadBalancerInfo());
        checkBlueGreen(group.blueGreenDeploymentConfiguration());
        checkRollback(group.autoRollbackConfiguration());
        checkAlarms(group.alarmConfiguration());
        checkTriggers(group.triggerConfigurations());
    }

    static void checkRollback(@Nullable AutoRollbackConfiguration rollback) {
        if (rollback == null) {
            return;
        }
        if (rollback.events().contains(AutoRollbackEvent.UNKNOWN_TO_SDK_VERSION)) {
            throw InvalidAutoRollbackConfigException.builder()
                    .message("Unknown automatic rollback event in " + rollback.eventsAsStrings()).build();
        }
        if (Boolean.TRUE.equals(rollback.enabled()) && rollback.events().isEmpty()) {
            throw InvalidAutoRollbackConfigException.builder()
                    .message("Automatic rollback is enabled without an event that causes one").build();
        }
    }

    static void checkAlarms(@Nullable AlarmConfiguration alarms) {
        if (alarms == null) {
            return;
        }
        if (Boolean.TRUE.equals(alarms.enabled()) && alarms.alarms().isEmpty()) {
            throw InvalidAlarmConfigException.builder().message("Alarms are enabled, but none is named").build();
        }
        if (alarms.alarms().size() > 10) {
            throw AlarmsLimitExceededException.builder()
                    .message("A deployment group has at most 10 alarms, got " + alarms.alarms().size()).build();
        }
        if (alarms.alarms().stream().anyMatch(alarm -> alarm.name() == null || alarm.name().isEmpty())) {
            throw InvalidAlarmConfigException.builder().message("An alarm has no name").build();
        }
    }

    private static void checkRole(@Nullable String role) {
        if (role == null || role.isEmpty()) {
            throw RoleRequiredException.builder().message("The service role ARN is missing").build();
        }
        if (!ROLE.matcher(role).matches()) {
            throw InvalidRoleException.builder().message("Not the ARN of a role: '" + role + "'").build();
        }
    }

    private static void checkStyle(@Nullable DeploymentStyle style) {
        if (style == null || style.deploymentType() != DeploymentType.BLUE_GREEN
                || style.deploymentOption() != DeploymentOption.WITH_TRAFFIC_CONTROL) {
            throw InvalidDeploymentStyleException.builder()
                    .message("For ECS deployment group, the deployment style must be BLUE_GREEN with"
                            + " WITH_TRAFFIC_CONTROL, got " + style)
                    .build();
        }
    }

    private static void checkService(List<ECSService> services) {
        if (services.size() != 1 || services.get(0).serviceName() == null || services.get(0).clusterName() == null) {
            throw InvalidEcsServiceException.builder()
                    .message("A deployment group for ECS names exactly one service with its cluster, got " + services)
                    .build();
        }
    }

    private static void checkLoadBalancer(@Nullable LoadBalancerInfo loadBalancer) {
        if (loadBalancer == null || loadBalancer.targetGroupPairInfoList().size() != 1) {
            throw InvalidLoadBalancerInfoException.builder()
                    .message("A deployment group for ECS has exactly one targetGroupPairInfo, got " + loadBalancer)
                    .build();
        }
        TargetGroupPairInfo pair = loadBalancer.targetGroupPairInfoList().get(0);
        if (pair.targetGroups().size() != 2
                || pair.targetGroups().stream().map(group -> group.name()).distinct().count() != 2) {
            throw InvalidTargetGroupPairException.builder()
                    .message("A target group pair names two target groups, got " + pair.targetGroups()).build();
        }
        if (pair.prodTrafficRoute() == null || !hasListeners(pair.prodTrafficRoute(), 1)
                || (pair.testTrafficRoute() != null && !hasListeners(pair.testTrafficRoute(), 1))) {
            throw InvalidTargetGroupPairException.builder()
                    .message("The production traffic route names one listener, the test traffic route one or is left"
                            + " out; got " + pair.prodTrafficRoute() + " and " + pair.testTrafficRoute())
                    .build();
        }
    }

    private static boolean hasListeners(TrafficRoute route, int count) {
        return route.listenerArns().size() == count;
    }

    private static void checkBlueGreen(@Nullable BlueGreenDeploymentConfiguration blueGreen) {
        if (blueGreen == null || blueGreen.terminateBlueInstancesOnDeploymentSuccess() == null
                || blueGreen.deploymentReadyOption() == null) {
            throw invalidBlueGreen("terminateBlueInstancesOnDeploymentSuccess and deploymentReadyOption are required");
        }
        InstanceAction action = blueGreen.terminateBlueInstancesOnDeploymentSuccess().action();
        if (action != null && action == InstanceAction.UNKNOWN_TO_SDK_VERSION) {
            throw invalidBlueGreen("the action on blue must be TERMINATE or KEEP_ALIVE");
        }
        checkMinutes(blueGreen.terminateBlueInstancesOnDeploymentSuccess().terminationWaitTimeInMinutes());
        checkMinutes(blueGreen.deploymentReadyOption().waitTimeInMinutes());
        DeploymentReadyAction ready = blueGreen.deploymentReadyOption().actionOnTimeout();
        Integer wait = blueGreen.deploymentReadyOption().waitTimeInMinutes();
        if (ready != DeploymentReadyAction.STOP_DEPLOYMENT && wait != null && wait > 0) {
            throw invalidBlueGreen("a wait time for rerouting needs the action STOP_DEPLOYMENT");
        }
    }

    private static void checkMinutes(@Nullable Integer minutes) {
        if (minutes != null && (minutes < 0 || minutes > MOST_MINUTES)) {
            throw invalidBlueGreen("a wait time has 0 to " + MOST_MINUTES + " minutes, got " + minutes);
        }
    }

    private static InvalidBlueGreenDeploymentConfigurationException invalidBlueGreen(String why) {
        return InvalidBlueGreenDeploymentConfigurationException.builder()
                .message("Invalid blue/green deployment configuration for ECS: " + why).build();
    }

    private static void checkTriggers(List<TriggerConfig> triggers) {
        if (triggers.size() > 10) {
            throw TriggerTargetsLimitExceededException.builder()
                    .message("A deployment group has at most 10 triggers, got " + triggers.size()).build();
        }
        for (TriggerConfig trigger : triggers) {
            if (trigger.triggerName() == null || trigger.triggerTargetArn() == null
                    || !trigger.triggerTargetArn().startsWith("arn:aws:sns:") || trigger.triggerEvents().isEmpty()
                    || trigger.triggerEvents().contains(TriggerEventType.UNKNOWN_TO_SDK_VERSION)) {
                throw InvalidTriggerConfigException.builder().message(
                        "A trigger has a name, the ARN of an SNS topic and the events of the model, got " + trigger)
                        .build();
            }
        }
    }
}
