package io.greenlane.taskdefinition;

import io.greenlane.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A registered task definition revision as ECS describes it, with every member, also those that no SDK knows yet.
 *
 * @param arn with family and revision number
 * @param members of {@code taskDefinition} in the answer, in its order
 * @param tags by key, in the answer's order
 */
public record Revision(String arn, Map<String, Object> members, Map<String, String> tags) {
    /** Reads the answer of DescribeTaskDefinition (with its tags asked for) or RegisterTaskDefinition. */
    public static Revision from(Map<String, Object> answer) {
        JsonObject document = new JsonObject("answer", answer);
        JsonObject taskDefinition = document.object("taskDefinition");
        Map<String, Object> members = new LinkedHashMap<>();
        taskDefinition.members().forEach((name, value) -> members.put(String.valueOf(name), value));
        Map<String, String> tags = new LinkedHashMap<>();
        for (JsonObject tag : document.objects("tags")) {
            String value = tag.optionalText("value");
            tags.put(tag.text("key"), value == null ? "" : value);
        }
        return new Revision(taskDefinition.text("taskDefinitionArn"), Collections.unmodifiableMap(members),
                Collections.unmodifiableMap(tags));
    }

    /** The family that it belongs to. */
    public String family() {
        return new JsonObject("taskDefinition", members).text("family");
    }

    /** {@code family:number}, for sentences. */
    public String name() {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }
}
