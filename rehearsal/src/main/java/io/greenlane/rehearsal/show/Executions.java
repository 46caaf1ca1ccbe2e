package io.greenlane.rehearsal.show;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryResponse;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** What the workflow has done with pushes, read from Step Functions as anybody could. */
final class Executions {
    private static final Set<String> RECORDING_STATES = Set.of("RecordOutcome", "KeepUnrecordedOutcome",
            "RecordIgnoredPush", "RecordRejectedPush", "RecordUnexpectedFailure");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SfnClient states;
    private final String stateMachineArn;
    private final Set<String> passed = new HashSet<>();

    /**
     * An execution that has ended.
     *
     * @param digest and tag of the push that started it
     * @param report where the report of its validations is; null when there is none
     */
    record Ended(String name, String digest, String tag, String outcome, String reason, @Nullable URI report,
            Instant at) {}

    Executions(SfnClient states, String stateMachineArn) {
        this.states = states;
        this.stateMachineArn = stateMachineArn;
    }

    /** Forgets the executions so far; {@link #since} speaks of later ones. */
    void pass() {
        list().forEach(execution -> passed.add(execution.executionArn()));
    }

    /** The executions since the last {@link #pass}, oldest first; empty for one that still runs. */
    List<Optional<Ended>> since() {
        return list().stream().filter(execution -> !passed.contains(execution.executionArn()))
                .sorted(Comparator.comparing(ExecutionListItem::startDate)).map(this::read).toList();
    }

    private List<ExecutionListItem> list() {
        return states.listExecutions(request -> request.stateMachineArn(stateMachineArn).maxResults(1000)).executions();
    }

    private Optional<Ended> read(ExecutionListItem execution) {
        if (execution.status() == ExecutionStatus.RUNNING) {
            return Optional.empty();
        }
        DescribeExecutionResponse described = states
                .describeExecution(request -> request.executionArn(execution.executionArn()));
        JsonNode push = parse(described.input()).path("detail");
        JsonNode recorded = recorded(execution.executionArn());
        return Optional.of(new Ended(execution.name(), push.path("image-digest").asText(),
                push.path("image-tag").asText(), recorded.path("outcome").asText(described.statusAsString()),
                recorded.path("reason").asText(String.valueOf(described.cause())),
                recorded.hasNonNull("report") ? URI.create(recorded.path("report").asText()) : null,
                described.stopDate()));
    }

    /** What the last recording state of the execution returned; a missing node when there was none. */
    private JsonNode recorded(String arn) {
        List<HistoryEvent> events = new ArrayList<>();
        @Nullable
        String token = null;
        do {
            String from = token;
            GetExecutionHistoryResponse page = states
                    .getExecutionHistory(request -> request.executionArn(arn).maxResults(1000).nextToken(from));
            events.addAll(page.events());
            token = page.nextToken();
        } while (token != null);
        return events.stream().map(HistoryEvent::stateExitedEventDetails)
                .filter(exited -> exited != null && RECORDING_STATES.contains(exited.name()))
                .reduce((earlier, later) -> later).map(exited -> parse(exited.output()))
                .orElseGet(() -> JSON.missingNode());
    }

    private static JsonNode parse(@Nullable String text) {
        try {
            return text == null ? JSON.missingNode() : JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            return JSON.missingNode();
        }
    }
}
