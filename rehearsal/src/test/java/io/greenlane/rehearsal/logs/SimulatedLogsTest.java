package io.greenlane.rehearsal.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.VirtualTimeline;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

final class SimulatedLogsTest {
    private final Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final SimulatedLogs logs = new SimulatedLogs(new Account("111122223333", "eu-west-1"),
            new VirtualTimeline(now));

    @Test
    void lines_are_read_back_by_stream_in_pages_and_by_pattern_over_streams() {
        logs.line("/app", "a", now, "started");
        logs.line("/app", "b", now.plusSeconds(1), "failed: no route");
        logs.line("/app", "a", now.plusSeconds(2), "failed: timeout");

        var first = logs.getLogEvents(get -> get.logGroupName("/app").logStreamName("a").limit(1));
        var second = logs.getLogEvents(
                get -> get.logGroupName("/app").logStreamName("a").nextToken(first.nextForwardToken()));
        assertThat(first.events()).extracting(OutputLogEvent::message).containsExactly("started");
        assertThat(second.events()).extracting(OutputLogEvent::message).containsExactly("failed: timeout");
        assertThat(logs.filterLogEvents(filter -> filter.logGroupName("/app").filterPattern("failed")).events())
                .extracting(FilteredLogEvent::message).containsExactly("failed: no route", "failed: timeout");
    }

    @Test
    void groups_keep_their_retention_and_a_missing_one_is_an_error() {
        logs.createLogGroup(create -> create.logGroupName("/app"));
        logs.putRetentionPolicy(put -> put.logGroupName("/app").retentionInDays(30));
        assertThat(logs.describeLogGroups().logGroups()).singleElement()
                .satisfies(group -> assertThat(group.retentionInDays()).isEqualTo(30));
        assertThat(logs.describeLogStreams(describe -> describe.logGroupName("/app")).logStreams())
                .isEqualTo(List.of());
        assertThatThrownBy(() -> logs.describeLogStreams(describe -> describe.logGroupName("/none")))
                .isInstanceOf(ResourceNotFoundException.class);
    }
}
