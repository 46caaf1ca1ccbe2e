package io.greenlane.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.gate.Finding.Blocked;
import io.greenlane.gate.Finding.NotYet;
import io.greenlane.gate.Finding.Passed;
import io.greenlane.image.Platforms;
import io.greenlane.taskdefinition.CpuArchitecture;
import io.greenlane.validation.Alarms.Alarm;
import io.greenlane.validation.Alarms.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PassageTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(60);
    private static final Look FIRST = new Look(NOON, NOON);
    private static final AlarmsQuiet ALARMS = new AlarmsQuiet(true, List.of(), Duration.ofMinutes(30));

    private static Look after(int minutes) {
        return new Look(NOON.plus(Duration.ofMinutes(minutes)), NOON);
    }

    private static Finding alarms(State state, Look look) {
        return ALARMS.judge(List.of(new Alarm("calm", State.OK, ""), new Alarm("errors", state, "5 > 1")), look);
    }

    @Test
    void without_findings_the_way_is_open() {
        assertThat(Passage.of(List.of())).isEqualTo(new Passage.Open("The service has no gates."));
    }

    @Test
    void the_way_is_open_when_every_gate_lets_pass() {
        assertThat(Passage.of(List.of(new Passed("a", "one"), new Passed("b", "two"))))
                .isEqualTo(new Passage.Open("Gate a: one; Gate b: two."));
    }

    @Test
    void one_gate_that_waits_keeps_the_way_closed_until_the_first_deadline() {
        assertThat(Passage.of(List.of(new Passed("a", "one"), new NotYet("b", "two", LATER),
                new NotYet("c", "three", NOON))))
                .isEqualTo(new Passage.Waiting("Gate b: two; Gate c: three.", NOON));
    }

    @Test
    void one_gate_that_blocks_closes_it_whatever_the_others_wait_for() {
        assertThat(Passage.of(List.of(new NotYet("a", "one", NOON), new Blocked("b", "two"), new Passed("c", "three"),
                new Blocked("d", "four")))).isEqualTo(new Passage.Closed("Gate b: two; Gate d: four."));
    }

    @Test
    void alarms_without_data_do_not_ring() {
        assertThat(alarms(State.INSUFFICIENT_DATA, FIRST)).isEqualTo(new Passed("alarms", "none of 2 rings"));
        assertThat(alarms(State.OK, FIRST)).isEqualTo(new Passed("alarms", "none of 2 rings"));
        assertThat(ALARMS.judge(List.of(), FIRST)).isEqualTo(new Passed("alarms", "no alarm is named"));
    }

    @Test
    void an_alarm_that_rings_is_waited_for_until_the_deadline_and_blocks_then() {
        assertThat(alarms(State.ALARM, FIRST)).isEqualTo(new NotYet("alarms",
                "alarm 'errors' (5 > 1) rings; the release waits for it until 2026-06-01T12:30:00Z",
                Instant.parse("2026-06-01T12:30:00Z")));
        assertThat(alarms(State.ALARM, after(29))).isInstanceOf(NotYet.class);
        assertThat(alarms(State.ALARM, after(30))).isEqualTo(new Blocked("alarms",
                "alarm 'errors' (5 > 1) rings, and 30m of waiting are over: see to what it tells of, and push again when"
                        + " it is OK"));
        assertThat(alarms(State.OK, after(31))).isInstanceOf(Passed.class);
    }

    @Test
    void an_alarm_that_does_not_exist_is_no_quiet_one() {
        assertThat(alarms(State.MISSING, FIRST)).isEqualTo(new Blocked("alarms",
                "there is no alarm 'errors' (5 > 1): create it, or take its name out of gates.yaml and the deployment"
                        + " group"));
    }

    @Test
    void the_image_has_the_processor_of_the_task() {
        Platforms both = new Platforms(List.of("arm64", "amd64"));
        Platform gate = new Platform();

        assertThat(gate.judge(CpuArchitecture.ARM64, both)).isInstanceOf(Passed.class);
        assertThat(gate.judge(CpuArchitecture.X86_64, both)).isInstanceOf(Passed.class);
        assertThat(gate.judge(null, new Platforms(List.of()))).isInstanceOf(Passed.class);
        assertThat(gate.judge(CpuArchitecture.X86_64, new Platforms(List.of("arm64"))))
                .isEqualTo(new Blocked("platform",
                        "tasks of this service run on linux/amd64, and the image is built for linux/arm64 only: build it for"
                                + " linux/amd64 too and push it again"));
        assertThat(gate.judge(CpuArchitecture.ARM64, new Platforms(List.of()))).isInstanceOf(Blocked.class);
    }

    @Test
    void gates_say_what_they_ask_for() {
        assertThat(ALARMS.sentence())
                .isEqualTo("alarms: no alarm of the deployment group rings; a release waits for 30m");
        assertThat(new AlarmsQuiet(false, List.of("one", "other"), Duration.ofDays(7)).sentence())
                .isEqualTo("alarms: no 'one' and no 'other' rings; a release waits for 7d");
        assertThat(new AlarmsQuiet(false, List.of(), Duration.ofHours(1)).sentence())
                .isEqualTo("alarms: nothing rings, for no alarm is named");
        assertThat(new Platform().sentence()).isEqualTo("platform: the image is built for the processor of the task");
        assertThat(new Signature(List.of("arn:1", "arn:2"), List.of(), Duration.ofMinutes(90)).sentence())
                .isEqualTo("signature: the image is signed with arn:1 or arn:2; a release waits for 90m");
    }
}
