package io.greenlane.rehearsal.codedeploy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.codedeploy.Applications.Application;
import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour.Deviation;
import io.greenlane.rehearsal.codedeploy.Revisions.Revision;
import io.greenlane.rehearsal.endpoint.RawJsonOperations;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.BatchGetApplicationRevisionsRequest;
import software.amazon.awssdk.services.codedeploy.model.BatchGetApplicationRevisionsResponse;
import software.amazon.awssdk.services.codedeploy.model.BatchGetApplicationsRequest;
import software.amazon.awssdk.services.codedeploy.model.BatchGetApplicationsResponse;
import software.amazon.awssdk.services.codedeploy.model.BatchGetDeploymentGroupsRequest;
import software.amazon.awssdk.services.codedeploy.model.BatchGetDeploymentGroupsResponse;
import software.amazon.awssdk.services.codedeploy.model.BatchGetDeploymentTargetsRequest;
import software.amazon.awssdk.services.codedeploy.model.BatchGetDeploymentTargetsResponse;
import software.amazon.awssdk.services.codedeploy.model.BatchGetDeploymentsRequest;
import software.amazon.awssdk.services.codedeploy.model.BatchGetDeploymentsResponse;
import software.amazon.awssdk.services.codedeploy.model.BatchLimitExceededException;
import software.amazon.awssdk.services.codedeploy.model.ContinueDeploymentRequest;
import software.amazon.awssdk.services.codedeploy.model.ContinueDeploymentResponse;
import software.amazon.awssdk.services.codedeploy.model.CreateApplicationRequest;
import software.amazon.awssdk.services.codedeploy.model.CreateApplicationResponse;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentConfigRequest;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentConfigResponse;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentGroupRequest;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentGroupResponse;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentResponse;
import software.amazon.awssdk.services.codedeploy.model.DeleteApplicationRequest;
import software.amazon.awssdk.services.codedeploy.model.DeleteApplicationResponse;
import software.amazon.awssdk.services.codedeploy.model.DeleteDeploymentConfigRequest;
import software.amazon.awssdk.services.codedeploy.model.DeleteDeploymentConfigResponse;
import software.amazon.awssdk.services.codedeploy.model.DeleteDeploymentGroupRequest;
import software.amazon.awssdk.services.codedeploy.model.DeleteDeploymentGroupResponse;
import software.amazon.awssdk.services.codedeploy.model.DeploymentConfigInUseException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentTarget;
import software.amazon.awssdk.services.codedeploy.model.DeploymentTargetDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentTargetIdRequiredException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentTargetListSizeExceededException;
import software.amazon.awssdk.services.codedeploy.model.GenericRevisionInfo;
import software.amazon.awssdk.services.codedeploy.model.GetApplicationRequest;
import software.amazon.awssdk.services.codedeploy.model.GetApplicationResponse;
import software.amazon.awssdk.services.codedeploy.model.GetApplicationRevisionRequest;
import software.amazon.awssdk.services.codedeploy.model.GetApplicationRevisionResponse;
import software.amazon.awssdk.services.codedeploy.model.GetDeploymentConfigRequest;
import software.amazon.awssdk.services.codedeploy.model.GetDeploymentConfigResponse;
import software.amazon.awssdk.services.codedeploy.model.GetDeploymentGroupRequest;
import software.amazon.awssdk.services.codedeploy.model.GetDeploymentGroupResponse;
import software.amazon.awssdk.services.codedeploy.model.GetDeploymentRequest;
import software.amazon.awssdk.services.codedeploy.model.GetDeploymentResponse;
import software.amazon.awssdk.services.codedeploy.model.GetDeploymentTargetRequest;
import software.amazon.awssdk.services.codedeploy.model.GetDeploymentTargetResponse;
import software.amazon.awssdk.services.codedeploy.model.InvalidDeployedStateFilterException;
import software.amazon.awssdk.services.codedeploy.model.InvalidNextTokenException;
import software.amazon.awssdk.services.codedeploy.model.InvalidSortByException;
import software.amazon.awssdk.services.codedeploy.model.InvalidSortOrderException;
import software.amazon.awssdk.services.codedeploy.model.InvalidTargetFilterNameException;
import software.amazon.awssdk.services.codedeploy.model.ListApplicationRevisionsRequest;
import software.amazon.awssdk.services.codedeploy.model.ListApplicationRevisionsResponse;
import software.amazon.awssdk.services.codedeploy.model.ListApplicationsRequest;
import software.amazon.awssdk.services.codedeploy.model.ListApplicationsResponse;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentConfigsRequest;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentConfigsResponse;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentGroupsRequest;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentGroupsResponse;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentTargetsRequest;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentTargetsResponse;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentsRequest;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentsResponse;
import software.amazon.awssdk.services.codedeploy.model.ListStateFilterAction;
import software.amazon.awssdk.services.codedeploy.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.codedeploy.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.codedeploy.model.PutLifecycleEventHookExecutionStatusRequest;
import software.amazon.awssdk.services.codedeploy.model.PutLifecycleEventHookExecutionStatusResponse;
import software.amazon.awssdk.services.codedeploy.model.RegisterApplicationRevisionRequest;
import software.amazon.awssdk.services.codedeploy.model.RegisterApplicationRevisionResponse;
import software.amazon.awssdk.services.codedeploy.model.RevisionInfo;
import software.amazon.awssdk.services.codedeploy.model.SortOrder;
import software.amazon.awssdk.services.codedeploy.model.StopDeploymentRequest;
import software.amazon.awssdk.services.codedeploy.model.StopDeploymentResponse;
import software.amazon.awssdk.services.codedeploy.model.StopStatus;
import software.amazon.awssdk.services.codedeploy.model.Tag;
import software.amazon.awssdk.services.codedeploy.model.TagResourceRequest;
import software.amazon.awssdk.services.codedeploy.model.TagResourceResponse;
import software.amazon.awssdk.services.codedeploy.model.TargetFilterName;
import software.amazon.awssdk.services.codedeploy.model.UntagResourceRequest;
import software.amazon.awssdk.services.codedeploy.model.UntagResourceResponse;
import software.amazon.awssdk.services.codedeploy.model.UpdateApplicationRequest;
import software.amazon.awssdk.services.codedeploy.model.UpdateApplicationResponse;
import software.amazon.awssdk.services.codedeploy.model.UpdateDeploymentGroupRequest;
import software.amazon.awssdk.services.codedeploy.model.UpdateDeploymentGroupResponse;

/**
 * The CodeDeploy API of the local cloud, for the compute platform ECS. How a deployment goes stands in {@link Phase} and
 * {@link DeploymentRun}; what is kept stands in {@link Applications} and {@link Deployments}.
 */
public final class SimulatedCodeDeploy implements CodeDeployClient, RawJsonOperations {
    private final Timeline timeline;
    private final CodeDeployBehaviour behaviour;
    private final Applications applications;
    private final DeploymentConfigs configs;
    private final DeploymentGroups groups;
    private final DeploymentRegistry registry;
    private final Deployments deployments;
    private final DeploymentView view;
    private final Hooks hooks;
    private final Tags tags;

    /** An account without applications. */
    public SimulatedCodeDeploy(Timeline timeline, Journal journal, RandomGenerator random, Neighbours neighbours,
            CodeDeployBehaviour behaviour) {
        Account account = neighbours.account();
        this.timeline = timeline;
        this.behaviour = behaviour;
        applications = new Applications(timeline, random);
        configs = new DeploymentConfigs(timeline, random);
        groups = new DeploymentGroups(applications, configs, neighbours.ecs(), random);
        registry = new DeploymentRegistry(random);
        hooks = new Hooks(neighbours, timeline, random, behaviour);
        Announcements announcements = new Announcements(account, neighbours.events(),
                new Triggers(account, neighbours, journal), journal, behaviour);
        Machinery machinery = Machinery.with(neighbours, timeline, hooks, announcements, behaviour);
        DeploymentEngine engine = new DeploymentEngine(machinery, neighbours,
                new Rollbacks(registry, this::previousRevision));
        deployments = new Deployments(applications, groups, configs, registry, engine, timeline, behaviour);
        view = new DeploymentView(account, machinery.taskSets());
        tags = new Tags(account, applications, groups);
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // Nothing is held outside the timeline.
    }

    @Override
    public BatchGetApplicationRevisionsResponse batchGetApplicationRevisions(
            BatchGetApplicationRevisionsRequest request) {
        checkBatch(request.revisions().size(), 25);
        Revisions revisions = applications.get(request.applicationName()).revisions();
        return BatchGetApplicationRevisionsResponse.builder().applicationName(request.applicationName())
                .revisions(request.revisions().stream().map(revisions::get).map(revision -> RevisionInfo.builder()
                        .revisionLocation(revision.location()).genericRevisionInfo(revision.info()).build()).toList())
                .build();
    }

    @Override
    public BatchGetApplicationsResponse batchGetApplications(BatchGetApplicationsRequest request) {
        checkBatch(request.applicationNames().size(), 100);
        return BatchGetApplicationsResponse.builder().applicationsInfo(
                applications.find(request.applicationNames()).stream().map(Application::info).toList()).build();
    }

    @Override
    public BatchGetDeploymentGroupsResponse batchGetDeploymentGroups(BatchGetDeploymentGroupsRequest request) {
        checkBatch(request.deploymentGroupNames().size(), 100);
        Map<String, DeploymentGroup> known = applications.get(request.applicationName()).groups();
        List<String> unknown = request.deploymentGroupNames().stream().filter(name -> !known.containsKey(name))
                .toList();
        return BatchGetDeploymentGroupsResponse.builder()
                .deploymentGroupsInfo(request.deploymentGroupNames().stream().filter(known::containsKey)
                        .map(name -> groups.get(request.applicationName(), name).view()).toList())
                .errorMessage(unknown.isEmpty() ? null : "No Deployment Group found for names: " + unknown).build();
    }

    @Override
    public BatchGetDeploymentTargetsResponse batchGetDeploymentTargets(BatchGetDeploymentTargetsRequest request) {
        Deployment deployment = deployments.started(request.deploymentId());
        if (request.targetIds().isEmpty()) {
            throw DeploymentTargetIdRequiredException.builder().message("A target id is missing").build();
        }
        if (request.targetIds().size() > 25) {
            throw DeploymentTargetListSizeExceededException.builder()
                    .message("At most 25 targets may be asked for, got " + request.targetIds().size()).build();
        }
        return BatchGetDeploymentTargetsResponse.builder()
                .deploymentTargets(request.targetIds().stream().map(id -> target(deployment, id)).toList()).build();
    }

    @Override
    public BatchGetDeploymentsResponse batchGetDeployments(BatchGetDeploymentsRequest request) {
        checkBatch(request.deploymentIds().size(), 25);
        return BatchGetDeploymentsResponse.builder().deploymentsInfo(request.deploymentIds().stream()
                .map(registry::find).flatMap(Optional::stream).map(view::info).toList()).build();
    }

    @Override
    public ContinueDeploymentResponse continueDeployment(ContinueDeploymentRequest request) {
        deployments.proceed(request.deploymentId(), request.deploymentWaitTypeAsString());
        return ContinueDeploymentResponse.builder().build();
    }

    @Override
    public CreateApplicationResponse createApplication(CreateApplicationRequest request) {
        String id = applications.create(request.applicationName(), request.computePlatformAsString());
        tag(tags.applicationArn(request.applicationName()), request.tags());
        return CreateApplicationResponse.builder().applicationId(id).build();
    }

    @Override
    public CreateDeploymentResponse createDeployment(CreateDeploymentRequest request) {
        return CreateDeploymentResponse.builder().deploymentId(deployments.create(request)).build();
    }

    @Override
    public CreateDeploymentConfigResponse createDeploymentConfig(CreateDeploymentConfigRequest request) {
        return CreateDeploymentConfigResponse.builder().deploymentConfigId(configs.create(request)).build();
    }

    @Override
    public CreateDeploymentGroupResponse createDeploymentGroup(CreateDeploymentGroupRequest request) {
        String id = groups.create(request);
        tag(tags.groupArn(request.applicationName(), request.deploymentGroupName()), request.tags());
        return CreateDeploymentGroupResponse.builder().deploymentGroupId(id).build();
    }

    @Override
    public DeleteApplicationResponse deleteApplication(DeleteApplicationRequest request) {
        applications.delete(request.applicationName());
        return DeleteApplicationResponse.builder().build();
    }

    @Override
    public DeleteDeploymentConfigResponse deleteDeploymentConfig(DeleteDeploymentConfigRequest request) {
        boolean used = applications.all().stream().flatMap(application -> application.groups().values().stream())
                .anyMatch(group -> group.info().deploymentConfigName().equals(request.deploymentConfigName()));
        if (used) {
            throw DeploymentConfigInUseException.builder().message("Deployment configuration is in use: "
                    + request.deploymentConfigName()).build();
        }
        configs.delete(request.deploymentConfigName());
        return DeleteDeploymentConfigResponse.builder().build();
    }

    @Override
    public DeleteDeploymentGroupResponse deleteDeploymentGroup(DeleteDeploymentGroupRequest request) {
        groups.delete(request.applicationName(), request.deploymentGroupName());
        return DeleteDeploymentGroupResponse.builder().hooksNotCleanedUp(List.of()).build();
    }

    @Override
    public GetApplicationResponse getApplication(GetApplicationRequest request) {
        return GetApplicationResponse.builder().application(applications.get(request.applicationName()).info())
                .build();
    }

    @Override
    public GetApplicationRevisionResponse getApplicationRevision(GetApplicationRevisionRequest request) {
        Revision revision = applications.get(request.applicationName()).revisions().get(request.revision());
        return GetApplicationRevisionResponse.builder().applicationName(request.applicationName())
                .revision(revision.location()).revisionInfo(revision.info()).build();
    }

    @Override
    public GetDeploymentResponse getDeployment(GetDeploymentRequest request) {
        return GetDeploymentResponse.builder().deploymentInfo(view.info(registry.get(request.deploymentId())))
                .build();
    }

    @Override
    public GetDeploymentConfigResponse getDeploymentConfig(GetDeploymentConfigRequest request) {
        return GetDeploymentConfigResponse.builder()
                .deploymentConfigInfo(configs.get(request.deploymentConfigName())).build();
    }

    @Override
    public GetDeploymentGroupResponse getDeploymentGroup(GetDeploymentGroupRequest request) {
        return GetDeploymentGroupResponse.builder().deploymentGroupInfo(
                groups.get(request.applicationName(), request.deploymentGroupName()).view()).build();
    }

    @Override
    public GetDeploymentTargetResponse getDeploymentTarget(GetDeploymentTargetRequest request) {
        return GetDeploymentTargetResponse.builder()
                .deploymentTarget(target(deployments.started(request.deploymentId()), request.targetId())).build();
    }

    @Override
    public ListApplicationRevisionsResponse listApplicationRevisions(ListApplicationRevisionsRequest request) {
        checkToken(request.nextToken());
        List<Revision> sorted = applications.get(request.applicationName()).revisions()
                .sorted(revisionOrder(request));
        Predicate<Revision> asked = switch (request.deployed() == null
                ? ListStateFilterAction.IGNORE
                : request.deployed()) {
            case INCLUDE -> revision -> revision.info().firstUsedTime() != null;
            case EXCLUDE -> revision -> revision.info().firstUsedTime() == null;
            case IGNORE -> revision -> true;
            case UNKNOWN_TO_SDK_VERSION -> throw InvalidDeployedStateFilterException.builder()
                    .message("deployed must be include, exclude or ignore, got " + request.deployedAsString()).build();
        };
        return ListApplicationRevisionsResponse.builder()
                .revisions(sorted.stream().filter(asked).map(Revision::reference).toList()).build();
    }

    @Override
    public ListApplicationsResponse listApplications(ListApplicationsRequest request) {
        checkToken(request.nextToken());
        return ListApplicationsResponse.builder()
                .applications(applications.all().stream().map(Application::name).toList()).build();
    }

    @Override
    public ListDeploymentConfigsResponse listDeploymentConfigs(ListDeploymentConfigsRequest request) {
        checkToken(request.nextToken());
        return ListDeploymentConfigsResponse.builder().deploymentConfigsList(configs.names()).build();
    }

    @Override
    public ListDeploymentGroupsResponse listDeploymentGroups(ListDeploymentGroupsRequest request) {
        checkToken(request.nextToken());
        Application application = applications.get(request.applicationName());
        return ListDeploymentGroupsResponse.builder().applicationName(application.name())
                .deploymentGroups(List.copyOf(application.groups().keySet())).build();
    }

    @Override
    public ListDeploymentTargetsResponse listDeploymentTargets(ListDeploymentTargetsRequest request) {
        checkToken(request.nextToken());
        Deployment deployment = deployments.started(request.deploymentId());
        boolean asked = true;
        for (Map.Entry<String, List<String>> filter : request.targetFiltersAsStrings().entrySet()) {
            asked &= switch (TargetFilterName.fromValue(filter.getKey())) {
                case TARGET_STATUS -> filter.getValue().contains(DeploymentView.targetStatus(deployment).toString());
                case SERVER_INSTANCE_LABEL -> true;
                case UNKNOWN_TO_SDK_VERSION -> throw InvalidTargetFilterNameException.builder()
                        .message("Targets are filtered by TargetStatus or ServerInstanceLabel, got " + filter.getKey())
                        .build();
            };
        }
        return ListDeploymentTargetsResponse.builder()
                .targetIds(asked ? List.of(DeploymentView.targetId(deployment)) : List.of()).build();
    }

    @Override
    public ListDeploymentsResponse listDeployments(ListDeploymentsRequest request) {
        checkToken(request.nextToken());
        return ListDeploymentsResponse.builder().deployments(deployments.list(request).map(Deployment::id).toList())
                .build();
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
        return ListTagsForResourceResponse.builder().tags(tags.of(request.resourceArn())).build();
    }

    @Override
    public PutLifecycleEventHookExecutionStatusResponse putLifecycleEventHookExecutionStatus(
            PutLifecycleEventHookExecutionStatusRequest request) {
        hooks.report(registry.get(request.deploymentId()), request.lifecycleEventHookExecutionId(),
                request.statusAsString());
        return PutLifecycleEventHookExecutionStatusResponse.builder()
                .lifecycleEventHookExecutionId(request.lifecycleEventHookExecutionId()).build();
    }

    @Override
    public RegisterApplicationRevisionResponse registerApplicationRevision(RegisterApplicationRevisionRequest request) {
        applications.get(request.applicationName()).revisions().register(request.revision(), request.description(),
                !behaviour.has(Deviation.SHA256_NOT_CHECKED), timeline.now());
        return RegisterApplicationRevisionResponse.builder().build();
    }

    @Override
    public StopDeploymentResponse stopDeployment(StopDeploymentRequest request) {
        deployments.stop(request.deploymentId(), request.autoRollbackEnabled());
        return StopDeploymentResponse.builder().status(StopStatus.SUCCEEDED)
                .statusMessage("No more commands will be scheduled for execution in the deployment instances").build();
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest request) {
        tags.add(request.resourceArn(), request.tags());
        return TagResourceResponse.builder().build();
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest request) {
        tags.remove(request.resourceArn(), request.tagKeys());
        return UntagResourceResponse.builder().build();
    }

    @Override
    public UpdateApplicationResponse updateApplication(UpdateApplicationRequest request) {
        applications.rename(request.applicationName(), request.newApplicationName());
        return UpdateApplicationResponse.builder().build();
    }

    @Override
    public UpdateDeploymentGroupResponse updateDeploymentGroup(UpdateDeploymentGroupRequest request) {
        groups.update(request);
        return UpdateDeploymentGroupResponse.builder().hooksNotCleanedUp(List.of()).build();
    }

    /** The one operation that the Java SDK no longer has, while the AWS CLI does. */
    @Override
    public boolean servesRaw(String operation) {
        return operation.equals("SkipWaitTimeForInstanceTermination");
    }

    @Override
    public ObjectNode callRaw(String operation, ObjectNode request) {
        deployments.skipTerminationWait(request.path("deploymentId").asText(null));
        return JsonNodeFactory.instance.objectNode();
    }

    private Optional<Revision> previousRevision(Deployment deployment) {
        if (deployment.order().previousRevision() == null) {
            return Optional.empty();
        }
        return Optional.of(applications.get(deployment.group().applicationName()).revisions()
                .get(deployment.order().previousRevision()));
    }

    private DeploymentTarget target(Deployment deployment, @Nullable String targetId) {
        if (targetId == null || targetId.isEmpty()) {
            throw DeploymentTargetIdRequiredException.builder().message("A target id is missing").build();
        }
        if (!targetId.equals(DeploymentView.targetId(deployment))) {
            throw DeploymentTargetDoesNotExistException.builder().message("The deployment " + deployment.id()
                    + " has no target " + targetId + "; its target is " + DeploymentView.targetId(deployment)).build();
        }
        return view.target(deployment);
    }

    private void tag(String arn, List<Tag> added) {
        if (!added.isEmpty()) {
            tags.add(arn, added);
        }
    }

    private static Comparator<Revision> revisionOrder(ListApplicationRevisionsRequest request) {
        Function<GenericRevisionInfo, Instant> time = switch (Optional.ofNullable(request.sortByAsString())
                .orElse("registerTime")) {
            case "registerTime" -> GenericRevisionInfo::registerTime;
            case "firstUsedTime" -> GenericRevisionInfo::firstUsedTime;
            case "lastUsedTime" -> GenericRevisionInfo::lastUsedTime;
            default -> throw InvalidSortByException.builder()
                    .message("sortBy must be registerTime, firstUsedTime or lastUsedTime, got "
                            + request.sortByAsString())
                    .build();
        };
        if (request.sortOrder() == SortOrder.UNKNOWN_TO_SDK_VERSION) {
            throw InvalidSortOrderException.builder()
                    .message("sortOrder must be ascending or descending, got " + request.sortOrderAsString()).build();
        }
        Comparator<Revision> ascending = Comparator.comparing(
                revision -> Optional.ofNullable(time.apply(revision.info())).orElse(Instant.MAX));
        return request.sortOrder() == SortOrder.DESCENDING ? ascending.reversed() : ascending;
    }

    private static void checkBatch(int asked, int most) {
        if (asked > most) {
            throw BatchLimitExceededException.builder().message("At most " + most + " may be asked for, got " + asked)
                    .build();
        }
    }

    /** Every list fits on one page, so no token was ever handed out. */
    private static void checkToken(@Nullable String nextToken) {
        if (nextToken != null) {
            throw InvalidNextTokenException.builder().message("Not a token of this list: '" + nextToken + "'").build();
        }
    }
}
