package io.greenlane.gate;

/** A condition before a deployment may start. */
public sealed interface Gate permits Platform, Scan, Signature, AlarmsQuiet, Freeze {
    /** What it asks for, as the end of a sentence that begins with when a deployment starts. */
    String sentence();
}
