package io.greenlane.rehearsal.codedeploy;

import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.codedeploy.Applications.Application;
import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour.Deviation;
import io.greenlane.rehearsal.codedeploy.Revisions.Revision;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.codedeploy.model.AlarmConfiguration;
import software.amazon.awssdk.services.codedeploy.model.ApplicationNameRequiredException;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.codedeploy.model.DeploymentAlreadyCompletedException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentCreator;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupNameRequiredException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentIsNotInReadyStateException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentLimitExceededException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentNotStartedException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.DeploymentWaitType;
import software.amazon.awssdk.services.codedeploy.model.DescriptionTooLongException;
import software.amazon.awssdk.services.codedeploy.model.InvalidDeploymentStatusException;
import software.amazon.awssdk.services.codedeploy.model.InvalidDeploymentWaitTypeException;
import software.amazon.awssdk.services.codedeploy.model.InvalidTimeRangeException;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentsRequest;
import software.amazon.awssdk.services.codedeploy.model.UnsupportedActionForDeploymentTypeException;

/** The API's view of deployments: creating, finding, continuing and stopping them. */
final class Deployments {
    private static final int LONGEST_DESCRIPTION = 256;

    private final Applications applications;
    private final DeploymentGroups groups;
    private final DeploymentConfigs configs;
    private final DeploymentRegistry registry;
    private final DeploymentEngine engine;
    private final Timeline timeline;
    private final CodeDeployBehaviour behaviour;

    Deployments(Applications applications, DeploymentGroups groups, DeploymentConfigs configs,
            DeploymentRegistry registry, DeploymentEngine engine, Timeline timeline, CodeDeployBehaviour behaviour) {
        this.applications = applications;
        this.groups = groups;
        this.configs = configs;
        this.registry = registry;
        this.engine = engine;
        this.timeline = timeline;
        this.behaviour = behaviour;
    }

    /** Creates a deployment; the id. There is no client token: the same request twice is two deployments. */
    String create(CreateDeploymentRequest request) {
        Application application = applications.get(request.applicationName());
        DeploymentGroup group = groups.get(request.applicationName(), request.deploymentGroupName());
        String configName = Optional.ofNullable(request.deploymentConfigName())
                .orElse(group.info().deploymentConfigName());
        ShiftPlan plan = ShiftPlan.of(configs.get(configName).trafficRoutingConfig());
        if (request.description() != null && request.description().length() > LONGEST_DESCRIPTION) {
            throw DescriptionTooLongException.builder().message("A description has at most " + LONGEST_DESCRIPTION
                    + " characters, got " + request.description().length()).build();
        }
        GroupRules.checkRollback(request.autoRollbackConfiguration());
        GroupRules.checkAlarms(request.overrideAlarmConfiguration());
        checkFree(group);
        Instant now = timeline.now();
        Revision revision = application.revisions().register(request.revision(), null,
                !behaviour.has(Deviation.SHA256_NOT_CHECKED), now);
        revision.use(group.name(), now);
        AlarmConfiguration override = request.overrideAlarmConfiguration();
        Deployment deployment = registry.add(new Deployment(new Deployment.Order(registry.newId(), group, group.info(),
                revision, group.lastGoodRevision().orElse(null), configName, plan, request.description(),
                DeploymentCreator.USER,
                Optional.ofNullable(request.autoRollbackConfiguration())
                        .orElse(group.info().autoRollbackConfiguration()),
                override == null ? group.info().alarmConfiguration() : override, override, now)));
        engine.launch(deployment);
        return deployment.id();
    }

    /** Ids' owners, newest first. */
    Stream<Deployment> list(ListDeploymentsRequest request) {
        boolean hasApplication = request.applicationName() != null;
        if (hasApplication && request.deploymentGroupName() == null) {
            throw DeploymentGroupNameRequiredException.builder()
                    .message("Deployment Group name is missing: it must be given with an application name").build();
        }
        if (!hasApplication && request.deploymentGroupName() != null) {
            throw ApplicationNameRequiredException.builder()
                    .message("Application name is missing: it must be given with a deployment group name").build();
        }
        DeploymentGroup group = hasApplication
                ? groups.get(request.applicationName(), request.deploymentGroupName())
                : null;
        Set<DeploymentStatus> statuses = Set.copyOf(request.includeOnlyStatuses());
        if (statuses.contains(DeploymentStatus.UNKNOWN_TO_SDK_VERSION)) {
            throw InvalidDeploymentStatusException.builder()
                    .message("Unknown status in " + request.includeOnlyStatusesAsStrings()).build();
        }
        Predicate<Deployment> created = createdWithin(request);
        return registry.newestFirst().stream()
                .filter(deployment -> group == null || deployment.order().home() == group)
                .filter(deployment -> statuses.isEmpty() || statuses.contains(deployment.status())).filter(created)
                .filter(deployment -> request.externalId() == null);
    }

    /** The deployment, once it has targets. */
    Deployment started(@Nullable String id) {
        Deployment deployment = registry.get(id);
        if (!deployment.hasStarted()) {
            throw DeploymentNotStartedException.builder().message("The deployment " + id + " has not started")
                    .build();
        }
        return deployment;
    }

    void stop(@Nullable String id, @Nullable Boolean rollback) {
        engine.stop(goingOn(id), rollback);
    }

    /** ContinueDeployment. */
    void proceed(@Nullable String id, @Nullable String waitType) {
        Deployment deployment = goingOn(id);
        switch (waitType == null ? DeploymentWaitType.READY_WAIT : DeploymentWaitType.fromValue(waitType)) {
            case READY_WAIT -> {
                if (!engine.endWait(deployment, Phase.READY_WAIT)) {
                    throw DeploymentIsNotInReadyStateException.builder()
                            .message("The deployment " + id + " is not waiting for rerouting, its status is "
                                    + deployment.status())
                            .build();
                }
            }
            case TERMINATION_WAIT -> {
                if (!engine.endWait(deployment, Phase.TERMINATION_WAIT)) {
                    throw InvalidDeploymentStatusException.builder()
                            .message("The deployment " + id + " is not waiting to terminate the original task set")
                            .build();
                }
            }
            case UNKNOWN_TO_SDK_VERSION -> throw InvalidDeploymentWaitTypeException.builder()
                    .message("The wait type must be READY_WAIT or TERMINATION_WAIT, got '" + waitType + "'").build();
        }
    }

    /** SkipWaitTimeForInstanceTermination, the older form of ContinueDeployment. */
    void skipTerminationWait(@Nullable String id) {
        if (!engine.endWait(goingOn(id), Phase.TERMINATION_WAIT)) {
            started(id);
            throw UnsupportedActionForDeploymentTypeException.builder()
                    .message("The deployment " + id + " is not waiting to terminate the original task set").build();
        }
    }

    private Deployment goingOn(@Nullable String id) {
        Deployment deployment = registry.get(id);
        if (deployment.isFinal()) {
            throw DeploymentAlreadyCompletedException.builder()
                    .message("The deployment " + id + " has already completed, its status is " + deployment.status())
                    .build();
        }
        return deployment;
    }

    private void checkFree(DeploymentGroup group) {
        if (!behaviour.has(Deviation.SECOND_DEPLOYMENT_QUEUED)) {
            group.active().ifPresent(active -> {
                throw DeploymentLimitExceededException.builder().message("The Deployment Group '" + group.name()
                        + "' already has an active Deployment '" + active.id() + "'").build();
            });
        }
    }

    private static Predicate<Deployment> createdWithin(ListDeploymentsRequest request) {
        Instant start = request.createTimeRange() == null ? null : request.createTimeRange().start();
        Instant end = request.createTimeRange() == null ? null : request.createTimeRange().end();
        if (start != null && end != null && end.isBefore(start)) {
            throw InvalidTimeRangeException.builder().message("The time range ends at " + end + ", before its start "
                    + start).build();
        }
        return deployment -> (start == null || !deployment.createTime().isBefore(start))
                && (end == null || !deployment.createTime().isAfter(end));
    }
}
