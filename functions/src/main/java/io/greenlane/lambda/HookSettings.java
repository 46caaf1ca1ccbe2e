package io.greenlane.lambda;

import io.greenlane.hook.Check;
import io.greenlane.json.Quote;
import io.greenlane.validation.ExpectedStatus;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Settings of the two hooks.
 *
 * @param table from {@code TABLE_NAME}
 * @param check tells what green must show, or complains once about all that is not usable; from {@code CHECK_PATH} (default {@code /}), {@code CHECK_STATUS} (default {@code 200-399}) and
 * {@code CHECK_READY_WITHIN} (default {@code PT5M})
 */
record HookSettings(String table, Supplier<Check> check) {
    private static final String DEFAULT_STATUS = "200-399";

    /**
     * Reads the environment variables. Without a table an {@link IllegalStateException} complains at once; other complaints wait until
     * there is a table to write them into.
     */
    static HookSettings from(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        String path = environment.text("CHECK_PATH", "/");
        if (!path.matches("/[!-~]*")) {
            environment.problem("CHECK_PATH must begin with a slash and hold no spaces, got " + Quote.of(path));
            path = "/";
        }
        String table = environment.text("TABLE_NAME");
        Check check = Check.of(path, status(environment),
                environment.duration("CHECK_READY_WITHIN", Duration.ofMinutes(5)));
        if (table.isEmpty()) {
            environment.check();
        }
        return new HookSettings(table, () -> {
            environment.check();
            return check;
        });
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
