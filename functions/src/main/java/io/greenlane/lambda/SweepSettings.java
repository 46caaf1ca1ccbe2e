package io.greenlane.lambda;

import io.greenlane.service.ServiceSettings;
import java.util.Map;

/**
 * Settings of {@link Sweep}.
 *
 * @param services from {@code SERVICES} and {@code REPOSITORY_NAME}
 * @param table from {@code TABLE_NAME}
 * @param topicArn from {@code TOPIC_ARN}
 * @param stateMachineArn from {@code STATE_MACHINE_ARN}
 * @param bucket of validation reports, from {@code REPORTS_BUCKET}
 */
record SweepSettings(ServiceSettings services, String table, String topicArn, String stateMachineArn,
        String bucket) {
    /** Reads the environment variables; an {@link IllegalStateException} complains once about all of them. */
    static SweepSettings from(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        SweepSettings settings = new SweepSettings(environment.services(), environment.text("TABLE_NAME"),
                environment.text("TOPIC_ARN"), environment.text("STATE_MACHINE_ARN"),
                environment.text("REPORTS_BUCKET"));
        environment.check();
        return settings;
    }
}
