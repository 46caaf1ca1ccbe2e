package io.greenlane.rehearsal.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.rehearsal.container.Images.Layer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayersTest {
    @TempDir
    private Path directory = Path.of("");
    private Path root = Path.of("");
    private Path outside = Path.of("");

    @BeforeEach
    void prepare() throws IOException {
        root = directory.resolve("root");
        outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
    }

    @Test
    void later_layers_replace_hide_and_empty() throws IOException {
        unpack(new Layer().file("etc/a", "1").file("etc/b", "1").file("var/x", "1").file("var/y", "1").gzip(),
                new Layer()
                        .file("etc/a", "2").file("etc/.wh.b", "").file("var/.wh..wh..opq", "").file("var/z", "2")
                        .plain());

        assertThat(root.resolve("etc/a")).hasContent("2");
        assertThat(root.resolve("etc/b")).doesNotExist();
        assertThat(root.resolve("var").toFile().list()).containsExactly("z");
    }

    @Test
    void executables_can_be_executed_and_nobody_else_can_write() throws IOException {
        unpack(new Layer().file("bin/run", new byte[]{1}, 0755).file("etc/data", new byte[]{1}, 0666).gzip());

        assertThat(root.resolve("bin/run")).isExecutable();
        assertThat(Files.isExecutable(root.resolve("etc/data"))).isFalse();
    }

    @Test
    void an_entry_with_dots_is_refused() {
        assertThatThrownBy(() -> unpack(new Layer().file("../outside/evil", "x").gzip())).isInstanceOf(
                IOException.class).hasMessageContaining("leaves the root: ../outside/evil");
        assertThatThrownBy(() -> unpack(new Layer().file("a/../../outside/evil", "x").gzip())).isInstanceOf(
                IOException.class);
        assertThat(outside.resolve("evil")).doesNotExist();
    }

    @Test
    void an_absolute_entry_stays_inside() throws IOException {
        unpack(new Layer().file(outside + "/evil", "x").gzip());

        assertThat(outside.resolve("evil")).doesNotExist();
        assertThat(root.resolve(outside.toString().substring(1)).resolve("evil")).exists();
    }

    @Test
    void nothing_is_written_through_a_link_that_points_outside() throws IOException {
        unpack(new Layer().symlink("absolute", outside.toString())
                .symlink("relative", "../../../../../../../.." + outside)
                .gzip(), new Layer().file("absolute/evil", "x").file("relative/evil", "x").gzip());

        assertThat(outside.toFile().list()).containsExactly("secret");
        assertThat(root.resolve(outside.toString().substring(1)).resolve("evil")).exists();
    }

    @Test
    void links_read_as_inside_the_container() throws IOException {
        unpack(new Layer().file("opt/lib/a", "a").symlink("app/lib", "/opt/lib").symlink("steal", outside + "/secret")
                .gzip());

        assertThat(root.resolve("app/lib/a")).hasContent("a");
        assertThat(Files.exists(root.resolve("steal"))).isFalse();
        assertThat(new RootFileSystem(root).existing("/app/lib/a")).isPresent();
    }

    @Test
    void a_hard_link_cannot_fetch_a_file_of_the_machine() {
        assertThatThrownBy(() -> unpack(new Layer().hardlink("steal", outside + "/secret").gzip())).isInstanceOf(
                IOException.class).hasMessageContaining("which is not in the image");
        assertThatThrownBy(() -> unpack(new Layer().hardlink("steal", "../outside/secret").gzip())).isInstanceOf(
                IOException.class);
    }

    @Test
    void a_whiteout_cannot_delete_outside() throws IOException {
        unpack(new Layer().symlink("out", outside.toString()).file("out/.wh.secret", "").gzip());

        assertThat(outside.resolve("secret")).exists();
    }

    @Test
    void links_in_a_circle_are_refused() {
        assertThatThrownBy(() -> unpack(new Layer().symlink("a", "b").symlink("b", "a").file("a/file", "x").gzip()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_command_is_rewritten_to_where_its_files_are() throws Exception {
        unpack(new Layer().file("app/libs/x.jar", "jar").file("app/classes/A.class", "class").file("bin/tool",
                new byte[]{1}, 0755).file("app/cp", "/app/libs/*:/app/classes:/elsewhere").gzip());
        Path real = root.toRealPath();
        CommandLine commandLine = new CommandLine(new RootFileSystem(root), directory);

        assertThat(
                commandLine.rewritten(List.of("tool", "-cp", "/app/libs/*:/app/classes", "-javaagent:/app/libs/x.jar",
                        "--path=/unknown", "http://host/app", "@/app/cp"), Map.of()))
                .containsExactly(real + "/bin/tool", "-cp",
                        real + "/app/libs/*:" + real + "/app/classes", "-javaagent:" + real + "/app/libs/x.jar",
                        "--path=/unknown", "http://host/app", "@" + directory.resolve("arguments-0"));
        assertThat(directory.resolve("arguments-0")).content(StandardCharsets.UTF_8).isEqualToIgnoringNewLines(real
                + "/app/libs/*:" + real + "/app/classes:/elsewhere");
        assertThat(commandLine.rewritten(List.of("/opt/java/openjdk/bin/java"), Map.of()).getFirst()).startsWith(System
                .getProperty("java.home"));
        assertThatThrownBy(() -> commandLine.rewritten(List.of("missing"), Map.of())).isInstanceOf(ContainerFault.class)
                .hasMessageContaining("exec: \"missing\": executable file not found in $PATH");
    }

    @Test
    void image_names_are_read_with_and_without_host_tag_and_digest() {
        String digest = "sha256:" + "a".repeat(64);
        assertThat(ImageReference.of("123456789012.dkr.ecr.us-east-1.amazonaws.com/team/app:v1")).isEqualTo(
                new ImageReference("team/app", "v1"));
        assertThat(ImageReference.of("127.0.0.1:5000/app@" + digest)).isEqualTo(new ImageReference("app", digest));
        assertThat(ImageReference.of("localhost/app:v1@" + digest)).isEqualTo(new ImageReference("app", digest));
        assertThat(ImageReference.of("team/app")).isEqualTo(new ImageReference("team/app", "latest"));
    }

    private void unpack(byte[]... layers) throws IOException {
        new Layers(new RootFileSystem(root)).unpack(List.of(layers));
    }
}
