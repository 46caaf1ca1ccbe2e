package io.greenlane.validation.analysis;

/** Why an analysis sent less than it had planned. */
public enum Ending {
    /** A threshold is broken, or all are kept, whatever the rest of the traffic would have shown. */
    CERTAIN("its verdict could not change any more"),
    /** At one of the planned looks the comparison with blue had failed. */
    LOOK("green was clearly worse than blue"),
    /** Blue has more errors than can be made good, so there is nothing to compare with. */
    BLUE_UNWELL("blue itself is unwell");

    private final String reason;

    Ending(String reason) {
        this.reason = reason;
    }

    /** As it stands in a sentence. */
    public String reason() {
        return reason;
    }
}
