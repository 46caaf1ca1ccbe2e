package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.rehearsal.cloud.RandomIds;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** One attempt of a Map state: an iteration for each item, a bounded number of them at a time. */
final class MapRun implements StateRun.Work {
    /** Iterations of an inline Map at a time when MaxConcurrency sets no bound (Step Functions guide, Map state). */
    private static final int INLINE_CONCURRENCY = 40;
    private static final int DISTRIBUTED_CONCURRENCY = 10_000;

    private final StateRun run;
    private final boolean distributed;
    private final List<JsonNode> inputs = new ArrayList<>();
    private final List<ObjectNode> contexts = new ArrayList<>();
    private final List<@Nullable JsonNode> outputs = new ArrayList<>();
    private final List<Flow> iterations = new ArrayList<>();
    private int concurrency;
    private int running;
    private int failures;
    private double toleratedCount;
    private double toleratedPercentage;
    private boolean over;

    MapRun(StateRun run) {
        this.run = run;
        JsonNode processor = run.state().member("ItemProcessor");
        this.distributed = processor != null
                && processor.path("ProcessorConfig").path("Mode").asText().equals("DISTRIBUTED");
    }

    @Override
    public void begin() {
        if (run.state().member("ItemReader") != null) {
            throw StatesFault.named(ErrorNames.ITEM_READER_FAILED,
                    "The local cloud has no object store: a Map state takes"
                            + " its items from its input or from Items, not from an ItemReader.");
        }
        ArrayNode items = run.data().items();
        int most = distributed ? DISTRIBUTED_CONCURRENCY : INLINE_CONCURRENCY;
        int wanted = (int) number("MaxConcurrency");
        concurrency = wanted == 0 ? most : Math.min(wanted, most);
        toleratedCount = number("ToleratedFailureCount");
        toleratedPercentage = number("ToleratedFailurePercentage");
        long started = run.flow().record(HistoryEventType.MAP_STATE_STARTED,
                event -> event.mapStateStartedEventDetails(details -> details.length(items.size())));
        if (distributed) {
            run.flow().record(HistoryEventType.MAP_RUN_STARTED,
                    event -> event.mapRunStartedEventDetails(details -> details.mapRunArn(mapRunArn())));
        }
        for (int i = 0; i < items.size(); i++) {
            ObjectNode context = JsonNodeFactory.instance.objectNode();
            ObjectNode item = context.putObject("Item").put("Index", i);
            item.set("Value", items.get(i));
            inputs.add(run.itemInput(items.get(i), context));
            contexts.add(context);
        }
        ItemBatches.of(run).ifPresent(batches -> {
            List<JsonNode> batched = batches.of(inputs);
            inputs.clear();
            inputs.addAll(batched);
        });
        inputs.forEach(input -> outputs.add(null));
        launch(started);
        finishIfDone();
    }

    @Override
    public void abort() {
        over = true;
        iterations.forEach(Flow::abort);
    }

    private double number(String field) {
        Double value = run.data().number(field);
        if (value != null && value < 0) {
            throw StatesFault.runtime("The " + field + " of a Map state must not be negative, got " + value);
        }
        return value == null ? 0 : value;
    }

    private void launch(long previous) {
        while (!over && running < concurrency && iterations.size() < inputs.size()) {
            int index = iterations.size();
            Flow outer = run.flow();
            History history = distributed ? new History(run.platform().timeline()) : outer.history();
            Flow iteration = new Flow(outer.execution(), history, run.state().branches().get(0),
                    outer.variables().inner(), contexts.get(index));
            iterations.add(iteration);
            running++;
            iteration.continueAfter(distributed ? 0 : previous);
            iteration(iteration, HistoryEventType.MAP_ITERATION_STARTED, index);
            iteration.start(inputs.get(index), iteration.last(), new IterationEnding(index));
        }
    }

    /** Adds an iteration's event; the iterations of a distributed Map have histories of their own. */
    private long iteration(Flow iteration, HistoryEventType type, int index) {
        if (distributed) {
            return iteration.last();
        }
        return iteration.record(type, event -> switch (type) {
            case MAP_ITERATION_STARTED -> event.mapIterationStartedEventDetails(at -> at.name(name()).index(index));
            case MAP_ITERATION_SUCCEEDED -> event.mapIterationSucceededEventDetails(at -> at.name(name()).index(index));
            case MAP_ITERATION_FAILED -> event.mapIterationFailedEventDetails(at -> at.name(name()).index(index));
            default -> event.mapIterationAbortedEventDetails(at -> at.name(name()).index(index));
        });
    }

    private void finishIfDone() {
        if (over || running > 0 || iterations.size() < inputs.size()) {
            return;
        }
        over = true;
        Flow flow = run.flow();
        long previous = flow.last();
        if (distributed) {
            previous = flow.recordAside(HistoryEventType.MAP_RUN_SUCCEEDED, previous, event -> event);
        }
        flow.recordAside(HistoryEventType.MAP_STATE_SUCCEEDED, previous, event -> event);
        ArrayNode result = JsonNodeFactory.instance.arrayNode();
        for (JsonNode output : outputs) {
            if (output != null) {
                result.add(output);
            }
        }
        run.succeed(result);
    }

    private void give(Failure failure) {
        over = true;
        for (int i = 0; i < iterations.size(); i++) {
            if (!iterations.get(i).isOver()) {
                iteration(iterations.get(i), HistoryEventType.MAP_ITERATION_ABORTED, i);
                iterations.get(i).abort();
            }
        }
        if (distributed) {
            run.flow().record(HistoryEventType.MAP_RUN_FAILED, event -> event.mapRunFailedEventDetails(
                    details -> details.error(failure.error()).cause(failure.cause())));
        }
        run.flow().record(HistoryEventType.MAP_STATE_FAILED, event -> event);
        run.fail(failure);
    }

    private boolean tolerated() {
        return distributed
                && (failures <= toleratedCount || failures * 100.0 / inputs.size() <= toleratedPercentage);
    }

    private String name() {
        return run.state().name();
    }

    private String mapRunArn() {
        String label = run.state().text("Label");
        return run.platform().account().arn("states",
                "mapRun:" + run.flow().execution().identity().stateMachineName() + "/"
                        + (label == null ? RandomIds.uuid(run.platform().random()) : label) + ":"
                        + RandomIds.uuid(run.platform().random()));
    }

    private final class IterationEnding implements Flow.Ending {
        private final int index;

        IterationEnding(int index) {
            this.index = index;
        }

        @Override
        public void succeeded(JsonNode output, long lastEvent) {
            running--;
            outputs.set(index, output);
            ended(HistoryEventType.MAP_ITERATION_SUCCEEDED);
            launch(lastEvent);
            finishIfDone();
        }

        @Override
        public void failed(Failure failure, long lastEvent) {
            running--;
            failures++;
            ended(HistoryEventType.MAP_ITERATION_FAILED);
            if (tolerated()) {
                launch(lastEvent);
                finishIfDone();
            } else if (distributed) {
                give(new Failure(ErrorNames.TOLERATED_FAILURES_EXCEEDED,
                        "The specified tolerated failure threshold was exceeded"));
            } else {
                give(failure);
            }
        }

        private void ended(HistoryEventType type) {
            long event = iteration(iterations.get(index), type, index);
            if (!distributed) {
                run.flow().continueAfter(event);
            }
        }
    }
}
