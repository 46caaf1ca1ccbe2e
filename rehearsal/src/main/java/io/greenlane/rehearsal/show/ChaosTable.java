package io.greenlane.rehearsal.show;

import io.greenlane.rehearsal.chaos.Chaos;
import io.greenlane.rehearsal.chaos.PlannedFault;
import io.greenlane.rehearsal.chaos.Strike;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What went wrong on purpose: one line for each fault that struck, in its order, then those that found nothing to strike. */
record ChaosTable(Terminal terminal, ZoneId zone) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    String of(Chaos chaos) {
        StringBuilder text = new StringBuilder("\n  ");
        List<Strike> strikes = chaos.strikes();
        text.append(terminal.styled(Terminal.Style.STRONG, "Chaos from seed " + chaos.plan().seed() + ": "
                + strikes.size() + " of " + chaos.plan().faults().size() + " planned faults struck")).append('\n');
        strikes.forEach(strike -> text.append("  ")
                .append(terminal.styled(Terminal.Style.FAINT, TIME.format(strike.at().atZone(zone)))).append("  ")
                .append(strike.effect()).append('\n'));
        List<PlannedFault> missed = missed(chaos);
        if (!missed.isEmpty()) {
            text.append("  ").append(terminal.styled(Terminal.Style.FAINT, "Never came to it: "
                    + String.join(", ", missed.stream().map(PlannedFault::toString).toList()))).append('\n');
        }
        return text.toString();
    }

    static List<PlannedFault> missed(Chaos chaos) {
        List<PlannedFault> missed = new ArrayList<>(chaos.plan().faults());
        chaos.strikes().forEach(strike -> missed.remove(strike.fault()));
        return missed;
    }
}
