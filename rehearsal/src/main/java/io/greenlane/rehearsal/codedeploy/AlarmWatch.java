package io.greenlane.rehearsal.codedeploy;

import io.greenlane.rehearsal.cloud.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.codedeploy.model.Alarm;
import software.amazon.awssdk.services.codedeploy.model.AlarmConfiguration;

/**
 * Asks for a deployment's alarms as long as it goes on. An alarm that is on stops it; so do alarms that cannot be read, unless
 * ignorePollAlarmFailure is set (CodeDeploy API reference, AlarmConfiguration).
 */
final class AlarmWatch {
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final CloudWatchClient alarms;
    private final Timeline timeline;

    AlarmWatch(CloudWatchClient alarms, Timeline timeline) {
        this.alarms = alarms;
        this.timeline = timeline;
    }

    /**
     * Watches from now on.
     *
     * @param goesOn whether the deployment still does
     * @param stop called at most once, with the reason in words
     */
    void watch(@Nullable AlarmConfiguration configuration, BooleanSupplier goesOn, Consumer<String> stop) {
        if (configuration == null || !Boolean.TRUE.equals(configuration.enabled()) || !goesOn.getAsBoolean()) {
            return;
        }
        Optional<String> reason = reasonToStop(configuration);
        if (reason.isPresent()) {
            stop.accept(reason.get());
        } else {
            timeline.after(INTERVAL, () -> watch(configuration, goesOn, stop));
        }
    }

    private Optional<String> reasonToStop(AlarmConfiguration configuration) {
        List<String> names = configuration.alarms().stream().map(Alarm::name).toList();
        boolean mayFail = Boolean.TRUE.equals(configuration.ignorePollAlarmFailure());
        try {
            DescribeAlarmsResponse found = alarms.describeAlarms(request -> request.alarmNames(names));
            Set<String> on = Stream.concat(
                    found.metricAlarms().stream().filter(alarm -> alarm.stateValue() == StateValue.ALARM)
                            .map(alarm -> alarm.alarmName()),
                    found.compositeAlarms().stream().filter(alarm -> alarm.stateValue() == StateValue.ALARM)
                            .map(alarm -> alarm.alarmName()))
                    .collect(Collectors.toSet());
            if (!on.isEmpty()) {
                return Optional.of("One or more alarms have been activated according to the Amazon CloudWatch metrics"
                        + " you selected, and the affected deployments have been stopped. Activated alarms: " + on);
            }
            int known = found.metricAlarms().size() + found.compositeAlarms().size();
            return known < names.size() && !mayFail
                    ? Optional.of("The state of an alarm is unknown: CloudWatch has " + known + " of " + names)
                    : Optional.empty();
        } catch (SdkException | UnsupportedOperationException | DeploymentFault unreadable) {
            return mayFail
                    ? Optional.empty()
                    : Optional.of("The state of the alarms " + names + " could not be read: "
                            + unreadable.getMessage());
        }
    }
}
