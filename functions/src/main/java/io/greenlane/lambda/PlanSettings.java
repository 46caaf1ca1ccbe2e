package io.greenlane.lambda;

import io.greenlane.service.ServiceSettings;
import java.util.Map;

/**
 * Settings of {@link PlanRelease}.
 *
 * @param services from {@code SERVICES} and {@code REPOSITORY_NAME}
 */
record PlanSettings(ServiceSettings services) {
    /** Reads the environment variables; an {@link IllegalStateException} complains once about all of them. */
    static PlanSettings from(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        PlanSettings settings = new PlanSettings(environment.services());
        environment.check();
        return settings;
    }
}
