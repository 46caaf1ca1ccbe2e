package io.greenlane.taskdefinition;

import java.util.List;
import java.util.stream.Collectors;

/**
 * ECS registered something else than the copy that was sent, so nothing is deployed. Names where, never the values: they may be
 * secrets.
 */
public final class CopyDiffersException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MOST_NAMED = 10;

    CopyDiffersException(String source, String registered, List<String> paths) {
        super("Task definition " + registered + " is not the copy of " + source
                + " that was sent to ECS, it differs in "
                + paths.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                + (paths.size() > MOST_NAMED ? " and " + (paths.size() - MOST_NAMED) + " more places" : ""));
    }
}
