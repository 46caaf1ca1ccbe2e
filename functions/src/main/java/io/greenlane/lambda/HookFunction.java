package io.greenlane.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import io.greenlane.aws.Clients;
import io.greenlane.aws.CodeDeployGreens;
import io.greenlane.aws.CodeDeployLifecycle;
import io.greenlane.aws.CodeDeployReports;
import io.greenlane.aws.HookExecutions;
import io.greenlane.deployment.Deployments;
import io.greenlane.deployment.Withdrawals;
import io.greenlane.hook.Fence;
import io.greenlane.hook.HookCall;
import io.greenlane.hook.Meeting;
import io.greenlane.hook.Reports;
import io.greenlane.hook.ValidationHook;
import io.greenlane.hook.ValidationHook.Answered;
import io.greenlane.hook.Verdict;
import io.greenlane.hook.VerdictDesk;
import io.greenlane.hook.Verdicts;
import io.greenlane.json.JsonObject;
import io.greenlane.release.GroupReleases;
import io.greenlane.release.Ledger;
import io.greenlane.release.Quarantine;
import io.greenlane.release.Releases;
import io.greenlane.release.ServiceQueue;
import io.greenlane.validation.HookEvent;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;

/** What the three hooks have in common. A hook that cannot even be set up reports Failed, unless a rollback calls it. */
final class HookFunction {
    private final HookEvent event;
    private final Deployments deployments;
    private final Reports reports;
    private final Supplier<ValidationHook> hook;

    /**
     * A hook with collaborators of one's own.
     *
     * @param hook asked at each call; when it throws, Failed is reported
     */
    HookFunction(HookEvent event, Deployments deployments, Reports reports, Supplier<ValidationHook> hook) {
        this.event = event;
        this.deployments = deployments;
        this.reports = reports;
        this.hook = hook;
    }

    /** The hook with all that its surroundings give. */
    static HookFunction in(Surroundings surroundings, HookEvent event) {
        CodeDeployClient codeDeploy = surroundings.clients().codeDeploy();
        Deployments deployments = surroundings.clients().deployments();
        Reports reports = new CodeDeployReports(codeDeploy);
        return new HookFunction(event, deployments, reports,
                new Once(() -> hook(event, surroundings, codeDeploy, deployments, reports)));
    }

    private static ValidationHook hook(HookEvent event, Surroundings surroundings, CodeDeployClient codeDeploy,
            Deployments deployments, Reports reports) {
        HookSettings settings = HookSettings.from(surroundings.environment());
        Clients clients = surroundings.clients();
        Ledger ledger = clients.ledger(settings.table());
        Releases releases = new Releases(ledger, surroundings.clock());
        ServiceQueue queue = new ServiceQueue(ledger);
        GroupReleases groups = new GroupReleases(ledger, surroundings.clock());
        Withdrawals withdrawals = new Withdrawals(ledger, surroundings.clock());
        Verdicts verdicts = new Verdicts(ledger);
        Fence fence = new Fence(releases, queue, groups, deployments, withdrawals);
        HookExecutions deadlines = new HookExecutions(clients.stepFunctions(), settings.deadlineArn());
        HookExecutions validations = new HookExecutions(clients.stepFunctions(), settings.validationArn());
        return new ValidationHook(event, deployments, new CodeDeployLifecycle(codeDeploy),
                releases, new Quarantine(ledger), verdicts, fence,
                new CodeDeployGreens(codeDeploy, clients.ecs()),
                (started, overdueAt) -> deadlines.start(started, Map.of("overdueAt", overdueAt.toString())),
                started -> validations.start(started, Map.of()),
                new VerdictDesk(deployments, verdicts, reports, new Meeting(groups, queue, withdrawals)),
                surroundings.clock());
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
            boolean passed = deployments.isRollback(call.deploymentId());
            log.warn((passed ? "Passed, as for every rollback" : "Failed") + ": the hook could not be set up: "
                    + e.getMessage());
            reports.report(call, passed);
            return Map.of("passed", passed);
        }
        Answered answered = ready.answer(call);
        if (answered.release() != null) {
            log.with(answered.release());
        }
        return switch (answered) {
            case Answered.HandedOver handedOver -> {
                log.info("Handed over to the validation workflow.");
                yield Map.of("handedOver", true);
            }
            case Answered.Settled settled -> told(settled.verdict(), settled.counted(), log);
        };
    }

    private static Map<String, Object> told(Verdict verdict, boolean counted, JsonLog log) {
        log.info((verdict.passed() ? "Passed: " : "Failed: ") + verdict.sentence()
                + (counted ? "" : " (CodeDeploy had an answer or an end before.)"));
        return Map.of("passed", verdict.passed());
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
