package io.greenlane.gate;

import java.time.Instant;
import java.util.List;

/** A condition before a deployment may start. */
public sealed interface Gate permits Platform, Scan, Signature, AlarmsQuiet, Freeze, Approval {
    /** The name under which a file of gates that cannot be used, or not be read, holds a release. */
    String FILE = "file";

    /** All that can hold a release, as gates.yaml and people name it. */
    List<String> NAMES = List.of(FILE, Platform.GATE, Scan.GATE, Signature.GATE, AlarmsQuiet.GATE, Freeze.GATE,
            Approval.GATE);

    /** As gates.yaml names it. */
    String name();

    /** What of it does not count any more, a sentence each, as a file says that was not looked after. */
    default List<String> over(Instant now) {
        return List.of();
    }

    /** What it asks for, as the end of a sentence that begins with when a deployment starts. */
    String sentence();
}
