package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.rehearsal.cloud.RandomIds;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.cloud.Timeline.Alarm;
import io.greenlane.rehearsal.iam.Principal;
import io.greenlane.rehearsal.lambda.FunctionInvoker;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a Task state. Ends by the answer of what it calls or, with a task token, by the token; whichever limit is
 * reached first ends it instead. An answer that comes later is dropped.
 */
final class TaskRun implements StateRun.Work, TaskTokens.Holder {
    private static final int HTTP_OK = 200;

    private final StateRun run;
    private final Platform platform;
    private final TaskResource resource;
    private final TaskEvents events;
    private @Nullable String token;
    private @Nullable Duration heartbeat;
    private @Nullable Alarm timeoutAlarm;
    private @Nullable Alarm heartbeatAlarm;
    private String caller = "";
    private boolean over;

    TaskRun(StateRun run) {
        this.run = run;
        this.platform = run.platform();
        String arn = String.valueOf(run.state().text("Resource"));
        this.resource = TaskResource.of(arn)
                .orElseThrow(() -> StatesFault.runtime("The resource " + arn + " cannot be called here"));
        this.events = TaskEvents.of(resource, run.flow());
    }

    @Override
    public void begin() {
        if (resource.callback()) {
            token = platform.tokens().issue(this);
            if (resource.kind() == TaskResource.Kind.INTEGRATION) {
                run.token(token);
            }
        }
        JsonNode arguments = run.data().arguments();
        Long timeout = seconds("TimeoutSeconds");
        Long heartbeatSeconds = seconds("HeartbeatSeconds");
        if (resource.kind() == TaskResource.Kind.ACTIVITY && !platform.activities().exists(resource.arn())) {
            throw StatesFault.runtime("The activity " + resource.arn() + " does not exist.");
        }
        String input = JsonText.write(arguments);
        if (JsonText.tooLong(input)) {
            throw tooLarge();
        }
        String role = run.data().role();
        events.scheduled(input, timeout, heartbeatSeconds, role);
        caller = role == null ? run.flow().execution().identity().roleArn() : role;
        heartbeat = heartbeatSeconds == null ? null : Duration.ofSeconds(heartbeatSeconds);
        if (timeout != null) {
            Timeline timeline = platform.timeline();
            Duration limit = Duration.ofSeconds(timeout);
            timeoutAlarm = resource.callback() && resource.kind() == TaskResource.Kind.INTEGRATION
                    ? timeline.after(limit, () -> timedOut(ErrorNames.TIMEOUT))
                    : timeline.atLimit(limit, () -> timedOut(ErrorNames.TIMEOUT));
        }
        switch (resource.kind()) {
            case FUNCTION -> {
                events.started(null);
                functions().invoke(resource.arn(), input, this::invoked);
            }
            case ACTIVITY -> {
                String issued = String.valueOf(token);
                platform.activities().offer(resource.arn(), new Activities.Task(issued, input, worker -> {
                    events.started(worker);
                    expectHeartbeat();
                }));
            }
            case INTEGRATION -> call(arguments);
        }
    }

    private void call(JsonNode arguments) {
        if (!(arguments instanceof ObjectNode request)) {
            throw StatesFault.runtime("The Parameters or Arguments of " + resource.arn() + " must be an object, got "
                    + JsonText.write(arguments));
        }
        events.started(null);
        if (resource.isLambdaInvoke()) {
            LambdaInvoke invoke = new LambdaInvoke(request, platform.random(), platform.timeline());
            if (invoke.isEvent()) {
                functions().invoke(invoke.function(), invoke.payload(), ignored -> {
                });
                returned(invoke.accepted());
            } else {
                functions().invoke(invoke.function(), invoke.payload(), answer -> integrated(answer, invoke));
            }
        } else {
            platform.integration().call(
                    new TaskIntegration.Call(resource.sdkService(), resource.action(), request, caller), this::called);
        }
    }

    /** As the workflow's role may invoke them. */
    private FunctionInvoker functions() {
        Execution.Identity identity = run.flow().execution().identity();
        return platform.functions().under(new Principal.Session(caller, identity.name(),
                caller.equals(identity.roleArn())
                        ? new Principal.Assumption("states.amazonaws.com", identity.stateMachineArn())
                        : null),
                Map.of());
    }

    private void invoked(FunctionInvoker.Answer answer) {
        if (over) {
            return;
        }
        switch (answer) {
            case FunctionInvoker.Answer.Returned returned -> finish(JsonText.orText(returned.payload()));
            case FunctionInvoker.Answer.Failed failed -> fail(LambdaInvoke.failure(failed));
            case FunctionInvoker.Answer.Refused refused -> fail(LambdaInvoke.failure(refused));
        }
    }

    private void integrated(FunctionInvoker.Answer answer, LambdaInvoke invoke) {
        if (over) {
            return;
        }
        switch (answer) {
            case FunctionInvoker.Answer.Returned returned -> returned(invoke.result(returned.payload()));
            case FunctionInvoker.Answer.Failed failed -> fail(LambdaInvoke.failure(failed));
            case FunctionInvoker.Answer.Refused refused -> fail(LambdaInvoke.failure(refused));
        }
    }

    private void called(TaskIntegration.Answer answer) {
        if (over) {
            return;
        }
        switch (answer) {
            case TaskIntegration.Answer.Returned returned -> {
                if (resource.service().equals("events") && returned.result().path("FailedEntryCount").asInt() > 0) {
                    fail(new Failure("EventBridge.FailedEntry", JsonText.write(returned.result())));
                } else {
                    returned(described(returned.result()));
                }
            }
            case TaskIntegration.Answer.Refused refused -> fail(new Failure(resource.errorName(refused.code()),
                    refused.message() + " (Service: " + resource.errorName("x").replaceAll("\\..*", "")
                            + ", Status Code: " + refused.statusCode() + ", Request ID: "
                            + RandomIds.uuid(platform.random()) + ")"));
        }
    }

    /** The call is made: the end of the task, or the beginning of its wait for the token. */
    private void returned(JsonNode result) {
        if (resource.pattern() == TaskResource.Pattern.REQUEST_RESPONSE) {
            finish(result);
            return;
        }
        events.submitted(JsonText.write(result));
        if (resource.callback()) {
            expectHeartbeat();
            return;
        }
        new NestedExecution(platform, resource.pattern() == TaskResource.Pattern.SYNC_2, caller,
                ended -> ifOpen(() -> finish(ended)), failure -> ifOpen(() -> fail(failure))).await(result);
    }

    private JsonNode described(JsonNode result) {
        if (resource.isOptimised() && result instanceof ObjectNode object) {
            SdkMetadata.describe(object, JsonText.write(result).length(), HTTP_OK, Map.of(), platform.random(),
                    platform.timeline().now());
        }
        return result;
    }

    private void ifOpen(Runnable body) {
        if (!over) {
            body.run();
        }
    }

    private void finish(JsonNode result) {
        String output = JsonText.write(result);
        if (JsonText.tooLong(output)) {
            StatesFault fault = tooLarge();
            fail(new Failure(fault.error(), fault.text()));
            return;
        }
        close();
        events.succeeded(output);
        run.succeed(result);
    }

    @Override
    public void succeed(JsonNode output) {
        finish(output);
    }

    @Override
    public void fail(Failure failure) {
        close();
        events.failed(failure);
        run.fail(failure);
    }

    @Override
    public void heartbeat() {
        expectHeartbeat();
    }

    @Override
    public void abort() {
        close();
    }

    private void timedOut(String error) {
        if (over) {
            return;
        }
        close();
        Failure failure = new Failure(error, null);
        events.timedOut(failure);
        run.fail(failure);
    }

    private void expectHeartbeat() {
        if (heartbeatAlarm != null) {
            heartbeatAlarm.cancel();
        }
        if (heartbeat != null && !over) {
            heartbeatAlarm = platform.timeline().after(heartbeat, () -> timedOut(ErrorNames.HEARTBEAT_TIMEOUT));
        }
    }

    private void close() {
        over = true;
        if (timeoutAlarm != null) {
            timeoutAlarm.cancel();
        }
        if (heartbeatAlarm != null) {
            heartbeatAlarm.cancel();
        }
        if (token != null) {
            platform.tokens().close(token);
            platform.activities().withdraw(token);
        }
    }

    private @Nullable Long seconds(String field) {
        Double value = run.data().number(field);
        if (value != null && (value < 1 || value > 99_999_999)) {
            throw StatesFault.runtime("The " + field + " of a Task state must be between 1 and 99999999, got " + value);
        }
        return value == null ? null : value.longValue();
    }

    private StatesFault tooLarge() {
        String what = resource.kind() == TaskResource.Kind.INTEGRATION ? resource.service() : resource.arn();
        return StatesFault.named(ErrorNames.DATA_LIMIT, "The state/task '" + what
                + "' returned a result with a size exceeding the maximum number of bytes service limit.");
    }
}
