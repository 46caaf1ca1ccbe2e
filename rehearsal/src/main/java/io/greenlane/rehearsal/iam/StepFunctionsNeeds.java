package io.greenlane.rehearsal.iam;

import io.greenlane.rehearsal.cloud.Account;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineForExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryRequest;
import software.amazon.awssdk.services.sfn.model.ListExecutionsRequest;
import software.amazon.awssdk.services.sfn.model.RedriveExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StopExecutionRequest;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineRequest;

/** What calls of AWS Step Functions need; their resources are given by ARN. */
record StepFunctionsNeeds(Account account) implements ServiceNeeds {
    private static final String SERVICE = "states.amazonaws.com";

    @Override
    public @Nullable List<Need> of(SdkRequest request) {
        return switch (request) {
            case StartExecutionRequest it -> List.of(Need.of("states:StartExecution", it.stateMachineArn()));
            case DescribeStateMachineRequest it ->
                List.of(Need.of("states:DescribeStateMachine", it.stateMachineArn()));
            case ListExecutionsRequest it when it.stateMachineArn() != null ->
                List.of(Need.of("states:ListExecutions", it.stateMachineArn()));
            case DescribeExecutionRequest it -> List.of(Need.of("states:DescribeExecution", it.executionArn()));
            case DescribeStateMachineForExecutionRequest it ->
                List.of(Need.of("states:DescribeStateMachineForExecution", it.executionArn()));
            case GetExecutionHistoryRequest it -> List.of(Need.of("states:GetExecutionHistory", it.executionArn()));
            case StopExecutionRequest it -> List.of(Need.of("states:StopExecution", it.executionArn()));
            case RedriveExecutionRequest it -> List.of(Need.of("states:RedriveExecution", it.executionArn()));
            case CreateStateMachineRequest it -> List.of(
                    Need.of("states:CreateStateMachine", account.arn("states", "stateMachine:" + it.name())),
                    Need.passing(it.roleArn(), SERVICE));
            case UpdateStateMachineRequest it when it.roleArn() != null ->
                List.of(Need.of("states:UpdateStateMachine", it.stateMachineArn()),
                        Need.passing(it.roleArn(), SERVICE));
            case UpdateStateMachineRequest it -> List.of(Need.of("states:UpdateStateMachine", it.stateMachineArn()));
            default -> null;
        };
    }
}
