package io.greenlane.hook;

import io.greenlane.json.JsonObject;

/**
 * A call of a hook; CodeDeploy says no more than these two (CodeDeploy guide, hooks page).
 *
 * @param executionId opaque; the same when the call is repeated
 */
public record HookCall(String deploymentId, String executionId) {
    /** Reads the payload; an {@link IllegalArgumentException} names the member that is not right. */
    public static HookCall from(JsonObject payload) {
        return new HookCall(payload.text("DeploymentId"), payload.text("LifecycleEventHookExecutionId"));
    }
}
