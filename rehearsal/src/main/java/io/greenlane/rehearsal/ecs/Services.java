package io.greenlane.rehearsal.ecs;

import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.ecs.Clusters.ClusterState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceResponse;
import software.amazon.awssdk.services.ecs.model.DeleteServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeleteServiceResponse;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentController;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.ListServicesRequest;
import software.amazon.awssdk.services.ecs.model.ListServicesResponse;
import software.amazon.awssdk.services.ecs.model.PropagateTags;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceNotActiveException;
import software.amazon.awssdk.services.ecs.model.ServiceNotFoundException;
import software.amazon.awssdk.services.ecs.model.StabilityStatus;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskSet;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceResponse;

/** Creates, changes, describes and removes services. */
final class Services {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,255}");
    private static final int MAX_DESCRIBED = 10;
    private static final int DEFAULT_PAGE = 10;

    private final Names names;
    private final Tags tags;
    private final Timeline timeline;
    private final Clusters clusters;
    private final TaskDefinitions definitions;
    private final ServiceRules rules;
    private final Scheduler scheduler;
    private final Announcements announcements;

    Services(Names names, Tags tags, Timeline timeline, Clusters clusters, TaskDefinitions definitions,
            ServiceRules rules, Scheduler scheduler, Announcements announcements) {
        this.names = names;
        this.tags = tags;
        this.timeline = timeline;
        this.clusters = clusters;
        this.definitions = definitions;
        this.rules = rules;
        this.scheduler = scheduler;
        this.announcements = announcements;
    }

    CreateServiceResponse create(CreateServiceRequest request) {
        ClusterState cluster = clusters.get(request.cluster());
        String name = String.valueOf(request.serviceName());
        if (!NAME.matcher(name).matches()) {
            throw Faults.invalidParameter("Service name '" + name
                    + "' must have 1 to 255 letters, digits, hyphens and underscores");
        }
        ServiceState known = cluster.services.get(name);
        if (known != null && !known.described.status().equals("INACTIVE")) {
            throw Faults.invalidParameter("Creation of service was not idempotent.");
        }
        DeploymentController controller = request.deploymentController() == null
                ? DeploymentController.builder().type(
                        DeploymentControllerType.ECS).build()
                : request.deploymentController();
        rules.checkNew(request, controller.type());
        Service.Builder described = Service.builder().serviceArn(names.arn("service/" + cluster.name() + "/" + name))
                .serviceName(name).clusterArn(cluster.arn()).status("ACTIVE").desiredCount(count(request
                        .desiredCount() == null ? 1 : request.desiredCount()))
                .deploymentController(controller).deploymentConfiguration(configuration(request
                        .deploymentConfiguration()))
                .loadBalancers(request.loadBalancers()).networkConfiguration(request.networkConfiguration())
                .placementConstraints(request.placementConstraints()).placementStrategy(request.placementStrategy())
                .schedulingStrategy(SchedulingStrategy.REPLICA)
                .availabilityZoneRebalancing(request.availabilityZoneRebalancing())
                .platformVersion(platform(request.platformVersion()))
                .platformFamily("Linux").healthCheckGracePeriodSeconds(grace(request)).enableECSManagedTags(Boolean.TRUE
                        .equals(request.enableECSManagedTags()))
                .propagateTags(request.propagateTags() == null ? PropagateTags.NONE : request.propagateTags())
                .enableExecuteCommand(Boolean.TRUE.equals(request.enableExecuteCommand())).createdAt(timeline.now())
                .createdBy(names.root()).roleArn(names.root().replace(":root",
                        ":role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"));
        if (!request.capacityProviderStrategy().isEmpty()) {
            described.capacityProviderStrategy(request.capacityProviderStrategy());
        } else {
            described.launchType(request.launchType() == null ? LaunchType.EC2 : request.launchType());
        }
        boolean external = controller.type() == DeploymentControllerType.EXTERNAL;
        Optional<TaskDefinition> definition = external && request.taskDefinition() == null
                ? Optional.empty()
                : Optional.of(definitions.active(request.taskDefinition()).typed());
        definition.ifPresent(found -> rules.checkFit(found, request.loadBalancers(), request.networkConfiguration()));
        ServiceState service = new ServiceState(described.build());
        tags.put(service.arn(), request.tags());
        cluster.services.put(name, service);
        if (!external) {
            definition.ifPresent(found -> roll(service, found));
        }
        return CreateServiceResponse.builder().service(shown(service, true)).build();
    }

    DescribeServicesResponse describe(DescribeServicesRequest request) {
        ClusterState cluster = clusters.get(request.cluster());
        if (request.services().isEmpty() || request.services().size() > MAX_DESCRIBED) {
            throw Faults.invalidParameter("Services must name 1 to " + MAX_DESCRIBED + " services, got " + request
                    .services().size());
        }
        boolean withTags = request.includeAsStrings().contains("TAGS");
        List<Service> found = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (String asked : request.services()) {
            ServiceState service = find(cluster, asked);
            if (service == null) {
                failures.add(Failure.builder().arn(asked.startsWith("arn:")
                        ? asked
                        : names.arn("service/" + cluster
                                .name() + "/" + asked))
                        .reason("MISSING").build());
            } else {
                found.add(shown(service, withTags));
            }
        }
        return DescribeServicesResponse.builder().services(found).failures(failures).build();
    }

    ListServicesResponse list(ListServicesRequest request) {
        List<String> arns = clusters.get(request.cluster()).services
                .values().stream().filter(service -> !service.described
                        .status().equals("INACTIVE")
                        && (request.launchType() == null || request.launchType() == service.described
                                .launchType()))
                .map(ServiceState::arn).toList();
        Page<String> page = Page.of(arns, request.nextToken(), request.maxResults() == null
                ? DEFAULT_PAGE
                : request
                        .maxResults());
        return ListServicesResponse.builder().serviceArns(page.items()).nextToken(page.nextToken()).build();
    }

    UpdateServiceResponse update(UpdateServiceRequest request) {
        ServiceState service = active(request.cluster(), request.service());
        ServiceRules.checkUpdate(service, request);
        Service was = service.described;
        Service.Builder changed = was.toBuilder().desiredCount(request.desiredCount() == null
                ? was.desiredCount()
                : count(request.desiredCount())).healthCheckGracePeriodSeconds(or(
                        request
                                .healthCheckGracePeriodSeconds(),
                        was.healthCheckGracePeriodSeconds()))
                .enableECSManagedTags(or(request.enableECSManagedTags(), was.enableECSManagedTags())).propagateTags(or(
                        request.propagateTags(), was.propagateTags()))
                .enableExecuteCommand(or(request.enableExecuteCommand(), was.enableExecuteCommand()))
                .networkConfiguration(or(request.networkConfiguration(), was.networkConfiguration()))
                .deploymentController(or(request.deploymentController(), was.deploymentController()))
                .deploymentConfiguration(request.deploymentConfiguration() == null
                        ? was.deploymentConfiguration()
                        : configuration(request.deploymentConfiguration()));
        if (request.platformVersion() != null) {
            changed.platformVersion(platform(request.platformVersion()));
        }
        if (request.hasLoadBalancers()) {
            changed.loadBalancers(request.loadBalancers());
        }
        if (request.hasPlacementConstraints()) {
            changed.placementConstraints(request.placementConstraints());
        }
        if (request.hasPlacementStrategy()) {
            changed.placementStrategy(request.placementStrategy());
        }
        boolean rolls = request.taskDefinition() != null || request.networkConfiguration() != null || request
                .platformVersion() != null || request.hasLoadBalancers() || Boolean.TRUE.equals(request
                        .forceNewDeployment());
        if (rolls) {
            TaskDefinition definition = definitions.active(or(request.taskDefinition(), was.taskDefinition())).typed();
            Service next = changed.build();
            rules.checkFit(definition, next.loadBalancers(), next.networkConfiguration());
            service.described = next;
            roll(service, definition);
        } else {
            service.described = changed.build();
        }
        if (!service.described.desiredCount().equals(was.desiredCount())) {
            announcements.serviceAction(service, "INFO", "SERVICE_DESIRED_COUNT_UPDATED", null,
                    "Desired count changed from "
                            + was.desiredCount() + " to " + service.described.desiredCount());
            scheduler.scaled(service);
        } else {
            scheduler.reconcile(service);
        }
        return UpdateServiceResponse.builder().service(shown(service, false)).build();
    }

    DeleteServiceResponse delete(DeleteServiceRequest request) {
        ServiceState service = active(request.cluster(), request.service());
        if (service.described.desiredCount() > 0 && !Boolean.TRUE.equals(request.force())) {
            throw Faults.invalidParameter("The service cannot be stopped while it is scaled above 0.");
        }
        service.described = service.described.toBuilder().status("DRAINING").desiredCount(0).build();
        List.copyOf(service.taskSets).forEach(scheduler::drain);
        if (service.taskSets.isEmpty()) {
            service.described = service.described.toBuilder().status("INACTIVE").build();
        }
        return DeleteServiceResponse.builder().service(shown(service, false)).build();
    }

    /** The service of a request, which must be ACTIVE. */
    ServiceState active(@Nullable String clusterName, @Nullable String nameOrArn) {
        ServiceState service = nameOrArn == null ? null : find(clusters.get(clusterName), nameOrArn);
        if (service == null) {
            throw Faults.of(ServiceNotFoundException.builder(), "ServiceNotFoundException", "Service not found.");
        }
        if (!service.active()) {
            throw Faults.of(ServiceNotActiveException.builder(), "ServiceNotActiveException",
                    "Service was not ACTIVE.");
        }
        return service;
    }

    /** A task set that runs what the service runs, with the task definition given. */
    TaskSet.Builder newTaskSet(ServiceState service, TaskDefinition definition) {
        Service like = service.described;
        String id = names.taskSetId();
        return TaskSet.builder().id(id).taskSetArn(names.arn("task-set/" + Names.last(like.clusterArn()) + "/" + service
                .name() + "/" + id)).serviceArn(service.arn()).clusterArn(like.clusterArn()).taskDefinition(definition
                        .taskDefinitionArn())
                .createdAt(timeline.now()).updatedAt(timeline.now()).launchType(like.launchType())
                .capacityProviderStrategy(like.capacityProviderStrategy()).platformVersion(like.platformVersion())
                .platformFamily("Linux").networkConfiguration(like.networkConfiguration()).loadBalancers(like
                        .loadBalancers())
                .scale(TaskSets.full()).stabilityStatus(StabilityStatus.STABILIZING).stabilityStatusAt(timeline.now());
    }

    static String platform(@Nullable String asked) {
        return asked == null || asked.equals("LATEST") ? "1.4.0" : asked;
    }

    /** The task set with this definition becomes the primary one; under the ECS controller it replaces those before it. */
    private void roll(ServiceState service, TaskDefinition definition) {
        service.primary().ifPresent(before -> before.described = before.described.toBuilder().status(
                TaskSetState.ACTIVE).updatedAt(timeline.now()).build());
        TaskSetState set = new TaskSetState(service, definition, newTaskSet(service, definition).status(
                TaskSetState.PRIMARY).build());
        service.described = service.described.toBuilder().taskDefinition(definition.taskDefinitionArn()).build();
        service.taskSets.addFirst(set);
        service.steadyAnnounced = false;
        if (service.rolling()) {
            announcements.deployment(service, set, "SERVICE_DEPLOYMENT_IN_PROGRESS", "ECS deployment " + set.described
                    .id() + " in progress.");
        }
        scheduler.add(set);
    }

    private Service shown(ServiceState service, boolean withTags) {
        return withTags ? service.shown().toBuilder().tags(tags.of(service.arn())).build() : service.shown();
    }

    private static @Nullable ServiceState find(ClusterState cluster, String nameOrArn) {
        ServiceState service = cluster.services.get(Names.last(nameOrArn));
        return service == null || (nameOrArn.startsWith("arn:") && !service.arn().equals(nameOrArn)) ? null : service;
    }

    private static int count(int desired) {
        if (desired < 0) {
            throw Faults.invalidParameter("desiredCount must not be negative, got " + desired);
        }
        return desired;
    }

    private static @Nullable Integer grace(CreateServiceRequest request) {
        if (request.healthCheckGracePeriodSeconds() == null && !request.loadBalancers().isEmpty()) {
            return 0;
        }
        return request.healthCheckGracePeriodSeconds();
    }

    private static DeploymentConfiguration configuration(@Nullable DeploymentConfiguration asked) {
        DeploymentConfiguration.Builder filled = asked == null ? DeploymentConfiguration.builder() : asked.toBuilder();
        DeploymentConfiguration known = filled.build();
        return filled.maximumPercent(or(known.maximumPercent(), 200)).minimumHealthyPercent(or(known
                .minimumHealthyPercent(), 100)).build();
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
