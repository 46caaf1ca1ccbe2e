package io.greenlane.rehearsal.release;

import io.greenlane.rehearsal.endpoint.AwsService;
import io.greenlane.rehearsal.endpoint.WireFault;
import io.greenlane.rehearsal.iam.Permissions;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What can go wrong with one call of a function to AWS. */
public enum CallFault {
    /** Refused for its rate, however often the SDK asks. */
    THROTTLED(true, true),
    /** The service fails without having done anything, however often the SDK asks. */
    SERVER_ERROR(true, true),
    /** No answer within {@link #PATIENCE}, and nothing done. */
    TIMED_OUT(true, true),
    /** The role lacks the permission, or has lost it. */
    ACCESS_DENIED(true, true),
    /** Arrives {@link #DELAY} later, while others go on; then it is served. */
    SLOW(true, true),
    /** Done, but the connection breaks before the answer; the SDK asks again where it may. */
    ANSWER_LOST(true, false),
    /** As {@link #TIMED_OUT}, but it is done {@link #LATE} after it was sent. */
    LANDS_LATE(true, false),
    /** The function's process dies before the call arrives. */
    CRASH_BEFORE(true, false),
    /** The function's process dies when the call is done. */
    CRASH_AFTER(true, false),
    /** Lambda ends the function at its time-out, and nothing is done. */
    HANGS(false, true),
    /** The answer that the same request had before what changed last. */
    STALE(false, true),
    /** What was created lately is not shown yet. */
    MISSING(false, true),
    /** The answer ends in the middle. */
    MALFORMED(false, true),
    /** A callback is told that nobody waits on its token, although somebody does. */
    TOKEN_LOST(true, false);

    /** How long a caller waits for an answer that does not come. */
    static final Duration PATIENCE = Duration.ofSeconds(20);
    /** How late a slow call is served: within the time of every function. */
    static final Duration DELAY = Duration.ofSeconds(30);
    /** When a request is done whose caller has given up. */
    static final Duration LATE = Duration.ofSeconds(45);

    /** Not read consistently, or not at once, as AWS documents or does not say; with the answer that shows nothing yet. */
    private static final Map<String, String> LAGGING = Map.ofEntries(
            Map.entry("codedeploy:ListDeployments", "{\"deployments\":[]}"),
            Map.entry("codedeploy:BatchGetDeployments", "{\"deploymentsInfo\":[]}"),
            Map.entry("codedeploy:GetDeployment", "DeploymentDoesNotExistException"),
            Map.entry("codedeploy:ListDeploymentTargets", "{\"targetIds\":[]}"),
            Map.entry("codedeploy:BatchGetDeploymentTargets", "{\"deploymentTargets\":[]}"),
            Map.entry("codedeploy:GetApplicationRevision", "RevisionDoesNotExistException"),
            Map.entry("ecs:ListTaskDefinitions", "{\"taskDefinitionArns\":[]}"),
            Map.entry("ecs:ListTasks", "{\"taskArns\":[]}"), Map.entry("ecs:DescribeTasks", "{\"tasks\":[]}"),
            Map.entry("dynamodb:Query", "{\"Items\":[],\"Count\":0,\"ScannedCount\":0}"),
            Map.entry("sfn:DescribeExecution", "ExecutionDoesNotExist"));

    private final boolean ofWrites;
    private final boolean ofReads;

    CallFault(boolean ofWrites, boolean ofReads) {
        this.ofWrites = ofWrites;
        this.ofReads = ofReads;
    }

    /** Whether it can befall the call. */
    public boolean canBefall(FunctionCall call) {
        String operation = call.service() + ":" + call.operation();
        return switch (this) {
            case STALE -> LAGGING.containsKey(operation) || call.service().equals("elasticloadbalancingv2");
            case MISSING -> LAGGING.containsKey(operation);
            case TOKEN_LOST -> call.operation().startsWith("SendTask");
            default -> call.isRead() ? ofReads : ofWrites;
        };
    }

    /** Whether nothing is done when the request arrives. */
    boolean preventsEffect() {
        return switch (this) {
            case THROTTLED, SERVER_ERROR, TIMED_OUT, ACCESS_DENIED, LANDS_LATE, CRASH_BEFORE, HANGS, TOKEN_LOST -> true;
            case SLOW, ANSWER_LOST, CRASH_AFTER, STALE, MISSING, MALFORMED -> false;
        };
    }

    /** What a lagging service answers: a body, or the name of an error; null when the operation does not lag. */
    static @Nullable String absence(FunctionCall call) {
        return LAGGING.get(call.service() + ":" + call.operation());
    }

    /** The error that the service refuses with. */
    AwsServiceException refusal(AwsService service) {
        return switch (this) {
            case THROTTLED -> error(WireFault.THROTTLED.refusal(service));
            case ACCESS_DENIED -> error(Permissions.refusal(service));
            case TOKEN_LOST -> error("TaskTimedOut", 400);
            default -> error(WireFault.FAILED.refusal(service));
        };
    }

    private static AwsServiceException error(WireFault.Refusal refusal) {
        return error(refusal.code(), refusal.status());
    }

    static AwsServiceException error(String code, int status) {
        return AwsServiceException.builder().statusCode(status).awsErrorDetails(
                AwsErrorDetails.builder().errorCode(code).errorMessage("Injected: " + code).build()).build();
    }
}
