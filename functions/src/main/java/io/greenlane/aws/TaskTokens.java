package io.greenlane.aws;

import io.greenlane.json.Json;
import io.greenlane.release.Callbacks;
import java.util.Map;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** Callbacks of Step Functions by task token. */
public final class TaskTokens implements Callbacks {
    private final SfnClient stepFunctions;

    public TaskTokens(SfnClient stepFunctions) {
        this.stepFunctions = stepFunctions;
    }

    @Override
    public boolean succeed(String token, Map<String, Object> output) {
        try {
            stepFunctions.sendTaskSuccess(call -> call.taskToken(token).output(Json.text(output)));
            return true;
        } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException e) {
            return false;
        }
    }
}
