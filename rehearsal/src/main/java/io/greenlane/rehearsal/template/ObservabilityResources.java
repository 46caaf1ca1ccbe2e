package io.greenlane.rehearsal.template;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.template.ResourceType.Created;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutMetricFilterRequest;

/** AWS::Logs and AWS::CloudWatch resources. */
record ObservabilityResources(Account account, CloudWatchLogsClient logs, CloudWatchClient cloudWatch) {
    Map<String, ResourceType> types() {
        return Map.of("AWS::Logs::LogGroup", this::logGroup, "AWS::Logs::MetricFilter", this::metricFilter,
                "AWS::CloudWatch::Alarm", this::alarm);
    }

    private Created logGroup(ResourceRequest request) {
        String name = request.name("LogGroupName", 512);
        int days = request.number("RetentionInDays", 0);
        logs.createLogGroup(
                SdkShape.fill(CreateLogGroupRequest.builder().logGroupName(name), request).build());
        if (days > 0) {
            logs.putRetentionPolicy(retention -> retention.logGroupName(name).retentionInDays(days));
        }
        return new Created(name, Map.of("Arn", account.arn("logs", "log-group:" + name + ":*")));
    }

    private Created metricFilter(ResourceRequest request) {
        String name = request.name("FilterName", 512);
        logs.putMetricFilter(SdkShape.fill(PutMetricFilterRequest.builder().filterName(name), request).build());
        return new Created(name, Map.of());
    }

    private Created alarm(ResourceRequest request) {
        String name = request.name("AlarmName", 255);
        cloudWatch.putMetricAlarm(SdkShape.fill(PutMetricAlarmRequest.builder().alarmName(name), request).build());
        return new Created(name, Map.of("Arn", account.arn("cloudwatch", "alarm:" + name)));
    }
}
