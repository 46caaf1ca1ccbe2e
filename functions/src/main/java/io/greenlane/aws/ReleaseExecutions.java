package io.greenlane.aws;

import io.greenlane.deployment.Executions;
import io.greenlane.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;

/** Executions of the release workflow in Step Functions. */
public final class ReleaseExecutions implements Executions {
    /** No more calls than one sweep can afford: there is one for each. */
    private static final int MOST = 20;

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
    public List<Ended> ended(State state, Instant since) {
        return stepFunctions.listExecutions(call -> call.stateMachineArn(stateMachineArn).statusFilter(state.name())
                .maxResults(MOST)).executions().stream().filter(execution -> !execution.stopDate().isBefore(since))
                .map(execution -> ended(execution, state)).filter(Objects::nonNull).toList();
    }

    private @Nullable Ended ended(ExecutionListItem execution, State state) {
        String arn = execution.executionArn();
        try {
            String input = stepFunctions.describeExecution(call -> call.executionArn(arn)).input();
            return new Ended(arn, state, execution.stopDate(), parsed(input));
        } catch (ExecutionDoesNotExistException e) {
            return null;
        }
    }

    private static @Nullable Object parsed(String input) {
        try {
            return Json.value(input);
        } catch (IllegalArgumentException e) {
            return null;
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
