package io.greenlane.rehearsal.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What RegisterTaskDefinition refuses. */
final class TaskDefinitionRules {
    private static final Pattern FAMILY = Pattern.compile("[A-Za-z0-9_-]{1,255}");
    private static final Pattern CONTAINER = Pattern.compile("[A-Za-z0-9_-]{1,255}");
    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_CONTAINERS = 10;
    private static final List<String> OUTPUT_ONLY = List.of("taskDefinitionArn", "revision", "status",
            "requiresAttributes", "compatibilities", "registeredAt", "deregisteredAt", "deleteRequestedAt",
            "registeredBy");

    private final String registryHost;

    TaskDefinitionRules(String registryHost) {
        this.registryHost = registryHost;
    }

    void check(ObjectNode input) {
        String family = input.path("family").asText();
        if (!FAMILY.matcher(family).matches()) {
            throw Faults.client("Family '" + family + "' must have 1 to 255 letters, digits, hyphens and underscores");
        }
        OUTPUT_ONLY.stream().filter(input::has).findFirst().ifPresent(member -> {
            throw Faults.invalidParameter("'" + member + "' is written by ECS and cannot be registered; leave it out");
        });
        if (input.toString().getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw Faults.client("Task definition '" + family + "' is larger than " + MAX_BYTES + " bytes");
        }
        JsonNode containers = input.path("containerDefinitions");
        if (!containers.isArray() || containers.isEmpty() || containers.size() > MAX_CONTAINERS) {
            throw Faults.client("Container list cannot be empty and has at most " + MAX_CONTAINERS + " entries, got "
                    + containers.size());
        }
        boolean taskMemory = input.hasNonNull("memory");
        Set<String> names = new HashSet<>();
        boolean essential = false;
        for (JsonNode container : containers) {
            checkContainer(container, taskMemory);
            if (!names.add(container.path("name").asText())) {
                throw Faults.client("Container name '" + container.path("name").asText() + "' is used twice");
            }
            essential |= container.path("essential").asBoolean(true);
        }
        if (!essential) {
            throw Faults.client("Task definition does not have any essential containers");
        }
        for (JsonNode compatibility : input.path("requiresCompatibilities")) {
            if (compatibility.asText().equals("FARGATE")) {
                checkFargate(input);
            }
        }
    }

    private static void checkContainer(JsonNode container, boolean taskMemory) {
        String name = container.path("name").asText();
        if (!CONTAINER.matcher(name).matches()) {
            throw Faults.client("Container.name '" + name
                    + "' must have 1 to 255 letters, digits, hyphens and underscores");
        }
        String image = container.path("image").asText();
        int at = image.indexOf('@');
        if (image.isBlank() || (at < 0 ? image : image.substring(0, at)).length() > 255) {
            throw Faults.client("Container.image of container '" + name
                    + "' must have 1 to 255 characters before any digest, got '" + image + "'");
        }
        if (!taskMemory && !container.hasNonNull("memory") && !container.hasNonNull("memoryReservation")) {
            throw Faults.client("Invalid setting for container '" + name
                    + "'. At least one of 'memory' or 'memoryReservation' must be specified.");
        }
        for (JsonNode mapping : container.path("portMappings")) {
            int port = mapping.path("containerPort").asInt(0);
            if (port < 1 || port > 65535) {
                throw Faults
                        .client("Invalid setting for container '" + name + "'. containerPort must be 1 to 65535, got "
                                + mapping.path("containerPort"));
            }
        }
    }

    private void checkFargate(ObjectNode input) {
        if (!input.path("networkMode").asText().equals("awsvpc")) {
            throw Faults.client("Fargate only supports network mode 'awsvpc'.");
        }
        if (!input.hasNonNull("cpu") || !input.hasNonNull("memory")) {
            throw Faults.client("Fargate requires that 'cpu' and 'memory' be defined at the task level.");
        }
        int cpu = FargateSize.units("cpu", input.path("cpu").asText());
        int memory = FargateSize.units("memory", input.path("memory").asText());
        if (!FargateSize.exists(cpu, memory)) {
            throw Faults.client("No Fargate configuration exists for given values: " + cpu + " CPU, " + memory
                    + " memory. See the Amazon ECS documentation for the valid values.");
        }
        for (JsonNode container : input.path("containerDefinitions")) {
            if (container.path("image").asText().startsWith(registryHost + "/") && !input.hasNonNull(
                    "executionRoleArn")) {
                throw Faults
                        .client("Fargate requires task definition to have execution role ARN to support ECR images.");
            }
            for (JsonNode mapping : container.path("portMappings")) {
                if (mapping.hasNonNull("hostPort") && mapping.path("hostPort").asInt() != mapping.path("containerPort")
                        .asInt()) {
                    throw Faults.client(
                            "When networkMode=awsvpc, the host ports and container ports in port mappings must match.");
                }
            }
        }
    }
}
