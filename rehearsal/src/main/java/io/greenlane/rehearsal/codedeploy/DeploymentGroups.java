package io.greenlane.rehearsal.codedeploy;

import io.greenlane.rehearsal.cloud.RandomIds;
import io.greenlane.rehearsal.codedeploy.Applications.Application;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.codedeploy.model.BlueGreenDeploymentConfiguration;
import software.amazon.awssdk.services.codedeploy.model.BlueInstanceTerminationOption;
import software.amazon.awssdk.services.codedeploy.model.ComputePlatform;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentGroupRequest;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupAlreadyExistsException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupNameRequiredException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentReadyAction;
import software.amazon.awssdk.services.codedeploy.model.DeploymentReadyOption;
import software.amazon.awssdk.services.codedeploy.model.ECSService;
import software.amazon.awssdk.services.codedeploy.model.EcsServiceMappingLimitExceededException;
import software.amazon.awssdk.services.codedeploy.model.InstanceAction;
import software.amazon.awssdk.services.codedeploy.model.InvalidDeploymentGroupNameException;
import software.amazon.awssdk.services.codedeploy.model.InvalidEcsServiceException;
import software.amazon.awssdk.services.codedeploy.model.InvalidInputException;
import software.amazon.awssdk.services.codedeploy.model.UpdateDeploymentGroupRequest;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.Service;

/** Creation, change and look-up of deployment groups. */
final class DeploymentGroups {
    private final Applications applications;
    private final DeploymentConfigs configs;
    private final EcsClient ecs;
    private final RandomGenerator random;

    DeploymentGroups(Applications applications, DeploymentConfigs configs, EcsClient ecs, RandomGenerator random) {
        this.applications = applications;
        this.configs = configs;
        this.ecs = ecs;
        this.random = random;
    }

    DeploymentGroup get(@Nullable String application, @Nullable String name) {
        DeploymentGroup found = applications.get(application).groups().get(checkedName(name));
        if (found == null) {
            throw DeploymentGroupDoesNotExistException.builder()
                    .message("No Deployment Group found for name: " + name).build();
        }
        return found;
    }

    String create(CreateDeploymentGroupRequest request) {
        Application application = applications.get(request.applicationName());
        String name = checkedName(request.deploymentGroupName());
        checkFree(application, name);
        if (application.info().computePlatform() != ComputePlatform.ECS) {
            throw InvalidInputException.builder()
                    .message("The local CodeDeploy deploys to ECS only; application " + application.name() + " is for "
                            + application.info().computePlatformAsString())
                    .build();
        }
        String id = RandomIds.uuid(random);
        DeploymentGroupInfo group = DeploymentGroupInfo.builder().applicationName(application.name())
                .deploymentGroupId(id).deploymentGroupName(name).computePlatform(ComputePlatform.ECS)
                .deploymentConfigName(Optional.ofNullable(request.deploymentConfigName())
                        .orElse(DeploymentConfigs.DEFAULT))
                .serviceRoleArn(request.serviceRoleArn()).triggerConfigurations(request.triggerConfigurations())
                .alarmConfiguration(request.alarmConfiguration())
                .autoRollbackConfiguration(request.autoRollbackConfiguration())
                .deploymentStyle(request.deploymentStyle())
                .blueGreenDeploymentConfiguration(complete(request.blueGreenDeploymentConfiguration()))
                .loadBalancerInfo(request.loadBalancerInfo()).ecsServices(request.ecsServices())
                .outdatedInstancesStrategy(request.outdatedInstancesStrategy()).build();
        check(group);
        application.groups().put(name, new DeploymentGroup(group));
        return id;
    }

    /** Members that the request leaves out stay as they are. */
    void update(UpdateDeploymentGroupRequest request) {
        Application application = applications.get(request.applicationName());
        DeploymentGroup group = get(request.applicationName(), request.currentDeploymentGroupName());
        DeploymentGroupInfo.Builder changed = group.info().toBuilder();
        String newName = Optional.ofNullable(request.newDeploymentGroupName()).map(DeploymentGroups::checkedName)
                .orElse(group.name());
        if (!newName.equals(group.name())) {
            checkFree(application, newName);
        }
        changed.deploymentGroupName(newName);
        Optional.ofNullable(request.deploymentConfigName()).ifPresent(changed::deploymentConfigName);
        Optional.ofNullable(request.serviceRoleArn()).ifPresent(changed::serviceRoleArn);
        Optional.ofNullable(request.alarmConfiguration()).ifPresent(changed::alarmConfiguration);
        Optional.ofNullable(request.autoRollbackConfiguration()).ifPresent(changed::autoRollbackConfiguration);
        Optional.ofNullable(request.deploymentStyle()).ifPresent(changed::deploymentStyle);
        Optional.ofNullable(request.loadBalancerInfo()).ifPresent(changed::loadBalancerInfo);
        Optional.ofNullable(complete(request.blueGreenDeploymentConfiguration()))
                .ifPresent(changed::blueGreenDeploymentConfiguration);
        if (request.hasTriggerConfigurations()) {
            changed.triggerConfigurations(request.triggerConfigurations());
        }
        if (request.hasEcsServices()) {
            changed.ecsServices(request.ecsServices());
        }
        check(changed.build());
        application.groups().remove(group.name());
        group.change(changed.build());
        application.groups().put(newName, group);
    }

    /** Deletes the group; nothing happens when there is none. */
    void delete(@Nullable String application, @Nullable String name) {
        String checked = checkedName(name);
        applications.find(List.of(application == null ? "" : application))
                .forEach(found -> found.groups().remove(checked));
    }

    private void check(DeploymentGroupInfo group) {
        configs.get(group.deploymentConfigName());
        GroupRules.check(group);
        ECSService service = group.ecsServices().get(0);
        checkService(service);
        applications.all().stream().flatMap(application -> application.groups().values().stream())
                .map(DeploymentGroup::info)
                .filter(other -> !other.deploymentGroupId().equals(group.deploymentGroupId())
                        && other.ecsServices().contains(service))
                .findFirst().ifPresent(other -> {
                    throw EcsServiceMappingLimitExceededException.builder()
                            .message("The ECS service " + service.serviceName() + " in cluster " + service.clusterName()
                                    + " already belongs to the deployment group " + other.deploymentGroupName())
                            .build();
                });
    }

    private void checkService(ECSService named) {
        Optional<Service> service;
        try {
            service = ecs.describeServices(
                    request -> request.cluster(named.clusterName()).services(named.serviceName())).services().stream()
                    .filter(found -> !"INACTIVE".equals(found.status())).findFirst();
        } catch (EcsException failure) {
            service = Optional.empty();
        }
        if (service.isEmpty()) {
            throw InvalidEcsServiceException.builder().message("The ECS service " + named.serviceName()
                    + " does not exist in cluster " + named.clusterName()).build();
        }
        if (service.get().deploymentController() == null
                || service.get().deploymentController().type() != DeploymentControllerType.CODE_DEPLOY) {
            throw InvalidEcsServiceException.builder()
                    .message(
                            "Deployment group's ECS service must be configured for a CODE_DEPLOY deployment controller")
                    .build();
        }
    }

    /** With the numbers that AWS always returns, which clients rely on ({@code aws ecs deploy}). */
    private static @Nullable BlueGreenDeploymentConfiguration complete(
            @Nullable BlueGreenDeploymentConfiguration given) {
        if (given == null) {
            return null;
        }
        BlueInstanceTerminationOption termination = given.terminateBlueInstancesOnDeploymentSuccess();
        DeploymentReadyOption ready = given.deploymentReadyOption();
        return given.toBuilder()
                .terminateBlueInstancesOnDeploymentSuccess(termination == null
                        ? null
                        : termination.toBuilder()
                                .action(Optional.ofNullable(termination.actionAsString())
                                        .orElse(InstanceAction.TERMINATE.toString()))
                                .terminationWaitTimeInMinutes(
                                        Optional.ofNullable(termination.terminationWaitTimeInMinutes()).orElse(0))
                                .build())
                .deploymentReadyOption(ready == null
                        ? null
                        : ready.toBuilder()
                                .actionOnTimeout(Optional.ofNullable(ready.actionOnTimeoutAsString())
                                        .orElse(DeploymentReadyAction.CONTINUE_DEPLOYMENT.toString()))
                                .waitTimeInMinutes(Optional.ofNullable(ready.waitTimeInMinutes()).orElse(0)).build())
                .build();
    }

    private static void checkFree(Application application, String name) {
        if (application.groups().containsKey(name)) {
            throw DeploymentGroupAlreadyExistsException.builder()
                    .message("Deployment group already exists in the application: " + name).build();
        }
    }

    private static String checkedName(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            throw DeploymentGroupNameRequiredException.builder().message("Deployment Group name is missing").build();
        }
        if (name.length() > 100) {
            throw InvalidDeploymentGroupNameException.builder()
                    .message("A deployment group name has at most 100 characters, got " + name.length()).build();
        }
        return name;
    }
}
