package io.greenlane.rehearsal.release;

import java.util.List;

/**
 * A call that a function makes to AWS.
 *
 * @param function name of its class, which is its logical id
 * @param service as in the SDK's package names: {@code dynamodb}, {@code sfn}
 * @param operation {@code PutItem}
 * @param ordinal counts calls of the operation by the function, from 1; attempts of the SDK are one call
 */
public record FunctionCall(String function, String service, String operation, int ordinal) {
    private static final List<String> READING = List.of("Get", "BatchGet", "Describe", "List", "Query", "Scan", "Head");

    /** Whether it changes nothing at AWS. */
    public boolean isRead() {
        return READING.stream().anyMatch(operation::startsWith);
    }

    @Override
    public String toString() {
        return function + " " + service + ":" + operation + " " + ordinal;
    }

    /** Read back from its text. */
    public static FunctionCall parse(String text) {
        String[] parts = text.split("[ :]", 4);
        return new FunctionCall(parts[0], parts[1], parts[2], Integer.parseInt(parts[3]));
    }
}
