package io.greenlane.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.greenlane.aws.CodeDeployReports;
import io.greenlane.deployment.Deployments;
import io.greenlane.deployment.Withdrawals;
import io.greenlane.hook.Fence;
import io.greenlane.hook.HookExecution;
import io.greenlane.hook.HookExecution.CodeDeployHook;
import io.greenlane.hook.Meeting;
import io.greenlane.hook.ValidationHook;
import io.greenlane.hook.Verdict;
import io.greenlane.hook.VerdictDesk;
import io.greenlane.hook.VerdictDesk.Settled;
import io.greenlane.hook.Verdicts;
import io.greenlane.image.Digest;
import io.greenlane.json.JsonObject;
import io.greenlane.release.GroupReleases;
import io.greenlane.release.Ledger;
import io.greenlane.release.Releases;
import io.greenlane.release.ServiceQueue;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Result;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The step of both validation workflows that answers the hook. */
public final class ReportVerdict implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    private final Fence fence;
    private final VerdictDesk desk;
    private final Meeting meeting;
    private final Clock clock;

    /** The one that Lambda calls. */
    public ReportVerdict() {
        this(Surroundings.ofLambda());
    }

    /** With surroundings of one's own. */
    public ReportVerdict(Surroundings surroundings) {
        this(surroundings, surroundings.clients().deployments(),
                surroundings.clients().ledger(LedgerSettings.from(surroundings.environment()).table()));
    }

    private ReportVerdict(Surroundings surroundings, Deployments deployments, Ledger ledger) {
        this(surroundings, deployments, ledger, new Withdrawals(ledger, surroundings.clock()),
                new GroupReleases(ledger, surroundings.clock()), new ServiceQueue(ledger));
    }

    private ReportVerdict(Surroundings surroundings, Deployments deployments, Ledger ledger, Withdrawals withdrawals,
            GroupReleases groups, ServiceQueue queue) {
        this(new Fence(new Releases(ledger, surroundings.clock()), queue, groups, deployments, withdrawals),
                new VerdictDesk(deployments, new Verdicts(ledger),
                        new CodeDeployReports(surroundings.clients().codeDeploy()),
                        new Meeting(groups, queue, withdrawals)),
                new Meeting(groups, queue, withdrawals), surroundings.clock());
    }

    /** With collaborators of one's own. */
    public ReportVerdict(Fence fence, VerdictDesk desk, Meeting meeting, Clock clock) {
        this.fence = fence;
        this.desk = desk;
        this.meeting = meeting;
        this.clock = clock;
    }

    /**
     * {@code {hook, validated}} as {@link RunValidation} answers, or {@code {hook, error}} as the workflow caught it, or
     * {@code {hook, overdue}}, to {@code {passed, sentence, isNew}} as it stands in the ledger. A member of a group that waits for the
     * others has not passed yet; whoever comes last reports for it.
     */
    @Override
    public Map<String, Object> handleRequest(Map<String, Object> input, Context context) {
        JsonObject request = new JsonObject("input", input);
        HookExecution hook = HookExecution.from(request.object("hook"));
        Verdict judged = fence.judge(hook, verdict(request, clock.instant()));
        JsonLog log = JsonLog.of("ReportVerdict", context.getAwsRequestId()).with("deploymentId", hook.deploymentId())
                .with("hook", hook.event().toString());
        Settled settled = judged == null ? null : desk.settle(hook, judged);
        Map<String, Object> answer = settled == null ? waits(log) : settled(settled, log);
        if (hook instanceof CodeDeployHook one && one.member() != null) {
            tellOthers(one, one.member(), settled == null ? null : settled.verdict(), log);
        }
        return answer;
    }

    private static Map<String, Object> waits(JsonLog log) {
        String sentence = "Passed, and waits for the other services of its group.";
        log.info(sentence);
        return Map.of("passed", false, "sentence", sentence, "isNew", false);
    }

    private static Map<String, Object> settled(Settled settled, JsonLog log) {
        Verdict verdict = settled.verdict();
        log.with("digest", verdict.digest() == null ? null : verdict.digest().text()).with("report", verdict.report())
                .with("result", verdict.result().name())
                .info((verdict.passed() ? "Passed: " : "Failed: ") + verdict.sentence()
                        + (settled.counted() ? "" : " (There was an answer or an end before.)"));
        return Map.of("passed", verdict.passed(), "sentence", verdict.sentence(), "isNew", settled.isNew());
    }

    private void tellOthers(CodeDeployHook hook, CodeDeployHook.MemberOf member, @Nullable Verdict verdict,
            JsonLog log) {
        if (verdict != null && !verdict.passed()) {
            meeting.failed(member.groupRelease(), member.releaseId(), hook.event(), verdict);
        } else if (hook.event() == HookEvent.AFTER_ALLOW_TRAFFIC) {
            meeting.moved(member.groupRelease(), member.releaseId());
        }
        List<String> answered = meeting.answer(member.groupRelease(), desk, clock.instant());
        log.info("Answered of the group: " + (answered.isEmpty() ? "nobody" : String.join(", ", answered)) + ".");
    }

    private static Verdict verdict(JsonObject request, Instant now) {
        if (request.members().get("validated") != null) {
            JsonObject validated = request.object("validated");
            String digest = validated.optionalText("digest");
            return new Verdict(Result.valueOf(validated.text("result")), validated.text("sentence"),
                    digest == null ? null : new Digest(digest), validated.optionalText("report"), now);
        }
        return new Verdict(Result.FAIL, request.members().get("error") == null
                ? ValidationHook.OVERDUE
                : "Validation broke off: " + CaughtError.of(request.object("error")), null, null, now);
    }
}
