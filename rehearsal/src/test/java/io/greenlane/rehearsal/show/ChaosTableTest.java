package io.greenlane.rehearsal.show;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.greenlane.rehearsal.chaos.Chaos;
import io.greenlane.rehearsal.chaos.ChaosPlan;
import io.greenlane.rehearsal.chaos.PlannedFault;
import io.greenlane.rehearsal.chaos.PlannedFault.Kind;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.VirtualTimeline;
import io.greenlane.rehearsal.endpoint.WireFault;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChaosTableTest {
    private final VirtualTimeline timeline = new VirtualTimeline(Instant.parse("2026-03-04T05:06:07Z"));
    private final Journal journal = new Journal(timeline);
    private final List<String> killed = new ArrayList<>();
    private final Chaos chaos = new Chaos(new ChaosPlan(7,
            List.of(new PlannedFault(Kind.KILLED_AFTER, "AdmitRelease dynamodb PutItem", 2),
                    new PlannedFault(Kind.EVENT_LOST, "ImagePushed", 1))));

    @Test
    void what_struck_is_told_with_what_it_did_and_what_did_not_is_told_too() {
        List<String> told = new ArrayList<>();
        journal.follow(entry -> told.add(entry.sentence()));
        chaos.enter(new Chaos.Stage(timeline, journal, killed::add));
        assertThat(chaos.attempt("greenlane-AdmitRelease", "dynamodb PutItem", "before")).isNull();
        chaos.begin();

        assertThat(chaos.attempt("greenlane-AdmitRelease", "dynamodb PutItem", "one")).isNull();
        assertThat(chaos.attempt("greenlane-AdmitRelease", "dynamodb PutItem", "two"))
                .isEqualTo(WireFault.ANSWER_LOST);
        assertThat(killed).isEmpty();
        chaos.answerIsLost("two");

        assertThat(killed).containsExactly("greenlane-AdmitRelease");
        assertThat(told).containsExactly("AdmitRelease: its process was killed when dynamodb PutItem was done");
        Terminal terminal = new Terminal(new PrintStream(new ByteArrayOutputStream()), false, 100, 40, false);
        assertThat(new ChaosTable(terminal, ZoneOffset.UTC).of(chaos)).isEqualTo("""

                  Chaos from seed 7: 1 of 2 planned faults struck
                  05:06:07  AdmitRelease: its process was killed when dynamodb PutItem was done
                  Never came to it: EVENT_LOST at event 1 for ImagePushed
                """);
        JsonNode json = ResultJson.of(chaos);
        assertThat(json.path("seed").asLong()).isEqualTo(7);
        assertThat(json.path("planned").asInt()).isEqualTo(2);
        assertThat(json.path("struck").asInt()).isEqualTo(1);
        assertThat(json.path("faults").get(0).path("effect").asText()).isEqualTo(told.getFirst());
        assertThat(json.path("faults").get(1).has("effect")).isFalse();
    }
}
