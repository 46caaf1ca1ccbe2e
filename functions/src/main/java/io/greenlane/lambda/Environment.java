package io.greenlane.lambda;

import io.greenlane.json.Json;
import io.greenlane.json.Quote;
import io.greenlane.service.ServiceSettings;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The environment variables of a function, read once by its settings record. Each reading method answers with a stand-in when
 * the variable is not usable and remembers why; {@link #check} then complains once about everything.
 */
final class Environment {
    private final Map<String, String> variables;
    private final List<String> problems = new ArrayList<>();

    Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    /** A variable that must be set. */
    String text(String name) {
        String value = variables.get(name);
        if (value == null || value.isBlank()) {
            problems.add(name + " is not set");
            return "";
        }
        return value;
    }

    /** A variable with a default. */
    String text(String name, String otherwise) {
        String value = variables.get(name);
        return value == null || value.isBlank() ? otherwise : value;
    }

    /** A positive ISO-8601 duration with a default. */
    Duration duration(String name, Duration otherwise) {
        String value = text(name, otherwise.toString());
        try {
            Duration duration = Duration.parse(value);
            if (duration.isPositive()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // told below, as for a duration that is not positive
        }
        problems.add(name + " must be a positive ISO-8601 duration such as PT5M, got " + Quote.of(value));
        return otherwise;
    }

    /** The services of {@code SERVICES}, which follow the repository of {@code REPOSITORY_NAME}. */
    ServiceSettings services() {
        return services(problems::add);
    }

    /**
     * The same for one who can do without them.
     *
     * @param complaints gets one sentence for each thing that is wrong with the services
     */
    ServiceSettings services(Consumer<String> complaints) {
        String value = text("SERVICES");
        String repository = text("REPOSITORY_NAME");
        if (value.isEmpty() || repository.isEmpty()) {
            return new ServiceSettings(List.of());
        }
        try {
            ServiceSettings services = ServiceSettings.of(Json.value(value), complaints);
            services.follow(repository, complaints);
            return services;
        } catch (IllegalArgumentException e) {
            complaints.accept("SERVICES is " + e.getMessage());
            return new ServiceSettings(List.of());
        }
    }

    /** Adds a problem that a settings record found itself. */
    void problem(String sentence) {
        problems.add(sentence);
    }

    /** Must be called after the last variable was read: throws one {@link IllegalStateException} with every problem. */
    void check() {
        if (!problems.isEmpty()) {
            throw new IllegalStateException("The settings of this function are not usable: "
                    + String.join("; ", problems));
        }
    }
}
