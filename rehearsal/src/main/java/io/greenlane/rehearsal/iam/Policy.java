package io.greenlane.rehearsal.iam;

import java.util.List;
import java.util.Optional;

/**
 * A policy document.
 *
 * @param name for people
 */
record Policy(String name, List<Statement> statements) {
    /** The statements that may speak about the action. */
    Policy about(AccessRequest request) {
        return new Policy(name, statements.stream().filter(statement -> statement.isAbout(request)).toList());
    }

    Optional<Statement> first(Statement.Effect effect, AccessRequest request) {
        for (Statement statement : statements) {
            if (statement.effect() == effect && statement.applies(request)) {
                return Optional.of(statement);
            }
        }
        return Optional.empty();
    }
}
