package io.greenlane.lambda;

import java.util.Map;

/**
 * Settings of {@link CheckGates}.
 *
 * @param table from {@code TABLE_NAME}
 * @param source URI of the file of gates, from {@code GATES_SOURCE}; blank for the usual place
 */
record GateSettings(String table, String source) {
    /** Reads the environment variables; an {@link IllegalStateException} complains once about all of them. */
    static GateSettings from(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        GateSettings settings = new GateSettings(environment.text("TABLE_NAME"), environment.text("GATES_SOURCE", ""));
        environment.check();
        return settings;
    }
}
