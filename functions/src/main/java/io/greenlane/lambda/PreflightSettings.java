package io.greenlane.lambda;

import io.greenlane.aws.PreflightFacts.Installed;
import io.greenlane.service.ServiceSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Settings of {@link Preflight}.
 *
 * @param services from {@code SERVICES} and {@code REPOSITORY_NAME}
 * @param problems what is wrong with the services, for a preflight is to say it
 * @param installed from {@code EVENT_RULE}, {@code STATE_MACHINE_ARN}, {@code TOPIC_ARN}, {@code CHECK_HOST},
 * {@code VALIDATION_SOURCE}, {@code GATES_SOURCE}, {@code APPROVAL_KEY_ARN}, {@code HOOK_ARNS} with commas between them, and {@code PASSING_ROLE_ARN}
 */
record PreflightSettings(ServiceSettings services, List<String> problems, Installed installed) {
    PreflightSettings {
        problems = List.copyOf(problems);
    }

    /** Reads the environment variables; an {@link IllegalStateException} complains once about all others of them. */
    static PreflightSettings from(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        List<String> problems = new ArrayList<>();
        PreflightSettings settings = new PreflightSettings(environment.services(problems::add), problems,
                new Installed(environment.text("EVENT_RULE"), environment.text("STATE_MACHINE_ARN"),
                        environment.text("TOPIC_ARN"), environment.text("CHECK_HOST", ""),
                        environment.text("VALIDATION_SOURCE", ""),
                        environment.text("GATES_SOURCE", ""), !environment.text("APPROVAL_KEY_ARN", "").isBlank(),
                        List.of(environment.text("HOOK_ARNS").split(",")), environment.text("PASSING_ROLE_ARN")));
        environment.check();
        return settings;
    }
}
