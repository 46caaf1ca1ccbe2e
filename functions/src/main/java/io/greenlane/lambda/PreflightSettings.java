package io.greenlane.lambda;

import io.greenlane.aws.PreflightFacts.Installed;
import io.greenlane.service.ServiceSettings;
import java.util.Map;

/**
 * Settings of {@link Preflight}.
 *
 * @param services from {@code SERVICES}
 * @param installed from {@code EVENT_RULE}, {@code STATE_MACHINE_ARN}, {@code TOPIC_ARN} and {@code VALIDATION_SOURCE}
 */
record PreflightSettings(ServiceSettings services, Installed installed) {
    /** Reads the environment variables; an {@link IllegalStateException} complains once about all of them. */
    static PreflightSettings from(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        PreflightSettings settings = new PreflightSettings(environment.services(),
                new Installed(environment.text("EVENT_RULE"), environment.text("STATE_MACHINE_ARN"),
                        environment.text("TOPIC_ARN"), environment.text("VALIDATION_SOURCE", "")));
        environment.check();
        return settings;
    }
}
