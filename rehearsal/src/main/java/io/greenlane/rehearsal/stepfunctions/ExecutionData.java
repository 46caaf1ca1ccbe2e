package io.greenlane.rehearsal.stepfunctions;

import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** GetExecutionHistory with includeExecutionData false: the same events without input, output and variables. */
final class ExecutionData {
    private ExecutionData() {}

    static HistoryEvent without(HistoryEvent event) {
        HistoryEvent.Builder bare = event.toBuilder();
        if (event.executionStartedEventDetails() != null) {
            bare.executionStartedEventDetails(
                    details -> details.roleArn(event.executionStartedEventDetails().roleArn()));
        }
        if (event.executionSucceededEventDetails() != null) {
            bare.executionSucceededEventDetails(details -> {
            });
        }
        if (event.stateEnteredEventDetails() != null) {
            bare.stateEnteredEventDetails(details -> details.name(event.stateEnteredEventDetails().name()));
        }
        if (event.stateExitedEventDetails() != null) {
            bare.stateExitedEventDetails(details -> details.name(event.stateExitedEventDetails().name()));
        }
        if (event.taskScheduledEventDetails() != null) {
            bare.taskScheduledEventDetails(event.taskScheduledEventDetails().toBuilder().parameters("").build());
        }
        if (event.taskSubmittedEventDetails() != null) {
            bare.taskSubmittedEventDetails(
                    event.taskSubmittedEventDetails().toBuilder().output(null).outputDetails(o -> o.truncated(false))
                            .build());
        }
        if (event.taskSucceededEventDetails() != null) {
            bare.taskSucceededEventDetails(
                    event.taskSucceededEventDetails().toBuilder().output(null).outputDetails(o -> o.truncated(false))
                            .build());
        }
        if (event.lambdaFunctionScheduledEventDetails() != null) {
            bare.lambdaFunctionScheduledEventDetails(
                    event.lambdaFunctionScheduledEventDetails().toBuilder().input(null).build());
        }
        if (event.lambdaFunctionSucceededEventDetails() != null) {
            bare.lambdaFunctionSucceededEventDetails(details -> {
            });
        }
        if (event.activityScheduledEventDetails() != null) {
            bare.activityScheduledEventDetails(event.activityScheduledEventDetails().toBuilder().input(null).build());
        }
        if (event.activitySucceededEventDetails() != null) {
            bare.activitySucceededEventDetails(details -> {
            });
        }
        return bare.build();
    }
}
