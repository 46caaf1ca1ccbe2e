package io.greenlane.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import io.greenlane.aws.Clients;
import io.greenlane.aws.CodeDeployReports;
import io.greenlane.aws.GroupTestTraffic;
import io.greenlane.hook.GreenCheck;
import io.greenlane.hook.HookCall;
import io.greenlane.hook.Probe;
import io.greenlane.hook.Reports;
import io.greenlane.hook.ValidationHook;
import io.greenlane.hook.ValidationHook.Answered;
import io.greenlane.hook.Verdicts;
import io.greenlane.json.JsonObject;
import io.greenlane.release.Ledger;
import io.greenlane.release.Releases;
import io.greenlane.validation.HookEvent;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;

/** What the two hooks have in common. A hook that cannot even be set up reports Failed. */
final class HookFunction {
    /** Kept back from the function's time to write the verdict down and report it. */
    private static final Duration TO_REPORT = Duration.ofSeconds(20);

    private final HookEvent event;
    private final Reports reports;
    private final Supplier<ValidationHook> hook;

    /**
     * A hook with collaborators of one's own.
     *
     * @param hook asked at each call; when it throws, Failed is reported
     */
    HookFunction(HookEvent event, Reports reports, Supplier<ValidationHook> hook) {
        this.event = event;
        this.reports = reports;
        this.hook = hook;
    }

    /** The hook with all that its surroundings give. */
    static HookFunction in(Surroundings surroundings, HookEvent event) {
        CodeDeployClient codeDeploy = surroundings.clients().codeDeploy();
        Reports reports = new CodeDeployReports(codeDeploy);
        return new HookFunction(event, reports, new Once(() -> hook(event, surroundings, codeDeploy, reports)));
    }

    private static ValidationHook hook(HookEvent event, Surroundings surroundings, CodeDeployClient codeDeploy,
            Reports reports) {
        HookSettings settings = HookSettings.from(surroundings.environment());
        Probe probe = surroundings.probe().get();
        Clients clients = surroundings.clients();
        Ledger ledger = clients.ledger(settings.table());
        GroupTestTraffic traffic = new GroupTestTraffic(codeDeploy, clients.ecs(), clients.loadBalancing());
        return new ValidationHook(event, clients.deployments(), new Releases(ledger, surroundings.clock()),
                new Verdicts(ledger),
                traffic, () -> new GreenCheck(traffic, probe, surroundings.pace(), settings.check().get()),
                reports, surroundings.clock());
    }

    /** {@code {DeploymentId, LifecycleEventHookExecutionId}}; the answer only goes to the log. */
    Map<String, Object> handle(Map<String, Object> payload, Context context) {
        HookCall call = HookCall.from(new JsonObject("payload", payload));
        JsonLog log = JsonLog.of(event.toString(), context.getAwsRequestId()).with("deploymentId",
                call.deploymentId());
        ValidationHook ready;
        try {
            ready = hook.get();
        } catch (RuntimeException | Error e) {
            log.warn("Failed: the hook could not be set up: " + e.getMessage());
            reports.report(call, false);
            return Map.of("passed", false);
        }
        Answered answered = ready.answer(call, budget(context));
        if (answered.release() != null) {
            log.with(answered.release());
        }
        log.info((answered.verdict().passed() ? "Passed: " : "Failed: ") + answered.verdict().sentence()
                + (answered.counted() ? "" : " (CodeDeploy had an answer or an end before.)"));
        return Map.of("passed", answered.verdict().passed());
    }

    private static Duration budget(Context context) {
        Duration left = Duration.ofMillis(context.getRemainingTimeInMillis()).minus(TO_REPORT);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Set up at the first call and kept; a failure is not kept. */
    private static final class Once implements Supplier<ValidationHook> {
        private final Supplier<ValidationHook> setUp;
        private @Nullable ValidationHook hook;

        Once(Supplier<ValidationHook> setUp) {
            this.setUp = setUp;
        }

        @Override
        public ValidationHook get() {
            ValidationHook kept = hook;
            if (kept == null) {
                kept = setUp.get();
                hook = kept;
            }
            return kept;
        }
    }
}
