package io.greenlane.rehearsal.logs;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.lambda.FunctionLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteRetentionPolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteRetentionPolicyResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeMetricFiltersRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeMetricFiltersResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricFilter;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutMetricFilterRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutMetricFilterResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagResourceResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagResourceResponse;

/**
 * The CloudWatch Logs API of the local cloud. Functions and tasks write through {@link #line}, which creates group and stream
 * when they are missing, as Lambda does.
 */
public final class SimulatedLogs implements CloudWatchLogsClient, FunctionLog {
    private static final int PAGE = 10_000;

    private final Account account;
    private final Timeline timeline;
    private final Map<String, Group> groups = new TreeMap<>();

    public SimulatedLogs(Account account, Timeline timeline) {
        this.account = account;
        this.timeline = timeline;
    }

    private static final class Group {
        private final String name;
        private final long created;
        private @Nullable Integer retentionInDays;
        private @Nullable String keyId;
        private final Map<String, String> tags = new TreeMap<>();
        private final Map<String, List<OutputLogEvent>> streams = new TreeMap<>();
        private final Map<String, MetricFilter> metricFilters = new TreeMap<>();

        Group(String name, long created) {
            this.name = name;
            this.created = created;
        }
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}

    @Override
    public void line(String logGroup, String logStream, Instant time, String text) {
        groups.computeIfAbsent(logGroup, this::group).streams.computeIfAbsent(logStream, name -> new ArrayList<>())
                .add(event(time.toEpochMilli(), text));
    }

    @Override
    public CreateLogGroupResponse createLogGroup(CreateLogGroupRequest request) {
        if (groups.containsKey(request.logGroupName())) {
            throw ResourceAlreadyExistsException.builder().message("The specified log group already exists").build();
        }
        Group created = group(request.logGroupName());
        created.tags.putAll(request.tags());
        created.keyId = request.kmsKeyId();
        groups.put(created.name, created);
        return CreateLogGroupResponse.builder().build();
    }

    @Override
    public DeleteLogGroupResponse deleteLogGroup(DeleteLogGroupRequest request) {
        find(request.logGroupName());
        groups.remove(request.logGroupName());
        return DeleteLogGroupResponse.builder().build();
    }

    @Override
    public PutRetentionPolicyResponse putRetentionPolicy(PutRetentionPolicyRequest request) {
        find(request.logGroupName()).retentionInDays = request.retentionInDays();
        return PutRetentionPolicyResponse.builder().build();
    }

    @Override
    public DeleteRetentionPolicyResponse deleteRetentionPolicy(DeleteRetentionPolicyRequest request) {
        find(request.logGroupName()).retentionInDays = null;
        return DeleteRetentionPolicyResponse.builder().build();
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest request) {
        find(request.resourceArn()).tags.putAll(request.tags());
        return TagResourceResponse.builder().build();
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest request) {
        find(request.resourceArn()).tags.keySet().removeAll(request.tagKeys());
        return UntagResourceResponse.builder().build();
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
        return ListTagsForResourceResponse.builder().tags(find(request.resourceArn()).tags).build();
    }

    @Override
    public DescribeLogGroupsResponse describeLogGroups(DescribeLogGroupsRequest request) {
        String prefix = request.logGroupNamePrefix() == null ? "" : request.logGroupNamePrefix();
        return DescribeLogGroupsResponse.builder()
                .logGroups(groups.values().stream().filter(group -> group.name.startsWith(prefix))
                        .map(group -> LogGroup.builder().logGroupName(group.name).creationTime(group.created)
                                .retentionInDays(group.retentionInDays).kmsKeyId(group.keyId)
                                .metricFilterCount(group.metricFilters.size())
                                .arn(account.arn("logs", "log-group:" + group.name + ":*"))
                                .logGroupArn(account.arn("logs", "log-group:" + group.name))
                                .storedBytes(storedBytes(group)).build())
                        .toList())
                .build();
    }

    /** Kept; no line is counted, since no metric is evaluated here. */
    @Override
    public PutMetricFilterResponse putMetricFilter(PutMetricFilterRequest request) {
        if (request.metricTransformations().size() != 1) {
            throw InvalidParameterException.builder().message("A metric filter has one metric transformation, got "
                    + request.metricTransformations().size()).build();
        }
        Group group = find(request.logGroupName());
        group.metricFilters.put(request.filterName(), MetricFilter.builder().filterName(request.filterName())
                .filterPattern(request.filterPattern()).metricTransformations(request.metricTransformations())
                .logGroupName(group.name).creationTime(timeline.now().toEpochMilli()).build());
        return PutMetricFilterResponse.builder().build();
    }

    @Override
    public DescribeMetricFiltersResponse describeMetricFilters(DescribeMetricFiltersRequest request) {
        Collection<Group> asked = request.logGroupName() == null
                ? groups.values()
                : List.of(find(request.logGroupName()));
        String prefix = request.filterNamePrefix() == null ? "" : request.filterNamePrefix();
        return DescribeMetricFiltersResponse.builder().metricFilters(asked.stream()
                .flatMap(group -> group.metricFilters.values().stream())
                .filter(filter -> filter.filterName().startsWith(prefix)).toList()).build();
    }

    @Override
    public CreateLogStreamResponse createLogStream(CreateLogStreamRequest request) {
        if (find(request.logGroupName()).streams.putIfAbsent(request.logStreamName(), new ArrayList<>()) != null) {
            throw ResourceAlreadyExistsException.builder().message("The specified log stream already exists").build();
        }
        return CreateLogStreamResponse.builder().build();
    }

    @Override
    public DescribeLogStreamsResponse describeLogStreams(DescribeLogStreamsRequest request) {
        Group group = find(request.logGroupName());
        String prefix = request.logStreamNamePrefix() == null ? "" : request.logStreamNamePrefix();
        return DescribeLogStreamsResponse.builder()
                .logStreams(group.streams.entrySet().stream().filter(stream -> stream.getKey().startsWith(prefix))
                        .map(stream -> LogStream.builder().logStreamName(stream.getKey())
                                .arn(account.arn("logs",
                                        "log-group:" + group.name + ":log-stream:" + stream.getKey()))
                                .creationTime(group.created)
                                .lastEventTimestamp(
                                        stream.getValue().isEmpty() ? null : stream.getValue().getLast().timestamp())
                                .build())
                        .toList())
                .build();
    }

    @Override
    public PutLogEventsResponse putLogEvents(PutLogEventsRequest request) {
        List<OutputLogEvent> lines = stream(request.logGroupName(), request.logStreamName());
        request.logEvents().forEach(written -> lines.add(event(written.timestamp(), written.message())));
        return PutLogEventsResponse.builder().nextSequenceToken(Integer.toString(lines.size())).build();
    }

    @Override
    public GetLogEventsResponse getLogEvents(GetLogEventsRequest request) {
        List<OutputLogEvent> lines = stream(request.logGroupName(), request.logStreamName()).stream()
                .filter(line -> within(line, request.startTime(), request.endTime())).toList();
        int from = request.nextToken() == null ? 0 : position(request.nextToken(), lines.size());
        int to = Math.min(lines.size(), from + (request.limit() == null ? PAGE : request.limit()));
        return GetLogEventsResponse.builder().events(lines.subList(from, to)).nextForwardToken("f/" + to)
                .nextBackwardToken("b/" + from).build();
    }

    @Override
    public FilterLogEventsResponse filterLogEvents(FilterLogEventsRequest request) {
        Group group = find(request.logGroupName() != null ? request.logGroupName() : request.logGroupIdentifier());
        String wanted = request.filterPattern() == null ? "" : request.filterPattern().replace("\"", "");
        List<FilteredLogEvent> found = new ArrayList<>();
        group.streams.forEach((name, lines) -> {
            if (!request.hasLogStreamNames() || request.logStreamNames().contains(name)) {
                lines.stream().filter(line -> within(line, request.startTime(), request.endTime()))
                        .filter(line -> line.message().contains(wanted))
                        .forEach(line -> found.add(FilteredLogEvent.builder().logStreamName(name)
                                .timestamp(line.timestamp()).ingestionTime(line.ingestionTime())
                                .message(line.message()).eventId(Integer.toString(found.size())).build()));
            }
        });
        found.sort(Comparator.comparing(FilteredLogEvent::timestamp));
        int limit = request.limit() == null ? PAGE : request.limit();
        return FilterLogEventsResponse.builder().events(found.subList(0, Math.min(limit, found.size()))).build();
    }

    private Group group(String name) {
        return new Group(name, timeline.now().toEpochMilli());
    }

    private OutputLogEvent event(long time, String text) {
        return OutputLogEvent.builder().timestamp(time).ingestionTime(timeline.now().toEpochMilli()).message(text)
                .build();
    }

    private Group find(String name) {
        String bare = name.startsWith("arn:") ? name.split(":", 8)[6] : name;
        Group found = groups.get(bare);
        if (found == null) {
            throw ResourceNotFoundException.builder().message("The specified log group does not exist.").build();
        }
        return found;
    }

    private List<OutputLogEvent> stream(String group, String stream) {
        List<OutputLogEvent> lines = find(group).streams.get(stream);
        if (lines == null) {
            throw ResourceNotFoundException.builder().message("The specified log stream does not exist.").build();
        }
        return lines;
    }

    private static long storedBytes(Group group) {
        return group.streams.values().stream().flatMap(List::stream).mapToLong(line -> line.message().length()).sum();
    }

    private static boolean within(OutputLogEvent line, @Nullable Long from, @Nullable Long to) {
        return (from == null || line.timestamp() >= from) && (to == null || line.timestamp() < to);
    }

    private static int position(String token, int size) {
        try {
            return Math.min(size, Math.max(0, Integer.parseInt(token.substring(2))));
        } catch (IndexOutOfBoundsException | NumberFormatException invalid) {
            throw InvalidParameterException.builder().message("The specified nextToken is invalid.").build();
        }
    }
}
