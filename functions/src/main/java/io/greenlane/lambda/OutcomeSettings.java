package io.greenlane.lambda;

import java.util.Map;

/**
 * Settings of {@link RecordOutcome}.
 *
 * @param table from {@code TABLE_NAME}
 * @param topicArn from {@code TOPIC_ARN}
 */
record OutcomeSettings(String table, String topicArn) {
    /** Reads the environment variables; an {@link IllegalStateException} complains once about all of them. */
    static OutcomeSettings from(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        OutcomeSettings settings = new OutcomeSettings(environment.text("TABLE_NAME"), environment.text("TOPIC_ARN"));
        environment.check();
        return settings;
    }
}
