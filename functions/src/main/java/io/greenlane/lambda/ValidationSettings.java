package io.greenlane.lambda;

import io.greenlane.json.Quote;
import io.greenlane.validation.ExpectedStatus;
import io.greenlane.validation.rules.reading.BuiltInDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Settings of {@link RunValidation}.
 *
 * @param table from {@code TABLE_NAME}
 * @param bucket of reports, from {@code REPORTS_BUCKET}
 * @param source URI of the validation file, from {@code VALIDATION_SOURCE}; blank for the usual place
 * @param secretPaths that secrets may be below, from {@code SECRET_PATH}; none when it is blank
 * @param builtIn from {@code CHECK_HOST} (default none), {@code CHECK_PATH} (default {@code /}), {@code CHECK_STATUS} (default
 *     {@code 200-399}) and {@code CHECK_READY_WITHIN} (default {@code PT5M})
 */
record ValidationSettings(String table, String bucket, String source, List<String> secretPaths,
        BuiltInDefault builtIn) {
    private static final String DEFAULT_STATUS = "200-399";

    /** Reads the environment variables; an {@link IllegalStateException} complains once about all of them. */
    static ValidationSettings from(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        String path = environment.text("CHECK_PATH", "/");
        if (!path.matches("/[!-~]*")) {
            environment.problem("CHECK_PATH must begin with a slash and hold no spaces, got " + Quote.of(path));
        }
        ValidationSettings settings = new ValidationSettings(environment.text("TABLE_NAME"),
                environment.text("REPORTS_BUCKET"), environment.text("VALIDATION_SOURCE", ""), secretPaths(environment),
                new BuiltInDefault(environment.text("CHECK_HOST", ""), path, status(environment),
                        environment.duration("CHECK_READY_WITHIN", Duration.ofMinutes(5))));
        environment.check();
        return settings;
    }

    private static List<String> secretPaths(Environment environment) {
        String path = environment.text("SECRET_PATH", "");
        if (path.isBlank()) {
            return List.of();
        }
        if (!path.startsWith("/") || !path.endsWith("/")) {
            environment.problem("SECRET_PATH must begin and end with a slash, got " + Quote.of(path));
        }
        return List.of(path);
    }

    private static ExpectedStatus status(Environment environment) {
        String text = environment.text("CHECK_STATUS", DEFAULT_STATUS);
        try {
            return ExpectedStatus.parse(text);
        } catch (IllegalArgumentException e) {
            environment.problem("CHECK_STATUS " + Quote.of(text) + " is not usable: " + e.getMessage());
            return ExpectedStatus.parse(DEFAULT_STATUS);
        }
    }
}
