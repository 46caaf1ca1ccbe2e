package io.greenlane.rehearsal.codedeploy;

import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.ecs.TaskSetWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.CreateTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.CreateTaskSetResponse;
import software.amazon.awssdk.services.ecs.model.DeleteTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.DeleteTaskSetResponse;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskSet;
import software.amazon.awssdk.services.ecs.model.UpdateServicePrimaryTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServicePrimaryTaskSetResponse;

/** One service {@code shop} with a container {@code web}; task sets become steady after a given time. */
final class StubEcs implements EcsClient, TaskSetWatch {
    private final Timeline timeline;
    private final List<TaskSet> taskSets = new ArrayList<>();
    private final List<CreateTaskSetRequest> created = new ArrayList<>();
    private Optional<Duration> steadyAfter = Optional.of(Duration.ofSeconds(30));
    private int count;

    StubEcs(Timeline timeline) {
        this.timeline = timeline;
        taskSets.add(taskSet("arn:web:1", World.GROUP_1, "PRIMARY", ""));
    }

    void steadyAfter(Duration time) {
        steadyAfter = Optional.of(time);
    }

    void neverSteady() {
        steadyAfter = Optional.empty();
    }

    List<TaskSet> taskSets() {
        return taskSets;
    }

    List<CreateTaskSetRequest> created() {
        return created;
    }

    TaskSet primary() {
        return taskSets.stream().filter(taskSet -> taskSet.status().equals("PRIMARY")).findFirst().orElseThrow();
    }

    @Override
    public DescribeServicesResponse describeServices(DescribeServicesRequest request) {
        Service.Builder service = Service.builder().serviceName("shop").status("ACTIVE").taskSets(taskSets)
                .deploymentController(controller -> controller.type(DeploymentControllerType.CODE_DEPLOY));
        return DescribeServicesResponse.builder()
                .services(request.services().contains("shop")
                        ? List.of(service.build())
                        : request.services().contains("rolling")
                                ? List.of(service.serviceName("rolling")
                                        .deploymentController(controller -> controller
                                                .type(DeploymentControllerType.ECS))
                                        .build())
                                : List.of())
                .build();
    }

    @Override
    public CreateTaskSetResponse createTaskSet(CreateTaskSetRequest request) {
        LoadBalancer balancer = request.loadBalancers().get(0);
        if (!balancer.containerName().equals("web")) {
            throw InvalidParameterException.builder().message(
                    "The container " + balancer.containerName() + " does not exist in the task definition.").build();
        }
        created.add(request);
        TaskSet taskSet = taskSet(request.taskDefinition(), balancer.targetGroupArn(), "ACTIVE", request.externalId());
        taskSets.add(taskSet);
        return CreateTaskSetResponse.builder().taskSet(taskSet).build();
    }

    @Override
    public UpdateServicePrimaryTaskSetResponse updateServicePrimaryTaskSet(UpdateServicePrimaryTaskSetRequest request) {
        taskSets.replaceAll(taskSet -> taskSet.toBuilder()
                .status(taskSet.taskSetArn().equals(request.primaryTaskSet()) ? "PRIMARY" : "ACTIVE").build());
        return UpdateServicePrimaryTaskSetResponse.builder().build();
    }

    @Override
    public DeleteTaskSetResponse deleteTaskSet(DeleteTaskSetRequest request) {
        taskSets.removeIf(taskSet -> taskSet.taskSetArn().equals(request.taskSet()));
        return DeleteTaskSetResponse.builder().build();
    }

    @Override
    public Timeline.Alarm whenSteady(String taskSetArn, Runnable action) {
        return steadyAfter.map(time -> timeline.after(time, action)).orElse(() -> {
        });
    }

    @Override
    public Timeline.Alarm whenScaled(String taskSetArn, Runnable action) {
        return () -> {
        };
    }

    @Override
    public Timeline.Alarm whenGone(String taskSetArn, Runnable action) {
        return timeline.after(Duration.ZERO, action);
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // Nothing to close.
    }

    private TaskSet taskSet(String taskDefinition, String targetGroup, String status, String externalId) {
        count++;
        return TaskSet.builder().id("ecs-svc/" + count).taskSetArn("arn:task-set/" + count).status(status)
                .taskDefinition(taskDefinition).externalId(externalId).computedDesiredCount(2).runningCount(2)
                .pendingCount(0).platformVersion("1.4.0").launchType("FARGATE")
                .networkConfiguration(network -> network.awsvpcConfiguration(vpc -> vpc.subnets("subnet-1")))
                .loadBalancers(LoadBalancer.builder().targetGroupArn(targetGroup).containerName("web")
                        .containerPort(80).build())
                .build();
    }
}
