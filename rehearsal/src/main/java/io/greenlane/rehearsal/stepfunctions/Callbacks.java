package io.greenlane.rehearsal.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.greenlane.rehearsal.asl.Failure;
import io.greenlane.rehearsal.asl.JsonText;
import io.greenlane.rehearsal.asl.TaskTokens;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.InvalidOutputException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** SendTaskSuccess, SendTaskFailure and SendTaskHeartbeat. */
final class Callbacks {
    private final TaskTokens tokens;
    private final ClosedToken closedToken;

    Callbacks(TaskTokens tokens, ClosedToken closedToken) {
        this.tokens = tokens;
        this.closedToken = closedToken;
    }

    void succeed(@Nullable String token, @Nullable String output) {
        TaskTokens.Holder holder = holder(token);
        holder.succeed(read(String.valueOf(output)));
    }

    void fail(@Nullable String token, @Nullable String error, @Nullable String cause) {
        holder(token).fail(new Failure(error, cause));
    }

    void heartbeat(@Nullable String token) {
        holder(token).heartbeat();
    }

    private TaskTokens.Holder holder(@Nullable String token) {
        String given = String.valueOf(token);
        return switch (tokens.standing(given)) {
            case OPEN -> Objects.requireNonNull(tokens.holder(given));
            case CLOSED -> throw closed();
            case UNKNOWN -> throw InvalidTokenException.builder().message("Invalid Token: 'Invalid token'").build();
        };
    }

    private SfnException closed() {
        return switch (closedToken) {
            case TASK_TIMED_OUT -> (SfnException) TaskTimedOutException.builder()
                    .message("Task Timed Out: 'Provided task does not exist anymore'").build();
            case TASK_DOES_NOT_EXIST -> (SfnException) TaskDoesNotExistException.builder()
                    .message("Task Does Not Exist: 'Provided task does not exist anymore'").build();
            case INVALID_TOKEN ->
                (SfnException) InvalidTokenException.builder().message("Invalid Token: 'Invalid token'").build();
        };
    }

    private static JsonNode read(String output) {
        if (output.getBytes(StandardCharsets.UTF_8).length > JsonText.MAX_BYTES) {
            throw InvalidOutputException.builder()
                    .message("Invalid Output: 'The output is longer than " + JsonText.MAX_BYTES + " bytes'").build();
        }
        try {
            return JsonText.parse(output);
        } catch (JsonProcessingException noJson) {
            throw InvalidOutputException.builder().message("Invalid Output: '" + noJson.getOriginalMessage() + "'")
                    .cause(noJson).build();
        }
    }
}
