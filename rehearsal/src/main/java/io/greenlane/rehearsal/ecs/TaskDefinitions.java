package io.greenlane.rehearsal.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.endpoint.JsonShapes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.SortOrder;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionFamilyStatus;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/** Registers and keeps task definitions as JSON, so that members which the SDK's model lacks survive. */
final class TaskDefinitions {
    private final Map<String, TreeMap<Integer, Revision>> families = new TreeMap<>();
    private final TaskDefinitionRules rules;
    private final TaskDefinitionDocument document;
    private final Names names;
    private final Tags tags;
    private final Timeline timeline;
    private final Journal journal;

    TaskDefinitions(Names names, Tags tags, Timeline timeline, Journal journal, DescribeNoise noise) {
        this.names = names;
        this.tags = tags;
        this.timeline = timeline;
        this.journal = journal;
        this.rules = new TaskDefinitionRules(names.registryHost());
        this.document = new TaskDefinitionDocument(noise);
    }

    /**
     * A revision of a family.
     *
     * @param json as shown, changed in place on deregistration
     */
    record Revision(String arn, String family, ObjectNode json) {
        TaskDefinition typed() {
            TaskDefinition.Builder builder = TaskDefinition.builder();
            JsonShapes.WIRE_KNOWN_ONLY.read(json, builder);
            return builder.build();
        }

        boolean active() {
            return json.path("status").asText().equals("ACTIVE");
        }
    }

    /** The body of RegisterTaskDefinition in, the body of its answer out. */
    ObjectNode register(ObjectNode input) {
        RegisterTaskDefinitionRequest.Builder typed = RegisterTaskDefinitionRequest.builder();
        JsonShapes.WIRE_KNOWN_ONLY.read(input, typed); // wrong types are refused
        rules.check(input);
        List<Tag> given = typed.build().tags();
        Tags.check(given);
        String family = input.path("family").asText();
        TreeMap<Integer, Revision> revisions = families.computeIfAbsent(family, name -> new TreeMap<>());
        int number = revisions.isEmpty() ? 1 : revisions.lastKey() + 1;
        String arn = names.arn("task-definition/" + family + ":" + number);
        Revision revision = new Revision(arn, family, document.shown(input, arn, number, names.root(), timeline.now()));
        revisions.put(number, revision);
        tags.put(arn, given);
        journal.write("ecs", "RegisterTaskDefinition", arn, Map.of("family", family, "revision", Integer.toString(
                number)), "Registered task definition " + family + ":" + number);
        return answer(revision, true);
    }

    /** The body of DescribeTaskDefinition in, the body of its answer out. */
    ObjectNode describe(ObjectNode input) {
        Revision revision = find(input.path("taskDefinition").asText(), "Unable to describe task definition.");
        boolean withTags = false;
        for (JsonNode include : input.path("include")) {
            withTags |= include.asText().equals("TAGS");
        }
        return answer(revision, withTags);
    }

    DeregisterTaskDefinitionResponse deregister(DeregisterTaskDefinitionRequest request) {
        String asked = String.valueOf(request.taskDefinition());
        if (!Names.last(asked).contains(":")) {
            throw Faults.client("Task definition '" + asked + "' must be named with its revision");
        }
        Revision revision = find(asked, "Unable to describe task definition.");
        revision.json().put("status", "INACTIVE").put("deregisteredAt", TaskDefinitionDocument.seconds(timeline
                .now()));
        return DeregisterTaskDefinitionResponse.builder().taskDefinition(revision.typed()).build();
    }

    ListTaskDefinitionsResponse list(ListTaskDefinitionsRequest request) {
        TaskDefinitionStatus status = request.status() == null ? TaskDefinitionStatus.ACTIVE : request.status();
        List<String> arns = new ArrayList<>();
        families.forEach((family, revisions) -> {
            if (request.familyPrefix() == null || family.equals(request.familyPrefix())) {
                revisions.values().stream().filter(revision -> revision.json().path("status").asText().equals(status
                        .toString())).map(Revision::arn).forEach(arns::add);
            }
        });
        if (request.sort() == SortOrder.DESC) {
            Collections.reverse(arns);
        }
        Page<String> page = Page.of(arns, request.nextToken(), request.maxResults());
        return ListTaskDefinitionsResponse.builder().taskDefinitionArns(page.items()).nextToken(page.nextToken())
                .build();
    }

    ListTaskDefinitionFamiliesResponse families(ListTaskDefinitionFamiliesRequest request) {
        TaskDefinitionFamilyStatus status = request.status() == null
                ? TaskDefinitionFamilyStatus.ALL
                : request
                        .status();
        List<String> found = new ArrayList<>();
        families.forEach((family, revisions) -> {
            boolean active = revisions.values().stream().anyMatch(Revision::active);
            if ((request.familyPrefix() == null || family.startsWith(request.familyPrefix()))
                    && (status == TaskDefinitionFamilyStatus.ALL
                            || active == (status == TaskDefinitionFamilyStatus.ACTIVE))) {
                found.add(family);
            }
        });
        Page<String> page = Page.of(found, request.nextToken(), request.maxResults());
        return ListTaskDefinitionFamiliesResponse.builder().families(page.items()).nextToken(page.nextToken()).build();
    }

    /** The ACTIVE revision that a service or task is to run. */
    Revision active(@Nullable String nameOrArn) {
        if (nameOrArn == null) {
            throw Faults.invalidParameter("TaskDefinition can not be blank.");
        }
        Revision revision = find(nameOrArn, "TaskDefinition not found.");
        if (!revision.active()) {
            throw Faults.client("TaskDefinition is inactive: " + revision.arn());
        }
        return revision;
    }

    private Revision find(String nameOrArn, String otherwise) {
        String name = Names.last(nameOrArn);
        int colon = name.lastIndexOf(':');
        TreeMap<Integer, Revision> revisions = families.getOrDefault(colon < 0 ? name : name.substring(0, colon),
                new TreeMap<>());
        Revision found = null;
        if (colon < 0) {
            found = revisions.descendingMap().values().stream().filter(Revision::active).findFirst().orElse(null);
        } else if (name.substring(colon + 1).matches("[0-9]{1,9}")) {
            found = revisions.get(Integer.parseInt(name.substring(colon + 1)));
        }
        if (found == null || (nameOrArn.startsWith("arn:") && !found.arn().equals(nameOrArn) && colon >= 0)) {
            throw Faults.client(otherwise);
        }
        return found;
    }

    private ObjectNode answer(Revision revision, boolean withTags) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("taskDefinition", revision.json().deepCopy());
        if (withTags) {
            answer.putArray("tags").addAll(tags.of(revision.arn()).stream().map(JsonShapes.WIRE::write).toList());
        }
        return answer;
    }
}
