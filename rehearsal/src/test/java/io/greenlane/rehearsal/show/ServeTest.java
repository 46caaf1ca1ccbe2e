package io.greenlane.rehearsal.show;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ServeTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void a_taken_port_is_said_with_the_option_that_changes_it() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[]{127, 0, 0, 1}))) {
            String port = Integer.toString(taken.getLocalPort());

            assertThat(execute("serve", "--bare", "--port", "0", "--registry-port", port)).isEqualTo(2);
            assertThat(said.toString(UTF_8)).isEqualToIgnoringNewLines("Port " + port
                    + " for the registry is taken; choose another with --registry-port (0 for any free one)");
        }
    }

    @Test
    void nonsense_is_refused_by_its_value() {
        assertThat(execute("serve", "--bare", "--port", "0", "--registry-port", "0", "--account", "12")).isEqualTo(2);
        assertThat(said.toString(UTF_8)).contains("An AWS account id is twelve digits, got '12'");
        assertThat(execute("serve", "--port", "eighty")).isEqualTo(2);
        assertThat(said.toString(UTF_8)).contains("'eighty' is not an int");
    }

    private int execute(String... arguments) {
        return Rehearse.commandLine(CommandLine.Help.Ansi.OFF).setErr(new PrintWriter(said, true, UTF_8))
                .execute(arguments);
    }
}
