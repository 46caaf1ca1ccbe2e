package io.greenlane.lambda;

import java.util.Map;

/**
 * Settings of {@link EcsLifecycleHook}.
 *
 * @param table from {@code TABLE_NAME}
 * @param validationArn from {@code VALIDATION_ARN}
 */
record EcsHookSettings(String table, String validationArn) {
    /** Reads the environment variables; an {@link IllegalStateException} complains once about all of them. */
    static EcsHookSettings from(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        EcsHookSettings settings = new EcsHookSettings(environment.text("TABLE_NAME"),
                environment.text("VALIDATION_ARN"));
        environment.check();
        return settings;
    }
}
