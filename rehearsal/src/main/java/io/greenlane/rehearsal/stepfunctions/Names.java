package io.greenlane.rehearsal.stepfunctions;

import java.util.regex.Pattern;
import software.amazon.awssdk.services.sfn.model.InvalidNameException;

/** The rule for names of state machines, executions and activities (API reference, StartExecution). */
final class Names {
    private static final Pattern ALLOWED = Pattern
            .compile("[^\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\p{Cntrl}\\x{FFFE}\\x{FFFF}]{1,80}");

    private Names() {}

    static void check(String name) {
        if (!ALLOWED.matcher(name).matches()) {
            throw InvalidNameException.builder().message("Invalid Name: '" + name + "'").build();
        }
    }
}
