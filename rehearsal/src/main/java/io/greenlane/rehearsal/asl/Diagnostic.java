package io.greenlane.rehearsal.asl;

/**
 * Something wrong in a definition, as ValidateStateMachineDefinition reports it.
 *
 * @param severity ERROR or WARNING
 * @param code for example SCHEMA_VALIDATION_FAILED
 * @param location JSON pointer into the definition, empty for the whole
 */
public record Diagnostic(Severity severity, String code, String message, String location) {
    /** How bad it is. */
    public enum Severity {
        ERROR, WARNING
    }

    boolean isError() {
        return severity == Severity.ERROR;
    }

    String sentence() {
        return code + ": " + message + " at " + (location.isEmpty() ? "/" : location);
    }
}
