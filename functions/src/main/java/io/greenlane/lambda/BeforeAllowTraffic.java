package io.greenlane.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.greenlane.deployment.Deployments;
import io.greenlane.hook.Reports;
import io.greenlane.hook.ValidationHook;
import io.greenlane.validation.HookEvent;
import java.util.Map;
import java.util.function.Supplier;

/** May production move? Called last before it does, and passes only after the hook before did. */
public final class BeforeAllowTraffic implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    private final HookFunction function;

    /** The one that Lambda calls. */
    public BeforeAllowTraffic() {
        this(Surroundings.ofLambda());
    }

    /** With surroundings of one's own. */
    public BeforeAllowTraffic(Surroundings surroundings) {
        this.function = HookFunction.in(surroundings, HookEvent.BEFORE_ALLOW_TRAFFIC);
    }

    /** With collaborators of one's own. */
    public BeforeAllowTraffic(Deployments deployments, Reports reports, Supplier<ValidationHook> hook) {
        this.function = new HookFunction(HookEvent.BEFORE_ALLOW_TRAFFIC, deployments, reports, hook);
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> payload, Context context) {
        return function.handle(payload, context);
    }
}
