package io.greenlane.rehearsal.asl;

import io.greenlane.rehearsal.cloud.Timeline;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventExecutionDataDetails;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** What an execution did, event by event, as GetExecutionHistory shows it; ids count from 1. */
public final class History {
    /** Events of one execution (Step Functions guide, quotas). */
    static final int MAX_EVENTS = 25_000;

    static final HistoryEventExecutionDataDetails WHOLE = HistoryEventExecutionDataDetails.builder().truncated(false)
            .build();

    private final Timeline timeline;
    private final List<HistoryEvent> events = new ArrayList<>();

    History(Timeline timeline) {
        this.timeline = timeline;
    }

    /** The events so far, oldest first; a view. */
    public List<HistoryEvent> events() {
        return Collections.unmodifiableList(events);
    }

    /** Adds an event and returns its id. */
    long add(HistoryEventType type, long previous, UnaryOperator<HistoryEvent.Builder> details) {
        long id = events.size() + 1L;
        events.add(details.apply(
                HistoryEvent.builder().id(id).previousEventId(previous).type(type).timestamp(timeline.now())).build());
        return id;
    }

    /** Whether only the event that ends the execution still has a place. */
    boolean isFull() {
        return events.size() >= MAX_EVENTS - 1;
    }
}
