package io.greenlane.rehearsal.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What the SDK's classes do not carry about a service: wire codes and statuses of its errors, required members of its
 * requests. Read from the AWS service models by {@code model_facts.py}.
 */
final class ModelFacts {
    private static final JsonNode ALL = read();
    private final JsonNode facts;

    private ModelFacts(JsonNode facts) {
        this.facts = facts;
    }

    static ModelFacts of(AwsService service) {
        return new ModelFacts(ALL.path(service.id()));
    }

    /** The wire code of a modelled error. */
    String code(Class<?> exception) {
        return error(exception).path("code").asText(exception.getSimpleName());
    }

    int status(Class<?> exception) {
        return error(exception).path("status").asInt(400);
    }

    /** The required members of a structure, by the simple name of its SDK class. */
    List<String> required(Class<?> structure) {
        List<String> names = new ArrayList<>();
        facts.path("required").path(structure.getSimpleName()).forEach(name -> names.add(name.asText()));
        return names;
    }

    private JsonNode error(Class<?> exception) {
        String name = exception.getSimpleName();
        String bare = name.endsWith("Exception") ? name.substring(0, name.length() - "Exception".length()) : name;
        return facts.path("errors").path(bare.toLowerCase(Locale.ROOT));
    }

    private static JsonNode read() {
        try (InputStream in = Objects.requireNonNull(ModelFacts.class.getResourceAsStream("model-facts.json"))) {
            return JsonProtocol.MAPPER.readTree(in);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
