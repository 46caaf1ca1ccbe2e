package io.greenlane.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.validation.Alarms.Alarm;
import io.greenlane.validation.Alarms.State;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/** Alarms over the wire: the real SDK client, against a socket. */
class CloudWatchAlarmsTest {
    private final FakeQueryEndpoint endpoint = new FakeQueryEndpoint();
    private final CloudWatchAlarms alarms = new Clients(UrlConnectionHttpClient.create(),
            builder -> builder.endpointOverride(endpoint.address()).region(Region.EU_WEST_1).credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"))))
            .alarms();

    @AfterEach
    void close() {
        endpoint.close();
    }

    private static String alarm(String name, String state, String reason) {
        return "<member><AlarmName>" + name + "</AlarmName><StateValue>" + state + "</StateValue>"
                + (reason.isEmpty() ? "" : "<StateReason>" + reason + "</StateReason>") + "</member>";
    }

    @Test
    void alarms_on_metrics_and_composite_ones_are_told_and_unknown_names_are_missing() {
        endpoint.answer("DescribeAlarms", form -> form.containsKey("NextToken")
                ? "<CompositeAlarms>" + alarm("both", "OK", "") + "</CompositeAlarms>"
                : "<MetricAlarms>" + alarm("errors", "ALARM", "5 above 1") + alarm("new", "INSUFFICIENT_DATA", "")
                        + alarm("odd", "SOMETHING_NEW", "") + "</MetricAlarms><NextToken>more</NextToken>");
        assertThat(alarms.now(List.of("errors", "both", "new", "odd", "typo", "errors"))).containsExactly(
                new Alarm("errors", State.ALARM, "5 above 1"), new Alarm("both", State.OK, ""),
                new Alarm("new", State.INSUFFICIENT_DATA, ""), new Alarm("odd", State.INSUFFICIENT_DATA, ""),
                new Alarm("typo", State.MISSING, ""));
        assertThat(endpoint.received().get(0)).containsAllEntriesOf(Map.of("AlarmTypes.member.1", "MetricAlarm",
                "AlarmTypes.member.2", "CompositeAlarm", "AlarmNames.member.5", "typo", "MaxRecords", "100"))
                .doesNotContainKey("AlarmNames.member.6");
    }

    @Test
    void a_hundred_names_are_asked_for_in_one_call_and_none_in_no_call() {
        endpoint.answer("DescribeAlarms", form -> "");
        assertThat(alarms.now(List.of())).isEmpty();
        assertThat(endpoint.received()).isEmpty();
        assertThat(alarms.now(IntStream.range(0, 201).mapToObj(i -> "alarm-" + i).toList())).hasSize(201)
                .allMatch(alarm -> alarm.state() == State.MISSING);
        assertThat(endpoint.received()).extracting(
                form -> form.keySet().stream().filter(name -> name.startsWith("AlarmNames")).count())
                .containsExactly(100L, 100L, 1L);
    }
}
