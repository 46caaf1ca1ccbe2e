package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A state machine in the Amazon States Language.
 *
 * @param comment the machine's Comment, empty when it has none
 * @param timeout how long an execution may take, null for Step Functions' own limit of one year
 */
public record StateMachineDefinition(String comment, Workflow workflow, QueryLanguage language,
        @Nullable Duration timeout) {

    /**
     * Reads a definition.
     *
     * @param text JSON
     * @throws InvalidDefinition when it breaks the language, with everything found wrong
     */
    public static StateMachineDefinition parse(String text) throws InvalidDefinition {
        List<Diagnostic> found = DefinitionValidator.validate(text);
        if (found.stream().anyMatch(Diagnostic::isError)) {
            throw new InvalidDefinition(found.stream().filter(Diagnostic::isError).toList());
        }
        try {
            ObjectNode root = (ObjectNode) JsonText.parse(text);
            QueryLanguage language = QueryLanguage.of(root.path("QueryLanguage").asText())
                    .orElse(QueryLanguage.JSONPATH);
            JsonNode timeout = root.get("TimeoutSeconds");
            return new StateMachineDefinition(root.path("Comment").asText(), Workflow.of(root, language), language,
                    timeout == null ? null : Duration.ofSeconds(timeout.asLong()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A validated definition could not be read", impossible);
        }
    }

    /** A definition that breaks the language. */
    public static final class InvalidDefinition extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidDefinition(List<Diagnostic> errors) {
            super("Invalid State Machine Definition: '"
                    + String.join(", ", errors.stream().map(Diagnostic::sentence).toList()) + "'");
        }
    }
}
