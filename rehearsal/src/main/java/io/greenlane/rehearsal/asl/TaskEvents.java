package io.greenlane.rehearsal.asl;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import software.amazon.awssdk.services.sfn.model.TaskCredentials;

/** The history events of one attempt of a task, in the form of its kind of resource. */
sealed interface TaskEvents {
    /**
     * The task is due.
     *
     * @param timeout seconds, null when none is set
     * @param heartbeat seconds, null when none is set
     * @param role of the member Credentials, null when it has none
     */
    void scheduled(String input, @Nullable Long timeout, @Nullable Long heartbeat, @Nullable String role);

    void started(@Nullable String worker);

    /** The call was made and the task now waits for its token. */
    void submitted(String output);

    void succeeded(String output);

    void failed(Failure failure);

    void timedOut(Failure failure);

    private static @Nullable TaskCredentials credentials(@Nullable String role) {
        return role == null ? null : TaskCredentials.builder().roleArn(role).build();
    }

    static TaskEvents of(TaskResource resource, Flow flow) {
        return switch (resource.kind()) {
            case FUNCTION -> new OfFunction(resource, flow);
            case ACTIVITY -> new OfActivity(resource, flow);
            case INTEGRATION -> new OfIntegration(resource, flow);
        };
    }

    /** A Lambda function named by its ARN: LambdaFunction events. */
    record OfFunction(TaskResource resource, Flow flow) implements TaskEvents {
        @Override
        public void scheduled(String input, @Nullable Long timeout, @Nullable Long heartbeat, @Nullable String role) {
            flow.record(HistoryEventType.LAMBDA_FUNCTION_SCHEDULED,
                    event -> event.lambdaFunctionScheduledEventDetails(details -> details.resource(resource.arn())
                            .input(input).inputDetails(History.WHOLE).timeoutInSeconds(timeout)
                            .taskCredentials(TaskEvents.credentials(role))));
        }

        @Override
        public void started(@Nullable String worker) {
            flow.record(HistoryEventType.LAMBDA_FUNCTION_STARTED, event -> event);
        }

        @Override
        public void submitted(String output) {
            throw new IllegalStateException("A function named by its ARN has no token: " + resource.arn());
        }

        @Override
        public void succeeded(String output) {
            flow.record(HistoryEventType.LAMBDA_FUNCTION_SUCCEEDED, event -> event.lambdaFunctionSucceededEventDetails(
                    details -> details.output(output).outputDetails(History.WHOLE)));
        }

        @Override
        public void failed(Failure failure) {
            flow.record(HistoryEventType.LAMBDA_FUNCTION_FAILED, event -> event.lambdaFunctionFailedEventDetails(
                    details -> details.error(failure.error()).cause(failure.cause())));
        }

        @Override
        public void timedOut(Failure failure) {
            flow.record(HistoryEventType.LAMBDA_FUNCTION_TIMED_OUT, event -> event.lambdaFunctionTimedOutEventDetails(
                    details -> details.error(failure.error()).cause(failure.cause())));
        }
    }

    /** An activity: Activity events. */
    record OfActivity(TaskResource resource, Flow flow) implements TaskEvents {
        @Override
        public void scheduled(String input, @Nullable Long timeout, @Nullable Long heartbeat, @Nullable String role) {
            flow.record(HistoryEventType.ACTIVITY_SCHEDULED,
                    event -> event.activityScheduledEventDetails(details -> details.resource(resource.arn())
                            .input(input)
                            .inputDetails(History.WHOLE).timeoutInSeconds(timeout).heartbeatInSeconds(heartbeat)));
        }

        @Override
        public void started(@Nullable String worker) {
            flow.record(HistoryEventType.ACTIVITY_STARTED,
                    event -> event.activityStartedEventDetails(details -> details.workerName(worker)));
        }

        @Override
        public void submitted(String output) {
            throw new IllegalStateException("An activity is fetched, not submitted: " + resource.arn());
        }

        @Override
        public void succeeded(String output) {
            flow.record(HistoryEventType.ACTIVITY_SUCCEEDED, event -> event.activitySucceededEventDetails(
                    details -> details.output(output).outputDetails(History.WHOLE)));
        }

        @Override
        public void failed(Failure failure) {
            flow.record(HistoryEventType.ACTIVITY_FAILED, event -> event
                    .activityFailedEventDetails(details -> details.error(failure.error()).cause(failure.cause())));
        }

        @Override
        public void timedOut(Failure failure) {
            flow.record(HistoryEventType.ACTIVITY_TIMED_OUT, event -> event
                    .activityTimedOutEventDetails(details -> details.error(failure.error()).cause(failure.cause())));
        }
    }

    /** A service integration: Task events. */
    record OfIntegration(TaskResource resource, Flow flow) implements TaskEvents {
        @Override
        public void scheduled(String input, @Nullable Long timeout, @Nullable Long heartbeat, @Nullable String role) {
            flow.record(HistoryEventType.TASK_SCHEDULED,
                    event -> event.taskScheduledEventDetails(details -> details.resourceType(resource.resourceType())
                            .resource(resource.resource()).region(flow.execution().platform().account().region())
                            .parameters(input).timeoutInSeconds(timeout).heartbeatInSeconds(heartbeat)
                            .taskCredentials(TaskEvents.credentials(role))));
        }

        @Override
        public void started(@Nullable String worker) {
            flow.record(HistoryEventType.TASK_STARTED, event -> event.taskStartedEventDetails(
                    details -> details.resourceType(resource.resourceType()).resource(resource.resource())));
        }

        @Override
        public void submitted(String output) {
            flow.record(HistoryEventType.TASK_SUBMITTED,
                    event -> event.taskSubmittedEventDetails(details -> details.resourceType(resource.resourceType())
                            .resource(resource.resource()).output(output).outputDetails(History.WHOLE)));
        }

        @Override
        public void succeeded(String output) {
            flow.record(HistoryEventType.TASK_SUCCEEDED,
                    event -> event.taskSucceededEventDetails(details -> details.resourceType(resource.resourceType())
                            .resource(resource.resource()).output(output).outputDetails(History.WHOLE)));
        }

        @Override
        public void failed(Failure failure) {
            flow.record(HistoryEventType.TASK_FAILED,
                    event -> event.taskFailedEventDetails(details -> details.resourceType(resource.resourceType())
                            .resource(resource.resource()).error(failure.error()).cause(failure.cause())));
        }

        @Override
        public void timedOut(Failure failure) {
            flow.record(HistoryEventType.TASK_TIMED_OUT,
                    event -> event.taskTimedOutEventDetails(details -> details.resourceType(resource.resourceType())
                            .resource(resource.resource()).error(failure.error()).cause(failure.cause())));
        }
    }
}
