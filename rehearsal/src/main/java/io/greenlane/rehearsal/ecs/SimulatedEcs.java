package io.greenlane.rehearsal.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.endpoint.JsonShapes;
import io.greenlane.rehearsal.endpoint.RawJsonOperations;
import io.greenlane.rehearsal.events.EventBus;
import io.greenlane.rehearsal.loadbalancing.TargetHealthWatch;
import java.util.Set;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.CreateClusterResponse;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceResponse;
import software.amazon.awssdk.services.ecs.model.CreateTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.CreateTaskSetResponse;
import software.amazon.awssdk.services.ecs.model.DeleteClusterRequest;
import software.amazon.awssdk.services.ecs.model.DeleteClusterResponse;
import software.amazon.awssdk.services.ecs.model.DeleteServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeleteServiceResponse;
import software.amazon.awssdk.services.ecs.model.DeleteTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.DeleteTaskSetResponse;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.DescribeClustersRequest;
import software.amazon.awssdk.services.ecs.model.DescribeClustersResponse;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskSetsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskSetsResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.ListClustersRequest;
import software.amazon.awssdk.services.ecs.model.ListClustersResponse;
import software.amazon.awssdk.services.ecs.model.ListServicesRequest;
import software.amazon.awssdk.services.ecs.model.ListServicesResponse;
import software.amazon.awssdk.services.ecs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecs.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskResponse;
import software.amazon.awssdk.services.ecs.model.TagResourceRequest;
import software.amazon.awssdk.services.ecs.model.TagResourceResponse;
import software.amazon.awssdk.services.ecs.model.UntagResourceRequest;
import software.amazon.awssdk.services.ecs.model.UntagResourceResponse;
import software.amazon.awssdk.services.ecs.model.UpdateServicePrimaryTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServicePrimaryTaskSetResponse;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceResponse;
import software.amazon.awssdk.services.ecs.model.UpdateTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.UpdateTaskSetResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/**
 * Amazon ECS on Fargate: task definitions kept as JSON, services under the controllers ECS, CODE_DEPLOY and EXTERNAL, and tasks
 * that a {@link TaskRunner} runs for real.
 */
public final class SimulatedEcs implements EcsClient, RawJsonOperations {
    private static final Set<String> RAW = Set.of("RegisterTaskDefinition", "DescribeTaskDefinition");

    private final Tags tags = new Tags();
    private final Scheduler scheduler;
    private final TaskDefinitions definitions;
    private final Clusters clusters;
    private final Services services;
    private final TaskSets taskSets;
    private final Tasks tasks;

    /**
     * @param bus gets the events of the source aws.ecs
     * @param balancing where tasks are registered as targets
     * @param targetHealth tells how those targets are
     * @param noise how DescribeTaskDefinition differs from what was registered
     * @param random for identifiers
     */
    public SimulatedEcs(Account account, Timeline timeline, Journal journal, EventBus bus,
            ElasticLoadBalancingV2Client balancing, TargetHealthWatch targetHealth, TaskRunner runner,
            DescribeNoise noise, RandomGenerator random) {
        Names names = new Names(account, random);
        Announcements announcements = new Announcements(names, timeline, journal, bus);
        TaskRegister register = new TaskRegister(names, timeline);
        ServiceRules rules = new ServiceRules(balancing);
        this.scheduler = new Scheduler(timeline, register, runner, balancing, announcements);
        this.definitions = new TaskDefinitions(names, tags, timeline, journal, noise);
        this.clusters = new Clusters(names, tags, register);
        this.services = new Services(names, tags, timeline, clusters, definitions, rules, scheduler, announcements);
        this.taskSets = new TaskSets(tags, timeline, journal, services, definitions, rules, scheduler);
        this.tasks = new Tasks(names, clusters, definitions, register, scheduler);
        targetHealth.follow(scheduler::targetChanged);
    }

    /** Tells when task sets become steady and when they are gone. */
    public TaskSetWatch taskSetWatch() {
        return scheduler;
    }

    @Override
    public boolean servesRaw(String operation) {
        return RAW.contains(operation);
    }

    @Override
    public ObjectNode callRaw(String operation, ObjectNode request) {
        return switch (operation) {
            case "RegisterTaskDefinition" -> definitions.register(request);
            case "DescribeTaskDefinition" -> definitions.describe(request);
            default -> throw new UnsupportedOperationException(operation);
        };
    }

    @Override
    public RegisterTaskDefinitionResponse registerTaskDefinition(RegisterTaskDefinitionRequest request) {
        RegisterTaskDefinitionResponse.Builder answer = RegisterTaskDefinitionResponse.builder();
        JsonShapes.WIRE_KNOWN_ONLY.read(definitions.register(JsonShapes.WIRE.write(request)), answer);
        return answer.build();
    }

    @Override
    public DescribeTaskDefinitionResponse describeTaskDefinition(DescribeTaskDefinitionRequest request) {
        DescribeTaskDefinitionResponse.Builder answer = DescribeTaskDefinitionResponse.builder();
        JsonShapes.WIRE_KNOWN_ONLY.read(definitions.describe(JsonShapes.WIRE.write(request)), answer);
        return answer.build();
    }

    @Override
    public DeregisterTaskDefinitionResponse deregisterTaskDefinition(DeregisterTaskDefinitionRequest request) {
        return definitions.deregister(request);
    }

    @Override
    public ListTaskDefinitionsResponse listTaskDefinitions(ListTaskDefinitionsRequest request) {
        return definitions.list(request);
    }

    @Override
    public ListTaskDefinitionFamiliesResponse listTaskDefinitionFamilies(ListTaskDefinitionFamiliesRequest request) {
        return definitions.families(request);
    }

    @Override
    public CreateClusterResponse createCluster(CreateClusterRequest request) {
        return clusters.create(request);
    }

    @Override
    public DescribeClustersResponse describeClusters(DescribeClustersRequest request) {
        return clusters.describe(request);
    }

    @Override
    public ListClustersResponse listClusters(ListClustersRequest request) {
        return clusters.list(request);
    }

    @Override
    public DeleteClusterResponse deleteCluster(DeleteClusterRequest request) {
        return clusters.delete(request);
    }

    @Override
    public CreateServiceResponse createService(CreateServiceRequest request) {
        return services.create(request);
    }

    @Override
    public DescribeServicesResponse describeServices(DescribeServicesRequest request) {
        return services.describe(request);
    }

    @Override
    public ListServicesResponse listServices(ListServicesRequest request) {
        return services.list(request);
    }

    @Override
    public UpdateServiceResponse updateService(UpdateServiceRequest request) {
        return services.update(request);
    }

    @Override
    public DeleteServiceResponse deleteService(DeleteServiceRequest request) {
        return services.delete(request);
    }

    @Override
    public CreateTaskSetResponse createTaskSet(CreateTaskSetRequest request) {
        return taskSets.create(request);
    }

    @Override
    public DescribeTaskSetsResponse describeTaskSets(DescribeTaskSetsRequest request) {
        return taskSets.describe(request);
    }

    @Override
    public UpdateTaskSetResponse updateTaskSet(UpdateTaskSetRequest request) {
        return taskSets.update(request);
    }

    @Override
    public UpdateServicePrimaryTaskSetResponse updateServicePrimaryTaskSet(UpdateServicePrimaryTaskSetRequest request) {
        return taskSets.promote(request);
    }

    @Override
    public DeleteTaskSetResponse deleteTaskSet(DeleteTaskSetRequest request) {
        return taskSets.delete(request);
    }

    @Override
    public ListTasksResponse listTasks(ListTasksRequest request) {
        return tasks.list(request);
    }

    @Override
    public DescribeTasksResponse describeTasks(DescribeTasksRequest request) {
        return tasks.describe(request);
    }

    @Override
    public RunTaskResponse runTask(RunTaskRequest request) {
        return tasks.run(request);
    }

    @Override
    public StopTaskResponse stopTask(StopTaskRequest request) {
        return tasks.stop(request);
    }
    @Override
    public TagResourceResponse tagResource(TagResourceRequest request) {
        tags.put(String.valueOf(request.resourceArn()), request.tags());
        return TagResourceResponse.builder().build();
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest request) {
        tags.remove(String.valueOf(request.resourceArn()), request.tagKeys());
        return UntagResourceResponse.builder().build();
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
        return ListTagsForResourceResponse.builder().tags(tags.of(String.valueOf(request.resourceArn()))).build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Nothing to close: the runner owns the processes. */
    @Override
    public void close() {}
}
