package io.greenlane.rehearsal.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GatesCommandTest {
    @TempDir
    private Path folder = Path.of("");
    private final StringWriter said = new StringWriter();
    private final StringWriter complained = new StringWriter();

    private int gates(Path file) {
        return Rehearse.commandLine(CommandLine.Help.Ansi.OFF).setOut(new PrintWriter(said))
                .setErr(new PrintWriter(complained)).execute("gates", file.toString());
    }

    @Test
    void a_file_is_told_in_sentences() throws IOException {
        Path file = Files.writeString(folder.resolve("gates.yaml"), """
                version: 1
                alarms: { names: [shop-errors] }
                freeze:
                  dates: [ { from: "2098-12-18T16:00", to: "2099-01-04T08:00", zone: Europe/Berlin, reason: Christmas } ]
                  weekly: [ { days: [fri, sat], from: "16:00", to: "24:00", zone: UTC, reason: weekend } ]
                """);

        assertThat(gates(file)).isZero();
        assertThat(said.toString().lines()).containsExactly("A deployment starts when",
                "  - platform: the image is built for the processor of the task",
                "  - alarms: no alarm of the deployment group and no 'shop-errors' rings; a release waits for 30m",
                "  - freeze: it is not between 2098-12-18T16:00 and 2099-01-04T08:00 in Europe/Berlin (Christmas), nor"
                        + " Friday, Saturday from 16:00 to 00:00 in UTC (weekend); a release waits for 3d");
    }

    @Test
    void what_does_not_count_any_more_is_told() throws IOException {
        Path file = Files.writeString(folder.resolve("gates.yaml"), """
                version: 1
                platform: false
                scan:
                  allow:
                    - { cve: CVE-2024-1, reason: never reached, until: "2024-06-30" }
                    - { cve: CVE-2024-2, reason: never reached, until: "2099-06-30" }
                freeze:
                  dates: [ { from: "2024-12-18T16:00", to: "2025-01-04T08:00", zone: UTC, reason: Christmas } ]
                """);

        assertThat(gates(file)).isZero();
        assertThat(said.toString().lines().dropWhile(line -> !line.startsWith("What"))).containsExactly(
                "What does not count any more, and can go",
                "  - scan: CVE-2024-1 was allowed until 2024-06-30 (never reached) and counts again",
                "  - freeze: the one between 2024-12-18T16:00 and 2025-01-04T08:00 in UTC (Christmas) is over");
    }

    @Test
    void a_fault_is_told_with_its_place() throws IOException {
        Path file = Files.writeString(folder.resolve("gates.yaml"), "version: 1\nfreze: {}\n");

        assertThat(gates(file)).isEqualTo(2);
        assertThat(complained.toString().strip()).isEqualTo(
                file + ":2:1: There is no 'freze' in a file of gates. Did you mean 'freeze'?");
    }

    @Test
    void a_file_that_is_not_there_is_told() {
        assertThat(gates(folder.resolve("none.yaml"))).isEqualTo(2);
        assertThat(complained.toString()).contains("none.yaml");
    }
}
