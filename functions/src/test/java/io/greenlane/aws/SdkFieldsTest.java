package io.greenlane.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.taskdefinition.RevisionCopy;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** A member that AWS adds to either shape fails here until somebody decides about it. */
class SdkFieldsTest {
    private final Set<String> described = names(TaskDefinition.builder().build().sdkFields());
    private final Set<String> registered = names(RegisterTaskDefinitionRequest.builder().build().sdkFields());

    @Test
    void what_is_dropped_is_what_register_does_not_take() {
        Set<String> outputOnly = new TreeSet<>(described);
        outputOnly.removeAll(registered);

        assertThat(outputOnly).isSubsetOf(RevisionCopy.OUTPUT_ONLY);
        assertThat(RevisionCopy.OUTPUT_ONLY).doesNotContainAnyElementsOf(registered);
        assertThat(RevisionCopy.OUTPUT_ONLY).as("what the SDK does not know yet")
                .filteredOn(it -> !outputOnly.contains(it))
                .isSubsetOf("deleteRequestedAt");
    }

    @Test
    void register_takes_nothing_that_describe_does_not_tell_but_the_tags() {
        Set<String> inputOnly = new TreeSet<>(registered);
        inputOnly.removeAll(described);

        assertThat(inputOnly).containsExactly("tags");
    }

    @Test
    void the_members_that_are_copied_are_the_known_ones() {
        Set<String> copied = new TreeSet<>(described);
        copied.retainAll(registered);

        assertThat(copied).containsExactly("containerDefinitions", "cpu", "enableFaultInjection", "ephemeralStorage",
                "executionRoleArn", "family", "inferenceAccelerators", "ipcMode", "memory", "networkMode", "pidMode",
                "placementConstraints", "proxyConfiguration", "requiresCompatibilities", "runtimePlatform",
                "taskRoleArn", "volumes");
    }

    private static Set<String> names(List<SdkField<?>> fields) {
        return fields.stream().map(SdkField::locationName).collect(Collectors.toCollection(TreeSet::new));
    }
}
