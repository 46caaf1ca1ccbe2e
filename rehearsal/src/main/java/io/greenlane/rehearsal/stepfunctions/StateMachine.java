package io.greenlane.rehearsal.stepfunctions;

import io.greenlane.rehearsal.asl.StateMachineDefinition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.LoggingConfiguration;
import software.amazon.awssdk.services.sfn.model.StateMachineStatus;
import software.amazon.awssdk.services.sfn.model.StateMachineType;
import software.amazon.awssdk.services.sfn.model.TracingConfiguration;

/**
 * A state machine at one revision.
 *
 * @param definitionText the definition as it was given
 * @param updated when this revision was made
 * @param revisionId changes with every update
 */
record StateMachine(String arn, String name, String definitionText, StateMachineDefinition definition, String roleArn,
        StateMachineType type, Instant created, Instant updated, String revisionId, StateMachineStatus status,
        @Nullable LoggingConfiguration logging, @Nullable TracingConfiguration tracing) {

    StateMachine deleting() {
        return new StateMachine(arn, name, definitionText, definition, roleArn, type, created, updated, revisionId,
                StateMachineStatus.DELETING, logging, tracing);
    }
}
