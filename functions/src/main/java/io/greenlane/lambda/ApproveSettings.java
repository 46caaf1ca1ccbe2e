package io.greenlane.lambda;

import java.util.Map;

/**
 * Settings of {@link ApproveRelease}.
 *
 * @param table from {@code TABLE_NAME}
 * @param topicArn from {@code TOPIC_ARN}
 * @param approvalKeyArn of the key that approvals are signed with, from {@code APPROVAL_KEY_ARN}
 */
record ApproveSettings(String table, String topicArn, String approvalKeyArn) {
    /** Reads the environment variables; an {@link IllegalStateException} complains once about all of them. */
    static ApproveSettings from(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        ApproveSettings settings = new ApproveSettings(environment.text("TABLE_NAME"), environment.text("TOPIC_ARN"),
                environment.text("APPROVAL_KEY_ARN"));
        environment.check();
        return settings;
    }
}
