package io.greenlane.rehearsal.stepfunctions;

import io.greenlane.rehearsal.asl.Activities;
import io.greenlane.rehearsal.asl.Execution;
import io.greenlane.rehearsal.asl.Failure;
import io.greenlane.rehearsal.asl.Platform;
import io.greenlane.rehearsal.asl.TaskIntegration;
import io.greenlane.rehearsal.asl.TaskTokens;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.events.EventBus;
import io.greenlane.rehearsal.lambda.FunctionInvoker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.CreateActivityRequest;
import software.amazon.awssdk.services.sfn.model.CreateActivityResponse;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.DeleteActivityRequest;
import software.amazon.awssdk.services.sfn.model.DeleteActivityResponse;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.DeleteStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.DescribeActivityRequest;
import software.amazon.awssdk.services.sfn.model.DescribeActivityResponse;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineForExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineForExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionRedriveStatus;
import software.amazon.awssdk.services.sfn.model.GetActivityTaskRequest;
import software.amazon.awssdk.services.sfn.model.GetActivityTaskResponse;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryRequest;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryResponse;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.ListActivitiesRequest;
import software.amazon.awssdk.services.sfn.model.ListActivitiesResponse;
import software.amazon.awssdk.services.sfn.model.ListExecutionsRequest;
import software.amazon.awssdk.services.sfn.model.ListExecutionsResponse;
import software.amazon.awssdk.services.sfn.model.ListStateMachineVersionsRequest;
import software.amazon.awssdk.services.sfn.model.ListStateMachineVersionsResponse;
import software.amazon.awssdk.services.sfn.model.ListStateMachinesRequest;
import software.amazon.awssdk.services.sfn.model.ListStateMachinesResponse;
import software.amazon.awssdk.services.sfn.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.sfn.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.sfn.model.LogLevel;
import software.amazon.awssdk.services.sfn.model.LoggingConfiguration;
import software.amazon.awssdk.services.sfn.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sfn.model.SendTaskFailureRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskFailureResponse;
import software.amazon.awssdk.services.sfn.model.SendTaskHeartbeatRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskHeartbeatResponse;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessResponse;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;
import software.amazon.awssdk.services.sfn.model.StateMachineStatus;
import software.amazon.awssdk.services.sfn.model.StopExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StopExecutionResponse;
import software.amazon.awssdk.services.sfn.model.TagResourceRequest;
import software.amazon.awssdk.services.sfn.model.TagResourceResponse;
import software.amazon.awssdk.services.sfn.model.TracingConfiguration;
import software.amazon.awssdk.services.sfn.model.UntagResourceRequest;
import software.amazon.awssdk.services.sfn.model.UntagResourceResponse;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionRequest;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionResponse;

/** Step Functions as the AWS SDK sees it. Versions, aliases, synchronous Express executions and redrive are not served. */
public final class SimulatedStepFunctions implements SfnClient {
    private final Platform platform;
    private final StateMachines machines;
    private final Executions executions;
    private final Callbacks callbacks;
    private final ActivityApi activities;
    private final ResourceTags tags = new ResourceTags();

    /**
     * @param random for ids, tokens and everything random in the language
     * @param integration how tasks other than Lambda's reach their service
     */
    public SimulatedStepFunctions(Account account, Timeline timeline, RandomGenerator random, Journal journal,
            EventBus bus,
            FunctionInvoker functions, TaskIntegration integration, ClosedToken closedToken) {
        this.platform = new Platform(account, timeline, random, journal, functions, integration, new TaskTokens(random),
                new Activities());
        this.machines = new StateMachines(account, timeline, random);
        this.executions = new Executions(platform, new StatusChanges(bus, journal), this::ended);
        this.callbacks = new Callbacks(platform.tokens(), closedToken);
        this.activities = new ActivityApi(account, timeline, platform.activities());
    }

    /** Executions that closed before that moment are known no more, as on AWS after 90 days: to save memory in long simulations. */
    public void forgetClosed(Instant before) {
        executions.forgetClosed(before);
    }

    @Override
    public CreateStateMachineResponse createStateMachine(CreateStateMachineRequest request) {
        StateMachine made = machines.create(request);
        tags.put(made.arn(), request.tags());
        return CreateStateMachineResponse.builder().stateMachineArn(made.arn()).creationDate(made.created()).build();
    }

    @Override
    public UpdateStateMachineResponse updateStateMachine(UpdateStateMachineRequest request) {
        StateMachine changed = machines.update(request);
        return UpdateStateMachineResponse.builder().updateDate(changed.updated()).revisionId(changed.revisionId())
                .build();
    }

    @Override
    public DescribeStateMachineResponse describeStateMachine(DescribeStateMachineRequest request) {
        StateMachine machine = machines.require(request.stateMachineArn());
        return DescribeStateMachineResponse.builder().stateMachineArn(machine.arn()).name(machine.name())
                .status(machine.status()).definition(machine.definitionText()).roleArn(machine.roleArn())
                .type(machine.type()).creationDate(machine.created()).revisionId(machine.revisionId())
                .loggingConfiguration(logging(machine)).tracingConfiguration(tracing(machine)).build();
    }

    @Override
    public DescribeStateMachineForExecutionResponse describeStateMachineForExecution(
            DescribeStateMachineForExecutionRequest request) {
        StateMachine machine = executions.require(request.executionArn()).machine();
        return DescribeStateMachineForExecutionResponse.builder().stateMachineArn(machine.arn()).name(machine.name())
                .definition(machine.definitionText()).roleArn(machine.roleArn()).updateDate(machine.updated())
                .revisionId(machine.revisionId()).loggingConfiguration(logging(machine))
                .tracingConfiguration(tracing(machine)).build();
    }

    @Override
    public ListStateMachinesResponse listStateMachines(ListStateMachinesRequest request) {
        Pages<StateMachine> page = Pages.of(machines.all(), request.maxResults(), request.nextToken());
        return ListStateMachinesResponse.builder()
                .stateMachines(page.map(machine -> StateMachineListItem.builder().stateMachineArn(machine.arn())
                        .name(machine.name()).type(machine.type()).creationDate(machine.created()).build()))
                .nextToken(page.nextToken()).build();
    }

    /** Always empty: no version can be published here. */
    @Override
    public ListStateMachineVersionsResponse listStateMachineVersions(ListStateMachineVersionsRequest request) {
        machines.require(request.stateMachineArn());
        return ListStateMachineVersionsResponse.builder().stateMachineVersions(List.of()).build();
    }

    @Override
    public DeleteStateMachineResponse deleteStateMachine(DeleteStateMachineRequest request) {
        String arn = request.stateMachineArn();
        if (machines.exists(arn)) {
            machines.markDeleting(arn);
            removeWhenIdle(arn);
        }
        return DeleteStateMachineResponse.builder().build();
    }

    @Override
    public ValidateStateMachineDefinitionResponse validateStateMachineDefinition(
            ValidateStateMachineDefinitionRequest request) {
        return StateMachines.validate(request);
    }

    @Override
    public StartExecutionResponse startExecution(StartExecutionRequest request) {
        Execution started = executions.start(machines.require(request.stateMachineArn()), request);
        return StartExecutionResponse.builder().executionArn(started.identity().arn())
                .startDate(started.identity().startDate()).build();
    }

    @Override
    public DescribeExecutionResponse describeExecution(DescribeExecutionRequest request) {
        Executions.Run run = executions.require(request.executionArn());
        Execution execution = run.execution();
        Execution.Identity identity = execution.identity();
        Failure failure = execution.failure();
        DescribeExecutionResponse.Builder response = DescribeExecutionResponse.builder().executionArn(identity.arn())
                .stateMachineArn(identity.stateMachineArn()).name(identity.name()).status(execution.status())
                .startDate(identity.startDate()).stopDate(execution.stopDate()).input(identity.input())
                .inputDetails(included -> included.included(true)).output(execution.output())
                .error(failure == null ? null : failure.error()).cause(failure == null ? null : failure.cause())
                .traceHeader(run.traceHeader()).redriveCount(0).redriveStatus(redrivable(execution));
        if (execution.output() != null) {
            response.outputDetails(included -> included.included(true));
        }
        if (redrivable(execution) == ExecutionRedriveStatus.NOT_REDRIVABLE) {
            response.redriveStatusReason("Execution is " + execution.status() + " and cannot be redriven");
        }
        return response.build();
    }

    @Override
    public StopExecutionResponse stopExecution(StopExecutionRequest request) {
        Execution execution = executions.require(request.executionArn()).execution();
        execution.stop(request.error(), request.cause());
        return StopExecutionResponse.builder().stopDate(execution.stopDate()).build();
    }

    @Override
    public ListExecutionsResponse listExecutions(ListExecutionsRequest request) {
        StateMachine machine = machines.require(request.stateMachineArn());
        List<Execution> wanted = executions.of(machine.arn()).stream()
                .filter(execution -> request.statusFilter() == null || execution.status() == request.statusFilter())
                .toList();
        Pages<Execution> page = Pages.of(wanted, request.maxResults(), request.nextToken());
        return ListExecutionsResponse.builder()
                .executions(page.map(execution -> ExecutionListItem.builder().executionArn(execution.identity().arn())
                        .stateMachineArn(machine.arn()).name(execution.identity().name()).status(execution.status())
                        .startDate(execution.identity().startDate()).stopDate(execution.stopDate()).redriveCount(0)
                        .build()))
                .nextToken(page.nextToken()).build();
    }

    @Override
    public GetExecutionHistoryResponse getExecutionHistory(GetExecutionHistoryRequest request) {
        List<HistoryEvent> events = new ArrayList<>(
                executions.require(request.executionArn()).execution().history().events());
        if (Boolean.TRUE.equals(request.reverseOrder())) {
            Collections.reverse(events);
        }
        Pages<HistoryEvent> page = Pages.of(events, request.maxResults(), request.nextToken());
        boolean whole = !Boolean.FALSE.equals(request.includeExecutionData());
        return GetExecutionHistoryResponse.builder()
                .events(page.map(event -> whole ? event : ExecutionData.without(event))).nextToken(page.nextToken())
                .build();
    }

    @Override
    public SendTaskSuccessResponse sendTaskSuccess(SendTaskSuccessRequest request) {
        callbacks.succeed(request.taskToken(), request.output());
        return SendTaskSuccessResponse.builder().build();
    }

    @Override
    public SendTaskFailureResponse sendTaskFailure(SendTaskFailureRequest request) {
        callbacks.fail(request.taskToken(), request.error(), request.cause());
        return SendTaskFailureResponse.builder().build();
    }

    @Override
    public SendTaskHeartbeatResponse sendTaskHeartbeat(SendTaskHeartbeatRequest request) {
        callbacks.heartbeat(request.taskToken());
        return SendTaskHeartbeatResponse.builder().build();
    }

    @Override
    public CreateActivityResponse createActivity(CreateActivityRequest request) {
        CreateActivityResponse made = activities.create(request);
        tags.put(made.activityArn(), request.tags());
        return made;
    }

    @Override
    public DescribeActivityResponse describeActivity(DescribeActivityRequest request) {
        return activities.describe(request.activityArn());
    }

    @Override
    public ListActivitiesResponse listActivities(ListActivitiesRequest request) {
        return activities.list(request);
    }

    @Override
    public DeleteActivityResponse deleteActivity(DeleteActivityRequest request) {
        activities.delete(request.activityArn());
        tags.forget(request.activityArn());
        return DeleteActivityResponse.builder().build();
    }

    @Override
    public GetActivityTaskResponse getActivityTask(GetActivityTaskRequest request) {
        return activities.next(request);
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest request) {
        tags.put(taggable(request.resourceArn()), request.tags());
        return TagResourceResponse.builder().build();
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest request) {
        tags.remove(taggable(request.resourceArn()), request.tagKeys());
        return UntagResourceResponse.builder().build();
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
        return ListTagsForResourceResponse.builder().tags(tags.of(taggable(request.resourceArn()))).build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // Nothing is held open.
    }

    private void ended(Execution execution) {
        removeWhenIdle(execution.identity().stateMachineArn());
    }

    private void removeWhenIdle(String arn) {
        boolean deleting = machines.exists(arn) && machines.require(arn).status() == StateMachineStatus.DELETING;
        if (deleting && !executions.anyRunning(arn)) {
            machines.remove(arn);
            tags.forget(arn);
        }
    }

    private String taggable(@Nullable String arn) {
        if (arn == null || !(machines.exists(arn) || activities.exists(arn))) {
            throw ResourceNotFoundException.builder().message("Resource not found: '" + arn + "'").resourceName(arn)
                    .build();
        }
        return arn;
    }

    private static ExecutionRedriveStatus redrivable(Execution execution) {
        return switch (execution.status()) {
            case FAILED, ABORTED, TIMED_OUT -> ExecutionRedriveStatus.REDRIVABLE;
            default -> ExecutionRedriveStatus.NOT_REDRIVABLE;
        };
    }

    private static LoggingConfiguration logging(StateMachine machine) {
        LoggingConfiguration given = machine.logging();
        return given != null
                ? given
                : LoggingConfiguration.builder().level(LogLevel.OFF).includeExecutionData(false).build();
    }

    private static TracingConfiguration tracing(StateMachine machine) {
        TracingConfiguration given = machine.tracing();
        return given != null ? given : TracingConfiguration.builder().enabled(false).build();
    }
}
