package io.greenlane.validation.rules.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.validation.rules.Problem;
import io.greenlane.validation.rules.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of fault is told at its place, by its value, with the way out. */
class RefusalsTest {
    private static final String GOOD = Files.good("refusals.yaml");

    /**
     * One fault.
     *
     * @param written of the good file
     * @param instead what stands there now
     * @param lines that the reader must say
     */
    record Fault(String written, String instead, List<String> lines) {
        static Fault of(String entry) {
            List<String> lines = entry.lines().toList();
            return new Fault(text(lines.get(0)), text(lines.get(1)), lines.subList(2, lines.size()));
        }

        private static String text(String line) {
            return line.substring(Math.min(2, line.length())).replace("\\n", "\n").replace("\\t", "\t");
        }
    }

    static Stream<Fault> faults() {
        return Arrays.stream(Files.text(Files.folder("").resolve("refusals.txt")).split("\n\n")).skip(1).map(Fault::of);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_fault_is_told_at_its_place_with_the_way_out(Fault fault) {
        assertThat(GOOD).contains(fault.written());

        Reading reading = Files.read(replaced(fault));

        assertThat(reading).isInstanceOfSatisfying(Reading.Refused.class,
                refused -> assertThat(refused.problems()).map(Problem::toString).isEqualTo(fault.lines()));
    }

    private static String replaced(Fault fault) {
        int begin = GOOD.indexOf(fault.written());
        return GOOD.substring(0, begin) + fault.instead() + GOOD.substring(begin + fault.written().length());
    }

    @Test
    void faults_far_apart_are_all_told_in_the_order_of_the_file() {
        List<String> faulty = new ArrayList<>(GOOD.lines().toList());
        faulty.set(9, "    request: GET health");
        faulty.set(12, "      status: 700");
        faulty.set(25, "    traffic: { requests: [ GET / ], rate: 20, duration: 30s }");

        assertThat(Files.sentences(Files.read(String.join("\n", faulty)))).hasSize(3).satisfiesExactly(
                first -> assertThat(first).startsWith("10:14 'request' must be a method and a path"),
                second -> assertThat(second).startsWith("13:15 'status' must be a code"),
                third -> assertThat(third).startsWith("26:43 'rate' must be a rate"));
    }
}
