package io.greenlane.aws;

import io.greenlane.service.DeploymentGroup;
import io.greenlane.service.ServiceNotDeployableException;
import io.greenlane.service.ServiceReference;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.Alarm;
import software.amazon.awssdk.services.codedeploy.model.AlarmConfiguration;
import software.amazon.awssdk.services.codedeploy.model.ApplicationDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.ComputePlatform;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentOption;
import software.amazon.awssdk.services.codedeploy.model.DeploymentType;
import software.amazon.awssdk.services.codedeploy.model.InvalidApplicationNameException;
import software.amazon.awssdk.services.codedeploy.model.InvalidDeploymentGroupNameException;
import software.amazon.awssdk.services.codedeploy.model.TargetGroupPairInfo;
import software.amazon.awssdk.services.codedeploy.model.TrafficRoute;

/** Deployment groups that deploy to an ECS service, blue/green, behind a production and a test listener. */
final class CodeDeployGroups {
    private final CodeDeployClient codeDeploy;

    CodeDeployGroups(CodeDeployClient codeDeploy) {
        this.codeDeploy = codeDeploy;
    }

    /** The group, or a {@link ServiceNotDeployableException} with everything that is wrong with it. */
    DeploymentGroup find(ServiceReference reference) {
        return find(reference.application(), reference.deploymentGroup());
    }

    /** As above, by the two names that CodeDeploy knows. */
    DeploymentGroup find(String application, String deploymentGroup) {
        return read(application + "/" + deploymentGroup, describe(application, deploymentGroup));
    }

    /** Names of the alarms that CodeDeploy watches during deployments of the group. */
    List<String> alarms(ServiceReference reference) {
        return alarms(describe(reference.application(), reference.deploymentGroup()));
    }

    static List<String> alarms(DeploymentGroupInfo group) {
        AlarmConfiguration watched = group.alarmConfiguration();
        return watched == null || !Boolean.TRUE.equals(watched.enabled())
                ? List.of()
                : watched.alarms().stream().map(Alarm::name).toList();
    }

    private DeploymentGroupInfo describe(String application, String deploymentGroup) {
        try {
            return codeDeploy.getDeploymentGroup(
                    call -> call.applicationName(application).deploymentGroupName(deploymentGroup))
                    .deploymentGroupInfo();
        } catch (ApplicationDoesNotExistException | InvalidApplicationNameException e) {
            throw new ServiceNotDeployableException("CodeDeploy application '" + application + "' does not exist");
        } catch (DeploymentGroupDoesNotExistException | InvalidDeploymentGroupNameException e) {
            throw new ServiceNotDeployableException("CodeDeploy application '" + application
                    + "' has no deployment group '" + deploymentGroup + "'");
        }
    }

    private static DeploymentGroup read(String name, DeploymentGroupInfo group) {
        String subject = "Deployment group " + name + " ";
        if (group.computePlatform() != ComputePlatform.ECS) {
            throw new ServiceNotDeployableException(
                    subject + "deploys to " + group.computePlatformAsString() + ", not to ECS");
        }
        List<String> problems = new ArrayList<>();
        if (group.deploymentStyle() == null || group.deploymentStyle().deploymentType() != DeploymentType.BLUE_GREEN
                || group.deploymentStyle().deploymentOption() != DeploymentOption.WITH_TRAFFIC_CONTROL) {
            problems.add(subject + "is not BLUE_GREEN with WITH_TRAFFIC_CONTROL");
        }
        if (group.ecsServices().size() != 1) {
            problems.add(subject + "names " + group.ecsServices().size() + " ECS services, not one");
        }
        List<TargetGroupPairInfo> pairs = group.loadBalancerInfo() == null
                ? List.of()
                : group.loadBalancerInfo().targetGroupPairInfoList();
        if (pairs.size() != 1 || pairs.get(0).targetGroups().size() != 2) {
            problems.add(subject + "has not one pair of two target groups");
            throw new ServiceNotDeployableException(problems);
        }
        List<String> production = listeners(pairs.get(0).prodTrafficRoute());
        List<String> test = listeners(pairs.get(0).testTrafficRoute());
        if (production.size() != 1) {
            problems.add(subject + "names " + production.size() + " production listeners, not one");
        }
        if (test.size() != 1) {
            problems.add(subject + (test.isEmpty()
                    ? "has no test listener, so nothing could be tested before production moves; add one"
                    : "names " + test.size() + " test listeners, not one"));
        }
        if (!problems.isEmpty()) {
            throw new ServiceNotDeployableException(problems);
        }
        return new DeploymentGroup(group.ecsServices().get(0).clusterName(), group.ecsServices().get(0).serviceName(),
                pairs.get(0).targetGroups().stream().map(targetGroup -> targetGroup.name()).toList(),
                production.get(0), test.get(0));
    }

    private static List<String> listeners(TrafficRoute route) {
        return route == null ? List.of() : route.listenerArns();
    }
}
