package io.greenlane.lambda;

import io.greenlane.service.ServiceSettings;
import java.util.Map;

/**
 * Settings of {@link Operate}.
 *
 * @param services from {@code SERVICES} and {@code REPOSITORY_NAME}
 * @param table from {@code TABLE_NAME}
 * @param topicArn from {@code TOPIC_ARN}
 * @param stateMachineArn from {@code STATE_MACHINE_ARN}
 */
record OperateSettings(ServiceSettings services, String table, String topicArn, String stateMachineArn) {
    /** Reads the environment variables; an {@link IllegalStateException} complains once about all of them. */
    static OperateSettings from(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        OperateSettings settings = new OperateSettings(environment.services(), environment.text("TABLE_NAME"),
                environment.text("TOPIC_ARN"), environment.text("STATE_MACHINE_ARN"));
        environment.check();
        return settings;
    }
}
