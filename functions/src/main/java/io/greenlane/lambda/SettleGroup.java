package io.greenlane.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.greenlane.group.GroupSettlement;
import io.greenlane.json.JsonObject;
import java.util.List;
import java.util.Map;

/** Step of the workflow after a service of a group has its outcome: what follows for the others, and in the end for the group. */
public final class SettleGroup implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    private final GroupSettlement settlement;

    /** The one that Lambda calls. */
    public SettleGroup() {
        this(Surroundings.ofLambda());
    }

    /** With surroundings of one's own. */
    public SettleGroup(Surroundings surroundings) {
        this(Settlements.of(surroundings, SettleSettings.from(surroundings.environment())));
    }

    /** With a settlement of one's own. */
    public SettleGroup(GroupSettlement settlement) {
        this.settlement = settlement;
    }

    /** {@code {groupRelease}} to {@code {done}} with what was done, in sentences. */
    @Override
    public Map<String, Object> handleRequest(Map<String, Object> input, Context context) {
        String groupRelease = new JsonObject("input", input).text("groupRelease");
        List<String> done = settlement.look(groupRelease);
        JsonLog log = JsonLog.of("SettleGroup", context.getAwsRequestId()).with("groupRelease", groupRelease);
        log.info(done.isEmpty() ? "Nothing was to be done." : String.join(" ", done));
        return Map.of("done", done);
    }
}
