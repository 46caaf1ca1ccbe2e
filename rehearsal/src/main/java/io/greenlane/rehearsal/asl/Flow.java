package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** A walk through the states of one workflow: the machine's own, a branch or an iteration. Each state is a turn. */
final class Flow {
    private final Execution execution;
    private final History history;
    private final Workflow workflow;
    private final Variables variables;
    private final @Nullable ObjectNode item;
    private @Nullable Ending ending;
    private @Nullable StateRun current;
    private long last;
    private boolean over;

    /**
     * @param item the member Map of the context object, null outside of a Map state
     */
    Flow(Execution execution, History history, Workflow workflow, Variables variables, @Nullable ObjectNode item) {
        this.execution = execution;
        this.history = history;
        this.workflow = workflow;
        this.variables = variables;
        this.item = item;
    }

    /** How a walk ends; exactly one of them is called, once, unless the walk is aborted. */
    interface Ending {
        void succeeded(JsonNode output, long lastEvent);

        void failed(Failure failure, long lastEvent);
    }

    void start(JsonNode input, long previousEvent, Ending whenOver) {
        ending = whenOver;
        last = previousEvent;
        goTo(workflow.startAt(), input);
    }

    /** Goes on in the state of that name, or ends when there is none. */
    void proceed(@Nullable String next, JsonNode output) {
        current = null;
        if (next != null) {
            goTo(next, output);
        } else {
            over = true;
            if (ending != null) {
                ending.succeeded(output, last);
            }
        }
    }

    void fail(Failure failure) {
        current = null;
        over = true;
        if (ending != null) {
            ending.failed(failure, last);
        }
    }

    /** Ends the walk without telling its ending. */
    void abort() {
        over = true;
        if (current != null) {
            current.abort();
            current = null;
        }
    }

    /** The state that the walk is in; null between two states. */
    @Nullable
    State where() {
        return current == null ? null : current.state();
    }

    boolean isOver() {
        return over;
    }

    /** Adds an event after the walk's last one and makes it the last one. */
    long record(HistoryEventType type, UnaryOperator<HistoryEvent.Builder> details) {
        last = history.add(type, last, details);
        return last;
    }

    /** Adds an event that the walk's next one does not refer to. */
    long recordAside(HistoryEventType type, long previous, UnaryOperator<HistoryEvent.Builder> details) {
        return history.add(type, previous, details);
    }

    /** Makes an event, added elsewhere, the one that the next event refers to. */
    void continueAfter(long event) {
        last = event;
    }

    long last() {
        return last;
    }

    Execution execution() {
        return execution;
    }

    History history() {
        return history;
    }

    Variables variables() {
        return variables;
    }

    @Nullable
    ObjectNode item() {
        return item;
    }

    private void goTo(String name, JsonNode input) {
        execution.platform().timeline().after(Duration.ZERO, () -> {
            if (over) {
                return;
            }
            if (history.isFull()) {
                fail(new Failure(ErrorNames.RUNTIME, "The execution reached the maximum number of history events ("
                        + History.MAX_EVENTS + ")."));
                return;
            }
            current = new StateRun(this, workflow.state(name), input);
            current.enter();
        });
    }
}
