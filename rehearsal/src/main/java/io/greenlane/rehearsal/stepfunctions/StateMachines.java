package io.greenlane.rehearsal.stepfunctions;

import io.greenlane.rehearsal.asl.DefinitionValidator;
import io.greenlane.rehearsal.asl.Diagnostic;
import io.greenlane.rehearsal.asl.StateMachineDefinition;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.RandomIds;
import io.greenlane.rehearsal.cloud.Timeline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.InvalidDefinitionException;
import software.amazon.awssdk.services.sfn.model.MissingRequiredParameterException;
import software.amazon.awssdk.services.sfn.model.StateMachineAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.StateMachineStatus;
import software.amazon.awssdk.services.sfn.model.StateMachineType;
import software.amazon.awssdk.services.sfn.model.UpdateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionDiagnostic;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionRequest;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionResponse;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionResultCode;

/** The state machines of the account. */
final class StateMachines {
    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::[0-9]{12}:role/.+");
    private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:states:[a-z0-9-]+:[0-9]{12}:stateMachine:.+");

    private final Account account;
    private final Timeline timeline;
    private final RandomGenerator random;
    private final Map<String, StateMachine> byArn = new LinkedHashMap<>();

    StateMachines(Account account, Timeline timeline, RandomGenerator random) {
        this.account = account;
        this.timeline = timeline;
        this.random = random;
    }

    /** Makes it, or returns the one that is already there with the same definition, type, logging and tracing. */
    StateMachine create(CreateStateMachineRequest request) {
        Names.check(String.valueOf(request.name()));
        if (Boolean.TRUE.equals(request.publish())) {
            throw new UnsupportedOperationException(
                    "Versions of state machines are not simulated: publish must be false");
        }
        String role = role(String.valueOf(request.roleArn()));
        String text = String.valueOf(request.definition());
        StateMachineDefinition definition = definition(text);
        StateMachineType type = request.type() == null ? StateMachineType.STANDARD : request.type();
        String arn = account.arn("states", "stateMachine:" + request.name());
        StateMachine existing = byArn.get(arn);
        if (existing != null) {
            if (existing.definitionText().equals(text) && existing.type() == type
                    && Objects.equals(existing.logging(), request.loggingConfiguration())
                    && Objects.equals(existing.tracing(), request.tracingConfiguration())) {
                return existing;
            }
            throw StateMachineAlreadyExistsException.builder().message("State Machine Already Exists: '" + arn + "'")
                    .build();
        }
        StateMachine made = new StateMachine(arn, request.name(), text, definition, role, type, timeline.now(),
                timeline.now(), RandomIds.uuid(random), StateMachineStatus.ACTIVE, request.loggingConfiguration(),
                request.tracingConfiguration());
        byArn.put(arn, made);
        return made;
    }

    StateMachine update(UpdateStateMachineRequest request) {
        StateMachine old = require(request.stateMachineArn());
        if (Boolean.TRUE.equals(request.publish())) {
            throw new UnsupportedOperationException(
                    "Versions of state machines are not simulated: publish must be false");
        }
        if (request.definition() == null && request.roleArn() == null && request.loggingConfiguration() == null
                && request.tracingConfiguration() == null) {
            throw MissingRequiredParameterException.builder()
                    .message(
                            "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration"
                                    + " must be specified")
                    .build();
        }
        String text = request.definition() == null ? old.definitionText() : request.definition();
        StateMachineDefinition definition = request.definition() == null ? old.definition() : definition(text);
        StateMachine changed = new StateMachine(old.arn(), old.name(), text, definition,
                request.roleArn() == null ? old.roleArn() : role(request.roleArn()), old.type(), old.created(),
                timeline.now(), RandomIds.uuid(random), old.status(),
                request.loggingConfiguration() == null ? old.logging() : request.loggingConfiguration(),
                request.tracingConfiguration() == null ? old.tracing() : request.tracingConfiguration());
        byArn.put(old.arn(), changed);
        return changed;
    }

    StateMachine require(@Nullable String arn) {
        if (arn == null || !ARN.matcher(arn).matches()) {
            throw InvalidArnException.builder().message("Invalid Arn: 'Invalid ARN: " + arn + "'").build();
        }
        StateMachine found = byArn.get(arn);
        if (found == null) {
            throw StateMachineDoesNotExistException.builder().message("State Machine Does Not Exist: '" + arn + "'")
                    .build();
        }
        return found;
    }

    boolean exists(String arn) {
        return byArn.containsKey(arn);
    }

    List<StateMachine> all() {
        return new ArrayList<>(byArn.values());
    }

    void markDeleting(String arn) {
        byArn.computeIfPresent(arn, (same, machine) -> machine.deleting());
    }

    void remove(String arn) {
        byArn.remove(arn);
    }

    static ValidateStateMachineDefinitionResponse validate(ValidateStateMachineDefinitionRequest request) {
        List<Diagnostic> found = DefinitionValidator.validate(String.valueOf(request.definition()));
        int most = request.maxResults() == null || request.maxResults() == 0 ? 100 : request.maxResults();
        boolean failed = found.stream().anyMatch(one -> one.severity() == Diagnostic.Severity.ERROR);
        return ValidateStateMachineDefinitionResponse.builder()
                .result(failed
                        ? ValidateStateMachineDefinitionResultCode.FAIL
                        : ValidateStateMachineDefinitionResultCode.OK)
                .diagnostics(found.stream().limit(most)
                        .map(one -> ValidateStateMachineDefinitionDiagnostic.builder().severity(one.severity().name())
                                .code(one.code()).message(one.message()).location(one.location()).build())
                        .toList())
                .truncated(found.size() > most).build();
    }

    private static StateMachineDefinition definition(String text) {
        try {
            return StateMachineDefinition.parse(text);
        } catch (StateMachineDefinition.InvalidDefinition invalid) {
            throw InvalidDefinitionException.builder().message(invalid.getMessage()).cause(invalid).build();
        }
    }

    private static String role(String arn) {
        if (!ROLE.matcher(arn).matches()) {
            throw InvalidArnException.builder().message("Invalid Role Arn: '" + arn + "'").build();
        }
        return arn;
    }
}
