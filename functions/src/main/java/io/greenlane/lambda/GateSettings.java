package io.greenlane.lambda;

import java.util.Map;

/**
 * Settings of {@link CheckGates}.
 *
 * @param table from {@code TABLE_NAME}
 * @param source URI of the file of gates, from {@code GATES_SOURCE}; blank for the usual place
 * @param topicArn from {@code TOPIC_ARN}
 * @param chatTopicArn of the topic that a chat shows, from {@code CHAT_TOPIC_ARN}; blank for none
 * @param approvalKeyArn of the key that approvals are signed with, from {@code APPROVAL_KEY_ARN}; blank for none
 */
record GateSettings(String table, String source, String topicArn, String chatTopicArn, String approvalKeyArn) {
    /** Reads the environment variables; an {@link IllegalStateException} complains once about all of them. */
    static GateSettings from(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        GateSettings settings = new GateSettings(environment.text("TABLE_NAME"), environment.text("GATES_SOURCE", ""),
                environment.text("TOPIC_ARN"), environment.text("CHAT_TOPIC_ARN", ""),
                environment.text("APPROVAL_KEY_ARN", ""));
        environment.check();
        return settings;
    }
}
