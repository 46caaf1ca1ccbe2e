package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Checks a definition before anything runs it, with the codes of ValidateStateMachineDefinition. */
public final class DefinitionValidator {
    private final List<Diagnostic> found = new ArrayList<>();

    private DefinitionValidator() {}

    /** Everything wrong in the definition, in the order of the text; empty when it can run. */
    public static List<Diagnostic> validate(String text) {
        DefinitionValidator validator = new DefinitionValidator();
        try {
            JsonNode root = JsonText.parse(text);
            if (root instanceof ObjectNode definition) {
                StateChecks checks = new StateChecks(validator.found);
                new WorkflowChecks(validator.found, checks).machine(definition);
            } else {
                validator.found.add(new Diagnostic(Diagnostic.Severity.ERROR, "SCHEMA_VALIDATION_FAILED",
                        "The definition must be a JSON object", ""));
            }
        } catch (JsonProcessingException noJson) {
            validator.found.add(new Diagnostic(Diagnostic.Severity.ERROR, "INVALID_JSON_DESCRIPTION",
                    noJson.getOriginalMessage(), ""));
        }
        return List.copyOf(validator.found);
    }
}
