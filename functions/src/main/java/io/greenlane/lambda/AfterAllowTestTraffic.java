package io.greenlane.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.greenlane.deployment.Deployments;
import io.greenlane.hook.Reports;
import io.greenlane.hook.ValidationHook;
import io.greenlane.validation.HookEvent;
import java.util.Map;
import java.util.function.Supplier;

/** Does green work at all? Called when the test listener serves it. */
public final class AfterAllowTestTraffic implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    private final HookFunction function;

    /** The one that Lambda calls. */
    public AfterAllowTestTraffic() {
        this(Surroundings.ofLambda());
    }

    /** With surroundings of one's own. */
    public AfterAllowTestTraffic(Surroundings surroundings) {
        this.function = HookFunction.in(surroundings, HookEvent.AFTER_ALLOW_TEST_TRAFFIC);
    }

    /** With collaborators of one's own. */
    public AfterAllowTestTraffic(Deployments deployments, Reports reports, Supplier<ValidationHook> hook) {
        this.function = new HookFunction(HookEvent.AFTER_ALLOW_TEST_TRAFFIC, deployments, reports, hook);
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> payload, Context context) {
        return function.handle(payload, context);
    }
}
