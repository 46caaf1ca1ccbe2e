package io.greenlane.rehearsal.asl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReleaseWorkflowPictureTest {
    private static final Path ROOT = Path.of("..");
    private static final Path DEFINITION = ROOT.resolve("statemachine/release.asl.json");
    private static final Path PICTURE = ROOT.resolve("docs/release-workflow.md");

    @Test
    void the_picture_in_the_tree_shows_the_workflow_as_it_is()
            throws IOException, StateMachineDefinition.InvalidDefinition {
        String picture = "# The release workflow\n\nDrawn from `statemachine/release.asl.json`; draw it anew with\n"
                + "`./mvnw -pl rehearsal -am test -Dtest=ReleaseWorkflowPictureTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dgreenlane.draw=true`.\n\n```mermaid\n"
                + WorkflowPicture.mermaid(StateMachineDefinition.parse(Files.readString(DEFINITION))) + "```\n";
        if (Boolean.getBoolean("greenlane.draw")) {
            Files.writeString(PICTURE, picture);
        }

        assertThat(PICTURE).as("drawn anew with -Dgreenlane.draw=true").exists().hasContent(picture);
    }
}
