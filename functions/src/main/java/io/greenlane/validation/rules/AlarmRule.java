package io.greenlane.validation.rules;

import io.greenlane.validation.Place;
import java.time.Duration;
import java.util.List;

/**
 * CloudWatch alarms that must stay quiet.
 *
 * @param quietFor how long none of them may be in ALARM
 */
public record AlarmRule(Place place, List<String> names, Duration quietFor) {
    public AlarmRule {
        names = List.copyOf(names);
    }
}
