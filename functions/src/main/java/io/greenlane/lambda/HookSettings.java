package io.greenlane.lambda;

import io.greenlane.json.Quote;
import io.greenlane.validation.Check;
import io.greenlane.validation.ExpectedStatus;
import java.time.Duration;
import java.util.Map;

/**
 * Settings of the two hooks.
 *
 * @param table from {@code TABLE_NAME}
 * @param check from {@code CHECK_PATH} (default {@code /}), {@code CHECK_STATUS} (default {@code 200-399}) and
 * {@code CHECK_READY_WITHIN} (default {@code PT5M})
 */
record HookSettings(String table, Check check) {
    private static final String DEFAULT_STATUS = "200-399";

    /** Reads the environment variables; an {@link IllegalStateException} complains once about all of them. */
    static HookSettings from(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        String path = environment.text("CHECK_PATH", "/");
        if (!path.matches("/[!-~]*")) {
            environment.problem("CHECK_PATH must begin with a slash and hold no spaces, got " + Quote.of(path));
            path = "/";
        }
        HookSettings settings = new HookSettings(environment.text("TABLE_NAME"), Check.of(path, status(environment),
                environment.duration("CHECK_READY_WITHIN", Duration.ofMinutes(5))));
        environment.check();
        return settings;
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
