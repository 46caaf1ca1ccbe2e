package io.greenlane.rehearsal.asl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ValidationWorkflowPictureTest {
    private static final Path ROOT = Path.of("..");
    private static final Path PICTURE = ROOT.resolve("docs/validation-workflow.md");

    @Test
    void the_picture_in_the_tree_shows_both_workflows_as_they_are()
            throws IOException, StateMachineDefinition.InvalidDefinition {
        String picture = "# The validation workflow and its deadline\n\n"
                + "A hook hands over to the first and starts the second beside it: "
                + "[why](decisions/0006-validation-workflow.md). Draw them anew with\n"
                + "`./mvnw -pl rehearsal -am test -Dtest=ValidationWorkflowPictureTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dgreenlane.draw=true`.\n\n"
                + drawn("Validation", "validation") + "\n" + drawn("Deadline", "deadline");
        if (Boolean.getBoolean("greenlane.draw")) {
            Files.writeString(PICTURE, picture);
        }

        assertThat(PICTURE).as("drawn anew with -Dgreenlane.draw=true").exists().hasContent(picture);
    }

    private static String drawn(String name, String file)
            throws IOException, StateMachineDefinition.InvalidDefinition {
        Path definition = ROOT.resolve("statemachine/" + file + ".asl.json");
        return "## " + name + "\n\nDrawn from `statemachine/" + file + ".asl.json`.\n\n```mermaid\n"
                + WorkflowPicture.mermaid(StateMachineDefinition.parse(Files.readString(definition))) + "```\n";
    }
}
