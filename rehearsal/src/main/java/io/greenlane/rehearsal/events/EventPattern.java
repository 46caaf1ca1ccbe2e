package io.greenlane.rehearsal.events;

import java.io.IOException;
import software.amazon.awssdk.services.eventbridge.model.InvalidEventPatternException;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;

/** An event pattern, matched by AWS's own event-ruler. */
final class EventPattern {
    private static final int LONGEST = 4096;
    private final String text;
    private final Machine machine = Machine.builder().build();

    private EventPattern(String text) {
        this.text = text;
    }

    /** The pattern; refused as EventBridge refuses it when it is none. */
    static EventPattern of(String text) {
        String reason = text.length() > LONGEST ? "longer than 4096 characters" : JsonRuleCompiler.check(text);
        EventPattern pattern = new EventPattern(text);
        try {
            if (reason == null) {
                pattern.machine.addRule("rule", text);
            }
        } catch (IOException | RuntimeException malformed) {
            reason = malformed.getMessage();
        }
        if (reason != null) {
            throw InvalidEventPatternException.builder().message("Event pattern is not valid. Reason: " + reason)
                    .build();
        }
        return pattern;
    }

    String text() {
        return text;
    }

    boolean matches(String event) {
        try {
            return !machine.rulesForJSONEvent(event).isEmpty();
        } catch (Exception malformed) {
            throw new IllegalArgumentException("The event is not JSON: " + event, malformed);
        }
    }
}
