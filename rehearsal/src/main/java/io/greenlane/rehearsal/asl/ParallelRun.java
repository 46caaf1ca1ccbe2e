package io.greenlane.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** One attempt of a Parallel state: every branch at once; the first that fails ends the others. */
final class ParallelRun implements StateRun.Work {
    private final StateRun run;
    private final List<Flow> branches = new ArrayList<>();
    private final List<@Nullable JsonNode> outputs = new ArrayList<>();
    private int open;

    ParallelRun(StateRun run) {
        this.run = run;
    }

    @Override
    public void begin() {
        JsonNode input = run.data().arguments();
        Flow outer = run.flow();
        long started = outer.record(HistoryEventType.PARALLEL_STATE_STARTED, event -> event);
        for (Workflow workflow : run.state().branches()) {
            branches.add(
                    new Flow(outer.execution(), outer.history(), workflow, outer.variables().inner(), outer.item()));
            outputs.add(null);
        }
        open = branches.size();
        for (int i = 0; i < branches.size(); i++) {
            branches.get(i).start(input, started, new BranchEnding(i));
        }
    }

    @Override
    public void abort() {
        branches.forEach(Flow::abort);
    }

    private final class BranchEnding implements Flow.Ending {
        private final int index;

        BranchEnding(int index) {
            this.index = index;
        }

        @Override
        public void succeeded(JsonNode output, long lastEvent) {
            outputs.set(index, output);
            open--;
            if (open == 0) {
                Flow outer = run.flow();
                outer.continueAfter(lastEvent);
                outer.recordAside(HistoryEventType.PARALLEL_STATE_SUCCEEDED, lastEvent, event -> event);
                ArrayNode result = JsonNodeFactory.instance.arrayNode();
                outputs.forEach(result::add);
                run.succeed(result);
            }
        }

        @Override
        public void failed(Failure failure, long lastEvent) {
            Flow outer = run.flow();
            for (Flow branch : branches) {
                State where = branch.where();
                if (!branch.isOver() && where != null && waits(where.type())) {
                    branch.record(HistoryEventType.fromValue(where.type().word() + "StateAborted"), event -> event);
                }
            }
            abort();
            outer.continueAfter(lastEvent);
            outer.record(HistoryEventType.PARALLEL_STATE_FAILED, event -> event);
            run.fail(failure);
        }

        private static boolean waits(StateType type) {
            return type.canFailSoftly() || type == StateType.WAIT;
        }
    }
}
