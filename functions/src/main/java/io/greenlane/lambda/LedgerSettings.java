package io.greenlane.lambda;

import java.util.Map;

/**
 * Settings of the functions that need nothing but the ledger.
 *
 * @param table from {@code TABLE_NAME}
 */
record LedgerSettings(String table) {
    /** Reads the environment variables; an {@link IllegalStateException} complains once about all of them. */
    static LedgerSettings from(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        LedgerSettings settings = new LedgerSettings(environment.text("TABLE_NAME"));
        environment.check();
        return settings;
    }
}
