package io.greenlane.rehearsal.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.greenlane.rehearsal.asl.Execution;
import io.greenlane.rehearsal.asl.JsonText;
import io.greenlane.rehearsal.asl.Platform;
import io.greenlane.rehearsal.cloud.RandomIds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.InvalidExecutionInputException;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StateMachineDeletingException;
import software.amazon.awssdk.services.sfn.model.StateMachineStatus;

/** The executions of the account, running and closed. */
final class Executions {
    private static final Duration RETENTION = Duration.ofDays(90);
    private static final Pattern ARN = Pattern
            .compile("arn:aws[a-z-]*:(states):[a-z0-9-]+:[0-9]{12}:(execution|express):[^:]+:.+");

    private final Platform platform;
    private final StatusChanges changes;
    private final Consumer<Execution> onEnd;
    private final Map<String, Run> byArn = new LinkedHashMap<>();

    Executions(Platform platform, StatusChanges changes, Consumer<Execution> onEnd) {
        this.platform = platform;
        this.changes = changes;
        this.onEnd = onEnd;
    }

    /**
     * An execution and the revision of the state machine that it runs.
     *
     * @param traceHeader of the caller, null for none
     */
    record Run(Execution execution, StateMachine machine, @Nullable String traceHeader) {}

    /** Starts it; the same name with the same input while it runs is the same execution. */
    Execution start(StateMachine machine, StartExecutionRequest request) {
        if (machine.status() == StateMachineStatus.DELETING) {
            throw StateMachineDeletingException.builder().message("State Machine Deleting: '" + machine.arn() + "'")
                    .build();
        }
        String name = request.name() == null ? RandomIds.uuid(platform.random()) : request.name();
        Names.check(name);
        String input = request.input() == null ? "{}" : request.input();
        JsonNode tree = read(input);
        String arn = platform.account().arn("states", "execution:" + machine.name() + ":" + name);
        Run earlier = byArn.get(arn);
        if (earlier != null) {
            Execution known = earlier.execution();
            if (known.status() == ExecutionStatus.RUNNING && known.identity().input().equals(input)) {
                return known;
            }
            Instant closed = known.stopDate();
            if (closed == null || closed.plus(RETENTION).isAfter(platform.timeline().now())) {
                throw ExecutionAlreadyExistsException.builder().message("Execution Already Exists: '" + arn + "'")
                        .build();
            }
            byArn.remove(arn);
        }
        Execution started = new Execution(platform, machine.definition(),
                new Execution.Identity(arn, name, machine.arn(),
                        machine.name(), machine.roleArn(), platform.timeline().now(), input, tree),
                this::ended);
        byArn.put(arn, new Run(started, machine, request.traceHeader()));
        changes.announce(started);
        started.start();
        return started;
    }

    Run require(@Nullable String arn) {
        if (arn == null || !ARN.matcher(arn).matches()) {
            throw InvalidArnException.builder().message("Invalid Arn: 'Invalid ARN: " + arn + "'").build();
        }
        Run found = byArn.get(arn);
        if (found == null) {
            throw ExecutionDoesNotExistException.builder().message("Execution Does Not Exist: '" + arn + "'").build();
        }
        return found;
    }

    /** The executions of a state machine, newest first. */
    List<Execution> of(String stateMachineArn) {
        List<Execution> found = new ArrayList<>();
        byArn.values().stream().map(Run::execution)
                .filter(execution -> execution.identity().stateMachineArn().equals(stateMachineArn))
                .forEach(found::add);
        Collections.reverse(found);
        return found;
    }

    boolean anyRunning(String stateMachineArn) {
        return of(stateMachineArn).stream().anyMatch(execution -> execution.status() == ExecutionStatus.RUNNING);
    }

    void forgetClosed(Instant before) {
        byArn.values().removeIf(run -> {
            Instant closed = run.execution().stopDate();
            return closed != null && closed.isBefore(before);
        });
    }

    private void ended(Execution execution) {
        changes.announce(execution);
        onEnd.accept(execution);
    }

    private static JsonNode read(String input) {
        if (input.getBytes(StandardCharsets.UTF_8).length > JsonText.MAX_BYTES) {
            throw invalid("The input is longer than " + JsonText.MAX_BYTES + " bytes", null);
        }
        try {
            return JsonText.parse(input);
        } catch (JsonProcessingException noJson) {
            throw invalid(noJson.getOriginalMessage(), noJson);
        }
    }

    private static InvalidExecutionInputException invalid(String why, @Nullable Throwable cause) {
        return InvalidExecutionInputException.builder().message("Invalid State Machine Execution Input: '" + why + "'")
                .cause(cause).build();
    }
}
