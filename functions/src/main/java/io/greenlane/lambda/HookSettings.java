package io.greenlane.lambda;

import java.util.Map;

/**
 * Settings of the functions that CodeDeploy calls.
 *
 * @param table from {@code TABLE_NAME}
 * @param validationArn from {@code VALIDATION_ARN}
 * @param deadlineArn from {@code DEADLINE_ARN}
 */
record HookSettings(String table, String validationArn, String deadlineArn) {
    /** Reads the environment variables; an {@link IllegalStateException} complains once about all of them. */
    static HookSettings from(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        HookSettings settings = new HookSettings(environment.text("TABLE_NAME"), environment.text("VALIDATION_ARN"),
                environment.text("DEADLINE_ARN"));
        environment.check();
        return settings;
    }
}
