package io.greenlane.rehearsal.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** AWS's service authorization data for the simulated services, as {@code authorization_facts.py} wrote it down. */
public final class ServiceAuthorization {
    private static final JsonNode ALL = read();
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}]+}");

    private ServiceAuthorization() {}

    /** Whether AWS has the action, such as {@code ecs:DescribeServices}. */
    public static boolean knows(String action) {
        return fact(action).isObject();
    }

    /** Whether the action can be granted on resources; otherwise only on all of them. */
    static boolean knowsResources(String action) {
        return !resourceTypes(action).isEmpty();
    }

    /** The types of the action's resources, in AWS's words: {@code container-instance}. */
    public static Set<String> resourceTypes(String action) {
        Set<String> types = new LinkedHashSet<>();
        fact(action).path("resources").forEach(type -> types.add(type.asText()));
        return types;
    }

    /** Forms of the ARNs of the action's resources. */
    static Set<Pattern> resources(String action) {
        Set<Pattern> forms = new LinkedHashSet<>();
        JsonNode service = ALL.path(action.substring(0, action.indexOf(':')));
        resourceTypes(action).forEach(type -> forms
                .add(Pattern.compile(form(service.path("resources").path(type).asText()))));
        return forms;
    }

    /** The condition keys of the action and its resources, without those of all actions. */
    static Set<String> keys(String action) {
        Set<String> keys = new LinkedHashSet<>();
        fact(action).path("keys").forEach(key -> keys.add(key.asText()));
        return keys;
    }

    private static String form(String arn) {
        StringBuilder form = new StringBuilder();
        int from = 0;
        var placeholder = PLACEHOLDER.matcher(arn);
        while (placeholder.find()) {
            form.append(Pattern.quote(arn.substring(from, placeholder.start()))).append(".+");
            from = placeholder.end();
        }
        return form.append(Pattern.quote(arn.substring(from))).toString();
    }

    private static JsonNode fact(String action) {
        int colon = action.indexOf(':');
        return ALL.path(action.substring(0, colon)).path("actions").path(action.substring(colon + 1));
    }

    private static JsonNode read() {
        try (InputStream in = Objects
                .requireNonNull(ServiceAuthorization.class.getResourceAsStream("authorization-facts.json"))) {
            return JsonMapper.builder().build().readTree(in);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
