package io.greenlane.rehearsal.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Turns what was registered into what ECS shows. */
final class TaskDefinitionDocument {
    private final DescribeNoise noise;

    TaskDefinitionDocument(DescribeNoise noise) {
        this.noise = noise;
    }

    ObjectNode shown(ObjectNode input, String arn, int revision, String registeredBy, Instant registeredAt) {
        ObjectNode shown = input.deepCopy();
        shown.remove("tags");
        for (String size : List.of("cpu", "memory")) {
            if (shown.hasNonNull(size)) {
                shown.put(size, Integer.toString(FargateSize.units(size, shown.path(size).asText())));
            }
        }
        boolean awsvpc = shown.path("networkMode").asText().equals("awsvpc");
        for (JsonNode container : shown.path("containerDefinitions")) {
            complete((ObjectNode) container, awsvpc);
        }
        if (noise == DescribeNoise.AS_AWS) {
            List.of("volumes", "placementConstraints").forEach(list -> emptyList(shown, list));
            shown.putArray("requiresAttributes").addObject().put("name",
                    "com.amazonaws.ecs.capability.docker-remote-api.1.18");
        }
        shown.putArray("compatibilities").add("EC2").add(awsvpc ? "FARGATE" : "EXTERNAL");
        shown.put("taskDefinitionArn", arn).put("revision", revision).put("status", "ACTIVE").put("registeredBy",
                registeredBy);
        return shown.put("registeredAt", seconds(registeredAt));
    }

    /** A timestamp as the JSON protocol writes it. */
    static BigDecimal seconds(Instant time) {
        return BigDecimal.valueOf(time.toEpochMilli(), 3);
    }

    private void complete(ObjectNode container, boolean awsvpc) {
        if (!container.has("essential")) {
            container.put("essential", true);
        }
        if (noise == DescribeNoise.MINIMAL) {
            return;
        }
        if (!container.has("cpu")) {
            container.put("cpu", 0);
        }
        List.of("portMappings", "environment", "mountPoints", "volumesFrom", "systemControls").forEach(
                list -> emptyList(container, list));
        for (JsonNode mapping : container.path("portMappings")) {
            ObjectNode open = (ObjectNode) mapping;
            if (awsvpc && !open.has("hostPort")) {
                open.set("hostPort", open.get("containerPort"));
            }
            if (!open.has("protocol")) {
                open.put("protocol", "tcp");
            }
        }
        reorder(container, "environment");
        reorder(container, "secrets");
        if (!container.has("simulatedFutureSetting")) {
            container.putObject("simulatedFutureSetting").put("mode", "default");
        }
    }

    private static void emptyList(ObjectNode object, String member) {
        if (!object.hasNonNull(member)) {
            object.putArray(member);
        }
    }

    private static void reorder(ObjectNode container, String member) {
        if (container.path(member) instanceof ArrayNode list) {
            List<JsonNode> entries = new ArrayList<>();
            list.forEach(entries::add);
            entries.sort(Comparator.comparing(entry -> entry.path("name").asText(), Comparator.reverseOrder()));
            list.removeAll().addAll(entries);
        }
    }
}
