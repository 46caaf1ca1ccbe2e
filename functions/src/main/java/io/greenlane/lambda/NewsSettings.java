package io.greenlane.lambda;

import io.greenlane.service.ServiceSettings;
import java.util.Map;

/**
 * Settings of {@link GateNews}.
 *
 * @param services from {@code SERVICES} and {@code REPOSITORY_NAME}
 * @param table from {@code TABLE_NAME}
 */
record NewsSettings(ServiceSettings services, String table) {
    /** Reads the environment variables; an {@link IllegalStateException} complains once about all of them. */
    static NewsSettings from(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        NewsSettings settings = new NewsSettings(environment.services(), environment.text("TABLE_NAME"));
        environment.check();
        return settings;
    }
}
