package io.greenlane.aws;

import io.greenlane.deployment.Executions;
import io.greenlane.image.Push;
import io.greenlane.image.PushEvent;
import io.greenlane.json.Json;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Executions of the release workflow in Step Functions. */
public final class ReleaseExecutions implements Executions {
    /** More than people stop in six hours, and no more calls than one sweep can afford. */
    private static final int STOPPED_LATELY = 20;

    private final SfnClient stepFunctions;
    private final String stateMachineArn;

    public ReleaseExecutions(SfnClient stepFunctions, String stateMachineArn) {
        this.stepFunctions = stepFunctions;
        this.stateMachineArn = stateMachineArn;
    }

    @Override
    public Instant since() {
        return stepFunctions.describeStateMachine(call -> call.stateMachineArn(stateMachineArn)).creationDate();
    }

    @Override
    public State state(String executionArn) {
        try {
            return switch (stepFunctions.describeExecution(call -> call.executionArn(executionArn)).status()) {
                case SUCCEEDED -> State.SUCCEEDED;
                case FAILED -> State.FAILED;
                case ABORTED -> State.ABORTED;
                case TIMED_OUT -> State.TIMED_OUT;
                default -> State.RUNNING;
            };
        } catch (ExecutionDoesNotExistException e) {
            return State.GONE;
        }
    }

    @Override
    public @Nullable String stopped(Push push) {
        return stepFunctions.listExecutions(call -> call.stateMachineArn(stateMachineArn)
                .statusFilter(ExecutionStatus.ABORTED).maxResults(STOPPED_LATELY)).executions().stream()
                .map(ExecutionListItem::executionArn).filter(arn -> isOf(push, arn)).findFirst().orElse(null);
    }

    private boolean isOf(Push push, String executionArn) {
        try {
            String input = stepFunctions.describeExecution(call -> call.executionArn(executionArn)).input();
            return PushEvent.read(Json.object(input), push.registry()) instanceof PushEvent.Arrived(Push told)
                    && push.repository().equals(told.repository()) && push.isFoundTwinOf(told);
        } catch (ExecutionDoesNotExistException | IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public String arn(String name) {
        return stateMachineArn.replace(":stateMachine:", ":execution:") + ":" + name;
    }

    @Override
    public boolean start(String name, Map<String, Object> input) {
        try {
            stepFunctions.startExecution(
                    call -> call.stateMachineArn(stateMachineArn).name(name).input(Json.text(input)));
            return true;
        } catch (ExecutionAlreadyExistsException e) {
            return false;
        }
    }
}
