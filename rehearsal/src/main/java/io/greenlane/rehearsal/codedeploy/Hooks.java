package io.greenlane.rehearsal.codedeploy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour.Deviation;
import io.greenlane.rehearsal.codedeploy.DeploymentRun.Step;
import io.greenlane.rehearsal.lambda.FunctionInvoker.Answer;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.codedeploy.model.ErrorCode;
import software.amazon.awssdk.services.codedeploy.model.InvalidLifecycleEventHookExecutionIdException;
import software.amazon.awssdk.services.codedeploy.model.InvalidLifecycleEventHookExecutionStatusException;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventAlreadyCompletedException;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventStatus;
import software.amazon.awssdk.services.codedeploy.model.UnsupportedActionForDeploymentTypeException;

/**
 * The user's hooks: invoked with two ids, then silence until someone reports Succeeded or Failed, or the hour of a lifecycle
 * event is over. What the function returns or throws is no report (CodeDeploy guide, AppSpec hooks section).
 */
final class Hooks {
    private static final Duration LIMIT = Duration.ofHours(1);
    private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
    private static final int MOST_RETRIES = 2;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Neighbours neighbours;
    private final Timeline timeline;
    private final RandomGenerator random;
    private final CodeDeployBehaviour behaviour;
    private final Map<String, Step> executions = new HashMap<>();

    Hooks(Neighbours neighbours, Timeline timeline, RandomGenerator random, CodeDeployBehaviour behaviour) {
        this.neighbours = neighbours;
        this.timeline = timeline;
        this.random = random;
        this.behaviour = behaviour;
    }

    /** Calls the function, when the AppSpec names one for the phase. */
    void start(Step step, @Nullable String function) {
        if (function == null) {
            step.done();
            return;
        }
        String executionId = newExecutionId();
        executions.put(executionId, step);
        step.calls(function);
        step.keep(timeline.atLimit(LIMIT,
                () -> step.fail(ErrorCode.HOOK_EXECUTION_FAILURE, "The lifecycle event " + step.phase().title()
                        + " failed: function " + function + " did not report a status within one hour")));
        String payload = JSON.createObjectNode().put("DeploymentId", step.deployment().id())
                .put("LifecycleEventHookExecutionId", executionId).toString();
        invoke(step, function, payload, 0);
        if (behaviour.has(Deviation.HOOK_INVOKED_TWICE)) {
            invoke(step, function, payload, 0);
        }
    }

    /** PutLifecycleEventHookExecutionStatus, for an existing deployment. */
    void report(Deployment deployment, @Nullable String executionId, @Nullable String status) {
        LifecycleEventStatus verdict = status == null ? null : LifecycleEventStatus.fromValue(status);
        if (verdict != LifecycleEventStatus.SUCCEEDED && verdict != LifecycleEventStatus.FAILED) {
            throw InvalidLifecycleEventHookExecutionStatusException.builder()
                    .message("A lifecycle event hook reports Succeeded or Failed, got '" + status + "'").build();
        }
        Step step = executions.get(executionId);
        if (step == null || step.deployment() != deployment) {
            throw InvalidLifecycleEventHookExecutionIdException.builder()
                    .message("No lifecycle event hook execution of deployment " + deployment.id() + " has the id "
                            + executionId)
                    .build();
        }
        if (step.isOver()) {
            if (deployment.isFinal() && behaviour.has(Deviation.LATE_REPORT_UNSUPPORTED)) {
                throw UnsupportedActionForDeploymentTypeException.builder()
                        .message("The deployment " + deployment.id() + " has ended").build();
            }
            throw LifecycleEventAlreadyCompletedException.builder().message("The lifecycle event "
                    + step.phase().title() + " of deployment " + deployment.id() + " has already completed").build();
        }
        if (verdict == LifecycleEventStatus.SUCCEEDED) {
            step.done();
        } else {
            step.fail(ErrorCode.HOOK_EXECUTION_FAILURE,
                    "The lifecycle event " + step.phase().title() + " failed: its function reported Failed");
        }
    }

    private void invoke(Step step, String function, String payload, int retriesSoFar) {
        neighbours.under(step.deployment()).functions().invoke(function, payload, answer -> {
            switch (answer) {
                case Answer.Returned returned -> {
                    // Not the report.
                }
                case Answer.Failed failed -> crashed(step, function, payload, retriesSoFar);
                case Answer.Refused refused -> step.fail(code(refused), "The lifecycle event " + step.phase().title()
                        + " failed: function " + function + " could not be invoked: " + refused.message());
            }
        });
    }

    private void crashed(Step step, String function, String payload, int retriesSoFar) {
        if (behaviour.has(Deviation.HOOK_CRASH_FAILS_AT_ONCE)) {
            step.fail(ErrorCode.HOOK_EXECUTION_FAILURE, "The lifecycle event " + step.phase().title()
                    + " failed: function " + function + " ended with an error");
        }
        if (behaviour.has(Deviation.HOOK_INVOCATION_RETRIED) && retriesSoFar < MOST_RETRIES) {
            // Lambda repeats an event whatever has become of the deployment meanwhile.
            timeline.after(FIRST_RETRY.multipliedBy(retriesSoFar + 1L),
                    () -> invoke(step, function, payload, retriesSoFar + 1));
        }
    }

    private static ErrorCode code(Answer.Refused refused) {
        return switch (refused.code()) {
            case "ResourceNotFoundException" -> ErrorCode.INVALID_LAMBDA_FUNCTION;
            case "AccessDeniedException" -> ErrorCode.IAM_ROLE_PERMISSIONS;
            default -> ErrorCode.HOOK_EXECUTION_FAILURE;
        };
    }

    private String newExecutionId() {
        byte[] bytes = new byte[96];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
