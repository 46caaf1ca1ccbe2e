package io.greenlane.validation;

import io.greenlane.json.Quote;
import java.util.Arrays;

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

    /** The event of that name; an {@link IllegalArgumentException} names the ones that there are. */
    public static HookEvent of(String text) {
        return Arrays.stream(values()).filter(event -> event.text.equals(text)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("A hook is one of " + Arrays.toString(values())
                        + ", got " + Quote.of(text)));
    }

    /** CodeDeploy's name. */
    @Override
    public String toString() {
        return text;
    }
}
