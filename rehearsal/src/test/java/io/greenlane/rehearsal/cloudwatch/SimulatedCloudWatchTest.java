package io.greenlane.rehearsal.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.VirtualTimeline;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

final class SimulatedCloudWatchTest {
    private final VirtualTimeline timeline = new VirtualTimeline(Instant.parse("2026-01-01T00:00:00Z"));
    private final SimulatedCloudWatch cloudWatch = new SimulatedCloudWatch(new Account("111122223333", "eu-west-1"),
            timeline, new Journal(timeline));

    @Test
    void an_alarm_keeps_its_state_when_its_definition_changes() {
        cloudWatch.putMetricAlarm(put -> put.alarmName("errors").threshold(1.0));
        assertThat(cloudWatch.describeAlarms().metricAlarms().getFirst().stateValue())
                .isEqualTo(StateValue.INSUFFICIENT_DATA);
        cloudWatch.setAlarmState(
                set -> set.alarmName("errors").stateValue(StateValue.ALARM).stateReason("the owner says so"));
        cloudWatch.putMetricAlarm(put -> put.alarmName("errors").threshold(2.0));
        assertThat(cloudWatch.describeAlarms(describe -> describe.stateValue(StateValue.ALARM)).metricAlarms())
                .singleElement().satisfies(alarm -> assertThat(alarm.threshold()).isEqualTo(2.0))
                .extracting(MetricAlarm::stateReason).isEqualTo("the owner says so");
    }

    @Test
    void only_an_existing_alarm_changes_its_state() {
        assertThatThrownBy(() -> cloudWatch.setAlarmState(
                set -> set.alarmName("none").stateValue(StateValue.OK).stateReason("x")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void composite_alarms_are_described_only_when_they_are_asked_for() {
        cloudWatch.putMetricAlarm(put -> put.alarmName("errors").threshold(1.0));
        cloudWatch.putCompositeAlarm(put -> put.alarmName("unwell").alarmRule("ALARM(errors)"));
        cloudWatch.setAlarmState(set -> set.alarmName("unwell").stateValue(StateValue.ALARM).stateReason("told so"));

        assertThat(cloudWatch.describeAlarms(it -> it.alarmNames("errors", "unwell")).compositeAlarms()).isEmpty();
        DescribeAlarmsResponse both = cloudWatch.describeAlarms(it -> it.alarmNames("errors", "unwell")
                .alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM));
        assertThat(both.metricAlarms()).extracting(MetricAlarm::alarmName).containsExactly("errors");
        assertThat(both.compositeAlarms()).singleElement()
                .satisfies(alarm -> assertThat(alarm.stateValue()).isEqualTo(StateValue.ALARM));
    }
}
