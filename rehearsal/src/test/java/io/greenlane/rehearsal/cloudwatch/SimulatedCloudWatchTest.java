package io.greenlane.rehearsal.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.VirtualTimeline;
import io.greenlane.rehearsal.iam.Authority;
import io.greenlane.rehearsal.sns.SimulatedSns;
import io.greenlane.rehearsal.sqs.SimulatedSqs;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

final class SimulatedCloudWatchTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final VirtualTimeline timeline = new VirtualTimeline(Instant.parse("2026-01-01T00:00:00Z"));
    private final Account account = new Account("111122223333", "eu-west-1");
    private final Journal journal = new Journal(timeline);
    private final SimulatedSqs sqs = new SimulatedSqs(account, timeline, new Random(1),
            () -> URI.create("http://127.0.0.1:1"));
    private final SimulatedSns sns = new SimulatedSns(account, timeline, journal, new Random(1), sqs,
            (function, payload, done) -> {
            });
    private final SimulatedCloudWatch cloudWatch = new SimulatedCloudWatch(account, timeline, journal,
            new AlarmActions(account, sns, Authority.UNLIMITED, journal), (source, type, resources, detail) -> {
            });

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
    void an_alarm_tells_its_topic_once_of_each_new_state() {
        String topic = sns.createTopic(it -> it.name("ops")).topicArn();
        String queue = sqs.createQueue(it -> it.queueName("heard")).queueUrl();
        sns.subscribe(it -> it.topicArn(topic).protocol("sqs").endpoint(account.arn("sqs", "heard")));
        cloudWatch.putMetricAlarm(put -> put.alarmName("errors").threshold(1.0).alarmDescription("Too many.")
                .alarmActions(topic, "arn:aws:automate:eu-west-1:ec2:stop"));

        for (StateValue state : List.of(StateValue.OK, StateValue.ALARM, StateValue.ALARM, StateValue.OK)) {
            cloudWatch.setAlarmState(set -> set.alarmName("errors").stateValue(state).stateReason("told so"));
        }
        timeline.advance(Duration.ofSeconds(1));

        assertThat(sqs.receiveMessage(it -> it.queueUrl(queue).maxNumberOfMessages(10)).messages()).singleElement()
                .satisfies(message -> {
                    JsonNode told = JSON.readTree(message.body());
                    assertThat(told.path("Subject").asText()).isEqualTo("ALARM: \"errors\" in eu-west-1");
                    assertThat(told.path("Message").asText()).isEqualTo("""
                            {"AlarmName":"errors","AlarmDescription":"Too many.","AWSAccountId":"111122223333",\
                            "NewStateValue":"ALARM","NewStateReason":"told so",\
                            "StateChangeTime":"2026-01-01T00:00:00Z","Region":"eu-west-1",\
                            "AlarmArn":"arn:aws:cloudwatch:eu-west-1:111122223333:alarm:errors",\
                            "OldStateValue":"OK"}""");
                });
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
