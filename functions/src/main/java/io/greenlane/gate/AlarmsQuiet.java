package io.greenlane.gate;

import io.greenlane.gate.Finding.Blocked;
import io.greenlane.gate.Finding.Passed;
import io.greenlane.json.Quote;
import io.greenlane.validation.Alarms.Alarm;
import io.greenlane.validation.Alarms.State;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * No alarm rings before a deployment starts.
 *
 * @param ofDeploymentGroup whether those count that CodeDeploy watches for the deployment group
 * @param names of others
 * @param patience how long a release waits for quiet
 */
public record AlarmsQuiet(boolean ofDeploymentGroup, List<String> names, Duration patience) implements Gate {
    static final String GATE = "alarms";

    public AlarmsQuiet {
        names = List.copyOf(names);
    }

    @Override
    public String name() {
        return GATE;
    }

    @Override
    public String sentence() {
        List<String> those = Stream.concat(ofDeploymentGroup ? Stream.of("alarm of the deployment group") : Stream.of(),
                names.stream().map(Quote::of)).toList();
        return "alarms: " + (those.isEmpty()
                ? "nothing rings, for no alarm is named"
                : "no "
                        + String.join(" and no ", those) + " rings; a release waits for " + Waits.text(patience));
    }

    /** Judges all the alarms that count. Those without data do not ring. */
    Finding judge(List<Alarm> alarms, Look look) {
        List<Alarm> missing = alarms.stream().filter(alarm -> alarm.state() == State.MISSING).toList();
        if (!missing.isEmpty()) {
            return new Blocked(GATE, "there is no alarm " + shown(missing)
                    + ": create it, or take its name out of gates.yaml and the deployment group");
        }
        List<Alarm> ringing = alarms.stream().filter(alarm -> alarm.state() == State.ALARM).toList();
        return ringing.isEmpty()
                ? new Passed(GATE, alarms.isEmpty() ? "no alarm is named" : "none of " + alarms.size() + " rings")
                : look.notYet(GATE, "alarm " + shown(ringing) + " rings", patience,
                        "see to what it tells of, and push again when it is OK");
    }

    private static String shown(List<Alarm> alarms) {
        return alarms.stream().map(alarm -> Quote.of(alarm.name())
                + (alarm.reason().isEmpty() ? "" : " (" + Quote.visible(alarm.reason()) + ")"))
                .collect(Collectors.joining(", "));
    }
}
