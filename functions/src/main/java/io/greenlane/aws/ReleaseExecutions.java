package io.greenlane.aws;

import io.greenlane.deployment.Executions;
import io.greenlane.json.Json;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;

/** Executions of the release workflow in Step Functions. */
public final class ReleaseExecutions implements Executions {
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
