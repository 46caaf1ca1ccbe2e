package io.greenlane.lambda;

import java.util.Map;

/**
 * Settings of {@link RecordOutcome}.
 *
 * @param table from {@code TABLE_NAME}
 * @param topicArn from {@code TOPIC_ARN}
 * @param bucket of validation reports, from {@code REPORTS_BUCKET}
 */
record OutcomeSettings(String table, String topicArn, String bucket) {
    /** Reads the environment variables; an {@link IllegalStateException} complains once about all of them. */
    static OutcomeSettings from(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        OutcomeSettings settings = new OutcomeSettings(environment.text("TABLE_NAME"), environment.text("TOPIC_ARN"),
                environment.text("REPORTS_BUCKET"));
        environment.check();
        return settings;
    }
}
