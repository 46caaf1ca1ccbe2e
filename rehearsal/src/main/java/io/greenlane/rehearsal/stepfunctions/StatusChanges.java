package io.greenlane.rehearsal.stepfunctions;

import io.greenlane.rehearsal.asl.Execution;
import io.greenlane.rehearsal.asl.Failure;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.events.EventBus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Announces every change of an execution's status, on the event bus and in the journal. */
final class StatusChanges {
    /** Input and output together must stay below this, or both are left out (Step Functions guide, EventBridge page). */
    private static final int MAX_DATA = 248 * 1024;

    private final EventBus bus;
    private final Journal journal;

    StatusChanges(EventBus bus, Journal journal) {
        this.bus = bus;
        this.journal = journal;
    }

    void announce(Execution execution) {
        Execution.Identity identity = execution.identity();
        Failure failure = execution.failure();
        String output = execution.output();
        boolean included = identity.input().length() + (output == null ? 0 : output.length()) < MAX_DATA;
        Map<String, @Nullable Object> detail = new LinkedHashMap<>();
        detail.put("executionArn", identity.arn());
        detail.put("stateMachineArn", identity.stateMachineArn());
        detail.put("name", identity.name());
        detail.put("status", execution.status().toString());
        detail.put("startDate", identity.startDate().toEpochMilli());
        Instant stopped = execution.stopDate();
        detail.put("stopDate", stopped == null ? null : stopped.toEpochMilli());
        detail.put("input", included ? identity.input() : null);
        detail.put("output", included ? output : null);
        detail.put("stateMachineVersionArn", null);
        detail.put("stateMachineAliasArn", null);
        detail.put("redriveCount", 0);
        detail.put("redriveDate", null);
        detail.put("redriveStatus", null);
        detail.put("redriveStatusReason", null);
        detail.put("inputDetails", Map.of("included", included));
        detail.put("outputDetails", output == null ? null : Map.of("included", included));
        detail.put("error", failure == null ? null : failure.error());
        detail.put("cause", failure == null ? null : failure.cause());
        announce(identity.arn(), detail);
        Map<String, String> facts = new TreeMap<>();
        facts.put("stateMachine", identity.stateMachineName());
        facts.put("status", execution.status().toString());
        if (failure != null && failure.error() != null) {
            facts.put("error", failure.error());
        }
        journal.write("states", "ExecutionStatusChange", identity.name(), facts, "Execution " + identity.name() + " of "
                + identity.stateMachineName() + " is " + execution.status());
    }

    /** JSON null is part of these events; the port's map type does not say so. */
    @SuppressWarnings("NullAway")
    private void announce(String arn, Map<String, @Nullable Object> detail) {
        bus.announce("aws.states", "Step Functions Execution Status Change", List.of(arn), detail);
    }
}
