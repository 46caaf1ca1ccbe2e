package io.greenlane.rehearsal.template;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A stack as it was created.
 *
 * @param outputs texts by name, only those whose condition holds
 * @param resources by logical id, in the order of creation, only those whose condition holds
 * @param nested the stacks inside, by logical id
 */
public record Stack(
        String name, Map<String, String> outputs, Map<String, Resource> resources, Map<String, Stack> nested) {

    public Stack {
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        resources = Collections.unmodifiableMap(new LinkedHashMap<>(resources));
        nested = Collections.unmodifiableMap(new LinkedHashMap<>(nested));
    }

    /** The value of an output that is there. */
    public String output(String output) {
        String value = outputs.get(output);
        if (value == null) {
            throw new IllegalArgumentException(
                    "The stack " + name + " has no output " + output + ", only " + outputs.keySet());
        }
        return value;
    }

    /** The stack that a resource is. */
    public Stack stack(String logicalId) {
        Stack stack = nested.get(logicalId);
        if (stack == null) {
            throw new IllegalArgumentException("The stack " + name + " has no stack " + logicalId + " in it");
        }
        return stack;
    }

    /**
     * A resource of the stack.
     *
     * @param type for example {@code AWS::ECS::Service}
     * @param physicalId what Ref gives
     * @param properties with every function evaluated
     */
    public record Resource(String type, String physicalId, Map<String, Object> properties) {
        public Resource {
            properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        }
    }
}
