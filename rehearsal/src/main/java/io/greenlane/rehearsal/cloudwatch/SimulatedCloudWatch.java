package io.greenlane.rehearsal.cloudwatch;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.Timeline;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsResponse;
import software.amazon.awssdk.services.cloudwatch.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmResponse;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateRequest;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateResponse;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Tag;
import software.amazon.awssdk.services.cloudwatch.model.TagResourceRequest;
import software.amazon.awssdk.services.cloudwatch.model.TagResourceResponse;
import software.amazon.awssdk.services.cloudwatch.model.UntagResourceRequest;
import software.amazon.awssdk.services.cloudwatch.model.UntagResourceResponse;

/**
 * The CloudWatch API of the local cloud. No metric is evaluated here: an alarm changes its state by SetAlarmState, which is
 * how CloudWatch's own guide tests what an alarm triggers.
 */
public final class SimulatedCloudWatch implements CloudWatchClient {
    private final Account account;
    private final Timeline timeline;
    private final Journal journal;
    private final Map<String, MetricAlarm> alarms = new TreeMap<>();
    private final Map<String, Map<String, String>> tags = new TreeMap<>();
    private final Set<Metric> metrics = new LinkedHashSet<>();

    public SimulatedCloudWatch(Account account, Timeline timeline, Journal journal) {
        this.account = account;
        this.timeline = timeline;
        this.journal = journal;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}

    @Override
    public PutMetricAlarmResponse putMetricAlarm(PutMetricAlarmRequest request) {
        MetricAlarm before = alarms.get(request.alarmName());
        alarms.put(request.alarmName(), MetricAlarm.builder().alarmName(request.alarmName())
                .alarmArn(account.arn("cloudwatch", "alarm:" + request.alarmName()))
                .alarmDescription(request.alarmDescription()).namespace(request.namespace())
                .metricName(request.metricName()).dimensions(request.dimensions()).metrics(request.metrics())
                .statistic(request.statistic()).extendedStatistic(request.extendedStatistic()).period(request.period())
                .evaluationPeriods(request.evaluationPeriods()).datapointsToAlarm(request.datapointsToAlarm())
                .threshold(request.threshold()).comparisonOperator(request.comparisonOperator())
                .treatMissingData(request.treatMissingData()).alarmActions(request.alarmActions())
                .okActions(request.okActions()).insufficientDataActions(request.insufficientDataActions())
                .actionsEnabled(request.actionsEnabled() == null || request.actionsEnabled())
                .alarmConfigurationUpdatedTimestamp(timeline.now())
                .stateValue(before == null ? StateValue.INSUFFICIENT_DATA : before.stateValue())
                .stateReason(before == null ? "Unchecked: Initial alarm creation" : before.stateReason())
                .stateUpdatedTimestamp(before == null ? timeline.now() : before.stateUpdatedTimestamp()).build());
        if (before == null) {
            tag(request.alarmName(), request.tags());
        }
        return PutMetricAlarmResponse.builder().build();
    }

    @Override
    public DescribeAlarmsResponse describeAlarms(DescribeAlarmsRequest request) {
        return DescribeAlarmsResponse.builder()
                .metricAlarms(alarms.values().stream()
                        .filter(alarm -> !request.hasAlarmNames() || request.alarmNames().contains(alarm.alarmName()))
                        .filter(alarm -> request.alarmNamePrefix() == null
                                || alarm.alarmName().startsWith(request.alarmNamePrefix()))
                        .filter(alarm -> request.stateValue() == null || alarm.stateValue() == request.stateValue())
                        .toList())
                .build();
    }

    @Override
    public SetAlarmStateResponse setAlarmState(SetAlarmStateRequest request) {
        MetricAlarm alarm = alarms.get(request.alarmName());
        if (alarm == null) {
            throw ResourceNotFoundException.builder().message("There is no alarm named " + request.alarmName()).build();
        }
        alarms.put(alarm.alarmName(), alarm.toBuilder().stateValue(request.stateValue())
                .stateReason(request.stateReason()).stateReasonData(request.stateReasonData())
                .stateUpdatedTimestamp(timeline.now()).build());
        journal.write("cloudwatch", "AlarmStateChanged", alarm.alarmName(),
                Map.of("from", alarm.stateValueAsString(), "to", request.stateValueAsString()),
                "Alarm " + alarm.alarmName() + " is " + request.stateValueAsString() + ": " + request.stateReason());
        return SetAlarmStateResponse.builder().build();
    }

    @Override
    public DeleteAlarmsResponse deleteAlarms(DeleteAlarmsRequest request) {
        request.alarmNames().forEach(alarms::remove);
        request.alarmNames().forEach(tags::remove);
        return DeleteAlarmsResponse.builder().build();
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest request) {
        tag(tagged(request.resourceARN()), request.tags());
        return TagResourceResponse.builder().build();
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest request) {
        tags.getOrDefault(tagged(request.resourceARN()), Map.of()).keySet().removeAll(request.tagKeys());
        return UntagResourceResponse.builder().build();
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
        return ListTagsForResourceResponse.builder()
                .tags(tags.getOrDefault(tagged(request.resourceARN()), Map.of()).entrySet().stream()
                        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build()).toList())
                .build();
    }

    /** Taken and listed; no alarm looks at it. */
    @Override
    public PutMetricDataResponse putMetricData(PutMetricDataRequest request) {
        request.metricData().forEach(datum -> metrics.add(Metric.builder().namespace(request.namespace())
                .metricName(datum.metricName()).dimensions(datum.dimensions()).build()));
        return PutMetricDataResponse.builder().build();
    }

    @Override
    public ListMetricsResponse listMetrics(ListMetricsRequest request) {
        return ListMetricsResponse.builder().metrics(metrics.stream()
                .filter(metric -> request.namespace() == null || request.namespace().equals(metric.namespace()))
                .filter(metric -> request.metricName() == null || request.metricName().equals(metric.metricName()))
                .toList()).build();
    }

    private void tag(String alarm, List<Tag> given) {
        Map<String, String> mine = tags.computeIfAbsent(alarm, tagged -> new TreeMap<>());
        given.forEach(tag -> mine.put(tag.key(), tag.value()));
    }

    /** The name of the alarm with that ARN. */
    private String tagged(String arn) {
        return alarms.values().stream().filter(alarm -> alarm.alarmArn().equals(arn)).findFirst()
                .orElseThrow(() -> ResourceNotFoundException.builder().message("There is no alarm " + arn).build())
                .alarmName();
    }
}
