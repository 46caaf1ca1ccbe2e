package io.greenlane.validation;

/** The lifecycle events of a deployment that are answered here, in the order in which they come (CodeDeploy guide, hooks page). */
public enum HookEvent {
    /** The test listener serves green. */
    AFTER_ALLOW_TEST_TRAFFIC("AfterAllowTestTraffic"),
    /** The last one before production moves. */
    BEFORE_ALLOW_TRAFFIC("BeforeAllowTraffic"),
    /** Production is on green. */
    AFTER_ALLOW_TRAFFIC("AfterAllowTraffic");

    private final String text;

    HookEvent(String text) {
        this.text = text;
    }

    /** CodeDeploy's name. */
    @Override
    public String toString() {
        return text;
    }
}
