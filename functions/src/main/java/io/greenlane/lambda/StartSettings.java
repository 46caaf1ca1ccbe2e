package io.greenlane.lambda;

import io.greenlane.deployment.AppSpec;
import java.util.Map;

/**
 * Settings of {@link StartDeployment}.
 *
 * @param table from {@code TABLE_NAME}
 * @param hooks from {@code AFTER_ALLOW_TEST_TRAFFIC_FUNCTION}, {@code BEFORE_ALLOW_TRAFFIC_FUNCTION} and
 *     {@code AFTER_ALLOW_TRAFFIC_FUNCTION}
 */
record StartSettings(String table, AppSpec.Hooks hooks) {
    /** Reads the environment variables; an {@link IllegalStateException} complains once about all of them. */
    static StartSettings from(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        StartSettings settings = new StartSettings(environment.text("TABLE_NAME"),
                new AppSpec.Hooks(environment.text("AFTER_ALLOW_TEST_TRAFFIC_FUNCTION"),
                        environment.text("BEFORE_ALLOW_TRAFFIC_FUNCTION"),
                        environment.text("AFTER_ALLOW_TRAFFIC_FUNCTION")));
        environment.check();
        return settings;
    }
}
