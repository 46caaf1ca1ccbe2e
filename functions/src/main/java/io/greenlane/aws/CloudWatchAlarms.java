package io.greenlane.aws;

import io.greenlane.validation.Alarms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** Alarms of CloudWatch, on metrics and composite ones. */
public final class CloudWatchAlarms implements Alarms {
    /** DescribeAlarms takes so many names and answers with so many alarms (CloudWatch API). */
    private static final int BATCH = 100;

    private final CloudWatchClient cloudWatch;

    public CloudWatchAlarms(CloudWatchClient cloudWatch) {
        this.cloudWatch = cloudWatch;
    }

    @Override
    public List<Alarm> now(List<String> names) {
        List<String> asked = names.stream().distinct().toList();
        Map<String, Alarm> found = new LinkedHashMap<>();
        for (int i = 0; i < asked.size(); i += BATCH) {
            List<String> batch = asked.subList(i, Math.min(i + BATCH, asked.size()));
            // Without types only alarms on metrics are described, without names all alarms are.
            cloudWatch.describeAlarmsPaginator(call -> call.alarmNames(batch)
                    .alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM).maxRecords(BATCH)).stream()
                    .flatMap(page -> Stream.concat(page.metricAlarms().stream().map(CloudWatchAlarms::alarm),
                            page.compositeAlarms().stream().map(CloudWatchAlarms::alarm)))
                    .forEach(alarm -> found.put(alarm.name(), alarm));
        }
        List<Alarm> alarms = new ArrayList<>();
        for (String name : asked) {
            alarms.add(found.getOrDefault(name, new Alarm(name, State.MISSING, "")));
        }
        return alarms;
    }

    private static Alarm alarm(MetricAlarm alarm) {
        return new Alarm(alarm.alarmName(), state(alarm.stateValue()),
                Objects.requireNonNullElse(alarm.stateReason(), ""));
    }

    private static Alarm alarm(CompositeAlarm alarm) {
        return new Alarm(alarm.alarmName(), state(alarm.stateValue()),
                Objects.requireNonNullElse(alarm.stateReason(), ""));
    }

    private static State state(StateValue state) {
        return switch (state) {
            case OK -> State.OK;
            case ALARM -> State.ALARM;
            case INSUFFICIENT_DATA, UNKNOWN_TO_SDK_VERSION -> State.INSUFFICIENT_DATA;
        };
    }
}
