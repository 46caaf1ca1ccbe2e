package io.greenlane.rehearsal.show;

import io.greenlane.validation.Place;
import io.greenlane.validation.rules.Problem;
import io.greenlane.validation.rules.Reading;
import io.greenlane.validation.rules.Variables;
import io.greenlane.validation.rules.reading.RulesReader;
import io.greenlane.validation.source.Document;
import io.greenlane.validation.source.Documents.Lookup;
import io.greenlane.validation.source.FileDocuments;
import io.greenlane.validation.source.Secrets.SecretUnavailableException;
import io.greenlane.validation.source.SourceUri;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a validation.yaml of this machine. */
final class RulesOnDisk {
    /** What variables and secrets stand for when a file is only looked at. */
    private static final Map<String, String> STAND_INS = Map.of(Variables.IMAGE_TAG, "v1", Variables.IMAGE_DIGEST,
            "sha256:" + "0".repeat(64), Variables.DEPLOYMENT_ID, "d-000000000", Variables.SERVICE_NAME, "service");
    private static final long SEED = 1;

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> secrets;
    private final Map<String, String> environment;
    private final boolean lookOnly;

    /**
     * A reader.
     *
     * @param variables by name
     * @param secrets names of environment variables by the names of the secrets that they hold
     * @param lookOnly whether what has no value stands for something that could be one
     */
    RulesOnDisk(Map<String, String> variables, Map<String, String> secrets, Map<String, String> environment,
            boolean lookOnly) {
        this.secrets = secrets;
        this.environment = environment;
        this.lookOnly = lookOnly;
        if (lookOnly) {
            values.putAll(STAND_INS);
        }
        values.putAll(variables);
    }

    Reading read(Path file) {
        return switch (new FileDocuments().find(new SourceUri.LocalFile(file))) {
            case Lookup.Found(Document document) -> new RulesReader(new Variables(values, this::secret),
                    new FileDocuments(), SEED).read(file.toString(), null, document.text());
            case Lookup.NotThere(String sentence) -> refused(file, sentence);
            case Lookup.Unreadable(String sentence) -> refused(file, sentence);
        };
    }

    private static Reading refused(Path file, String sentence) {
        return new Reading.Refused(List.of(new Problem(new Place(file.toString(), 1, 1), sentence + ".")));
    }

    private String secret(String name) {
        String variable = secrets.get(name);
        String value = variable == null ? null : environment.get(variable);
        if (value != null) {
            return value;
        }
        if (lookOnly) {
            return "secret";
        }
        throw new SecretUnavailableException(variable == null
                ? "The secret " + name + " has no value here: give it with --secret " + name + "=ENV"
                : "The secret " + name + " has no value here: the environment variable " + variable + " is not set");
    }
}
