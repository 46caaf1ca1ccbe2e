package io.greenlane.rehearsal.cloudwatch;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.events.EventBus;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
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
import software.amazon.awssdk.services.cloudwatch.model.PutCompositeAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutCompositeAlarmResponse;
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
    private final AlarmActions actions;
    private final EventBus bus;
    private final Map<String, MetricAlarm> alarms = new TreeMap<>();
    private final Map<String, CompositeAlarm> composites = new TreeMap<>();
    private final Map<String, Map<String, String>> tags = new TreeMap<>();
    private final Set<Metric> metrics = new LinkedHashSet<>();

    /**
     * A CloudWatch without alarms.
     *
     * @param actions carries out what an alarm names for its new state
     * @param bus hears of new states
     */
    public SimulatedCloudWatch(Account account, Timeline timeline, Journal journal, AlarmActions actions,
            EventBus bus) {
        this.actions = actions;
        this.bus = bus;
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

    /** Kept with its rule, which nobody evaluates: it changes its state by SetAlarmState as every alarm here. */
    @Override
    public PutCompositeAlarmResponse putCompositeAlarm(PutCompositeAlarmRequest request) {
        if (request.actionsSuppressor() != null) {
            throw CloudWatchException.builder().statusCode(400)
                    .awsErrorDetails(AwsErrorDetails.builder().errorCode("ValidationError")
                            .errorMessage("The local cloud does not simulate ActionsSuppressor").build())
                    .build();
        }
        CompositeAlarm before = composites.get(request.alarmName());
        composites.put(request.alarmName(), CompositeAlarm.builder().alarmName(request.alarmName())
                .alarmArn(account.arn("cloudwatch", "alarm:" + request.alarmName()))
                .alarmDescription(request.alarmDescription()).alarmRule(request.alarmRule())
                .alarmActions(request.alarmActions()).okActions(request.okActions())
                .insufficientDataActions(request.insufficientDataActions())
                .actionsEnabled(request.actionsEnabled() == null || request.actionsEnabled())
                .alarmConfigurationUpdatedTimestamp(timeline.now())
                .stateValue(before == null ? StateValue.INSUFFICIENT_DATA : before.stateValue())
                .stateReason(before == null ? "Unchecked: Initial alarm creation" : before.stateReason())
                .stateUpdatedTimestamp(before == null ? timeline.now() : before.stateUpdatedTimestamp()).build());
        if (before == null) {
            tag(request.alarmName(), request.tags());
        }
        return PutCompositeAlarmResponse.builder().build();
    }

    /** Without AlarmTypes it answers with metric alarms alone, also where composite ones are named. */
    @Override
    public DescribeAlarmsResponse describeAlarms(DescribeAlarmsRequest request) {
        boolean metric = !request.hasAlarmTypes() || request.alarmTypes().contains(AlarmType.METRIC_ALARM);
        boolean composite = request.alarmTypes().contains(AlarmType.COMPOSITE_ALARM);
        return DescribeAlarmsResponse.builder()
                .metricAlarms(alarms.values().stream()
                        .filter(alarm -> metric && isAskedFor(request, alarm.alarmName(), alarm.stateValue())).toList())
                .compositeAlarms(composites.values().stream()
                        .filter(alarm -> composite && isAskedFor(request, alarm.alarmName(), alarm.stateValue()))
                        .toList())
                .build();
    }

    private static boolean isAskedFor(DescribeAlarmsRequest request, String name, StateValue state) {
        return (!request.hasAlarmNames() || request.alarmNames().contains(name))
                && (request.alarmNamePrefix() == null || name.startsWith(request.alarmNamePrefix()))
                && (request.stateValue() == null || request.stateValue() == state);
    }

    @Override
    public SetAlarmStateResponse setAlarmState(SetAlarmStateRequest request) {
        String name = request.alarmName();
        MetricAlarm alarm = alarms.get(name);
        CompositeAlarm composite = composites.get(name);
        AlarmActions.Change change;
        if (alarm != null) {
            change = change(request, alarm.alarmArn(), alarm.alarmDescription(), alarm.stateValueAsString(),
                    actions(alarm.actionsEnabled(), request.stateValue(), alarm.alarmActions(), alarm.okActions(),
                            alarm.insufficientDataActions()));
            alarms.put(name, alarm.toBuilder().stateValue(request.stateValue()).stateReason(request.stateReason())
                    .stateReasonData(request.stateReasonData()).stateUpdatedTimestamp(timeline.now()).build());
        } else if (composite != null) {
            change = change(request, composite.alarmArn(), composite.alarmDescription(),
                    composite.stateValueAsString(),
                    actions(composite.actionsEnabled(), request.stateValue(), composite.alarmActions(),
                            composite.okActions(), composite.insufficientDataActions()));
            composites.put(name,
                    composite.toBuilder().stateValue(request.stateValue()).stateReason(request.stateReason())
                            .stateReasonData(request.stateReasonData()).stateUpdatedTimestamp(timeline.now()).build());
        } else {
            throw ResourceNotFoundException.builder().message("There is no alarm named " + name).build();
        }
        journal.write("cloudwatch", "AlarmStateChanged", name,
                Map.of("from", change.before(), "to", request.stateValueAsString()),
                "Alarm " + name + " is " + request.stateValueAsString() + ": " + request.stateReason());
        if (!change.before().equals(request.stateValueAsString())) {
            bus.announce("aws.cloudwatch", "CloudWatch Alarm State Change",
                    List.of(account.arn("cloudwatch", "alarm:" + name)),
                    Map.of("alarmName", name, "state", Map.of("value", request.stateValueAsString(), "reason",
                            request.stateReason(), "timestamp", timeline.now().toString()), "previousState",
                            Map.of("value", change.before())));
            actions.take(change);
        }
        return SetAlarmStateResponse.builder().build();
    }

    private AlarmActions.Change change(SetAlarmStateRequest request, String arn, @Nullable String description,
            String before, List<String> named) {
        return new AlarmActions.Change(request.alarmName(), arn, Objects.requireNonNullElse(description, ""), before,
                request.stateValue(), request.stateReason(), timeline.now(), named);
    }

    private static List<String> actions(boolean enabled, StateValue state, List<String> alarm, List<String> ok,
            List<String> insufficient) {
        return !enabled ? List.of() : switch (state) {
            case ALARM -> alarm;
            case OK -> ok;
            default -> insufficient;
        };
    }

    @Override
    public DeleteAlarmsResponse deleteAlarms(DeleteAlarmsRequest request) {
        request.alarmNames().forEach(alarms::remove);
        request.alarmNames().forEach(composites::remove);
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
        return Stream.concat(alarms.keySet().stream(), composites.keySet().stream())
                .filter(name -> account.arn("cloudwatch", "alarm:" + name).equals(arn)).findFirst()
                .orElseThrow(() -> ResourceNotFoundException.builder().message("There is no alarm " + arn).build());
    }
}
