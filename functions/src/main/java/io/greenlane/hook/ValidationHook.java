package io.greenlane.hook;

import io.greenlane.deployment.Deployment;
import io.greenlane.deployment.Deployments;
import io.greenlane.deployment.ReleaseMark;
import io.greenlane.hook.HookExecution.CodeDeployHook;
import io.greenlane.hook.VerdictDesk.Settled;
import io.greenlane.image.Digest;
import io.greenlane.release.Ending;
import io.greenlane.release.Quarantine;
import io.greenlane.release.Quarantined;
import io.greenlane.release.Release;
import io.greenlane.release.Releases;
import io.greenlane.release.Releases.Step;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Result;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Answers one lifecycle event of a deployment: with a verdict at once when there is one without looking at green, else by handing
 * over to the workflow that validates. CodeDeploy waits an hour for an answer that does not come (CodeDeploy guide, hooks page), so
 * a timer of its own is started before anything else, and every fault is a verdict too. Asking again changes nothing.
 */
public final class ValidationHook {
    /** Of the hour that a lifecycle event may take: the rest is for the report that is then due. */
    public static final Duration OVERDUE_AFTER = Duration.ofMinutes(55);

    /** Said when nothing was by then. */
    public static final String OVERDUE = "No verdict within " + OVERDUE_AFTER.toMinutes()
            + " minutes: the validation did not come to an end. Its workflow and its log say how far it got.";

    static final String ROLLBACK = "A rollback is never held up.";

    private final HookEvent event;
    private final Deployments deployments;
    private final LifecycleEvents lifecycle;
    private final Releases releases;
    private final Quarantine quarantine;
    private final Verdicts verdicts;
    private final Fence fence;
    private final Greens greens;
    private final Deadlines deadlines;
    private final Validations validations;
    private final VerdictDesk desk;
    private final Clock clock;

    /** A hook of one lifecycle event; the clock is that of the function. */
    public ValidationHook(HookEvent event, Deployments deployments, LifecycleEvents lifecycle, Releases releases,
            Quarantine quarantine, Verdicts verdicts, Fence fence, Greens greens, Deadlines deadlines,
            Validations validations, VerdictDesk desk, Clock clock) {
        this.event = event;
        this.deployments = deployments;
        this.lifecycle = lifecycle;
        this.releases = releases;
        this.quarantine = quarantine;
        this.verdicts = verdicts;
        this.fence = fence;
        this.greens = greens;
        this.deadlines = deadlines;
        this.validations = validations;
        this.desk = desk;
        this.clock = clock;
    }

    /** Hands over, or settles at once. */
    public Answered answer(HookCall call) {
        CodeDeployHook hook = new CodeDeployHook(event, call);
        Subject subject = new Subject();
        Verdict verdict;
        try {
            deadlines.watch(hook, overdueAt(call));
            verdict = judge(call, subject);
            if (verdict == null) {
                validations.begin(hook.of(subject.release));
                return new Answered.HandedOver(subject.release);
            }
        } catch (RuntimeException | Error e) {
            verdict = failed(subject.digest(), "Validation could not begin: " + sentence(e));
        }
        Settled settled = settled(hook, verdict, subject);
        return new Answered.Settled(subject.release, settled.verdict(), settled.counted());
    }

    private Settled settled(CodeDeployHook hook, Verdict verdict, Subject subject) {
        try {
            return desk.settle(hook, verdict);
        } catch (RuntimeException | Error e) {
            return desk.settle(hook, failed(subject.digest(), "The verdict '" + verdict.sentence()
                    + "' could not be written down or reported: " + sentence(e)));
        }
    }

    private Instant overdueAt(HookCall call) {
        Instant begin = lifecycle.begin(call.deploymentId(), event);
        return Objects.requireNonNullElseGet(begin, clock::instant).plus(OVERDUE_AFTER);
    }

    /** The verdict that needs no look at green; null when it is to be validated. */
    private @Nullable Verdict judge(HookCall call, Subject subject) {
        Verdict before = verdicts.find(call.deploymentId(), event);
        if (before != null) {
            return before;
        }
        Deployment deployment = deployments.find(call.deploymentId());
        if (deployment == null) {
            return failed(null, "CodeDeploy knows no deployment " + call.deploymentId() + ".");
        }
        if (deployment.isRollback()) {
            return new Verdict(Result.PASS, ROLLBACK, null, null, clock.instant());
        }
        String releaseId = ReleaseMark.releaseId(deployment.description());
        if (releaseId == null) {
            return null;
        }
        Release release = ReleaseMark.release(deployment, releases);
        if (release == null) {
            return failed(null, "The deployment names release " + releaseId + ", which is not its own.");
        }
        subject.release = release;
        String refusal = refusal(release, deployment);
        return refusal == null ? null : failed(subject.digest(), refusal);
    }

    /** Why the deployment may not go on, whatever green looks like; null when it may. */
    private @Nullable String refusal(Release release, Deployment deployment) {
        Release claimed = claim(release, deployment.id());
        Ending ending = claimed.ending();
        if (ending != null) {
            return Fence.hasEnded(release, ending);
        }
        if (!deployment.id().equals(claimed.launch().deploymentId())) {
            return "Release " + release.id() + " is brought by deployment " + claimed.launch().deploymentId()
                    + " already.";
        }
        String unwanted = event == HookEvent.AFTER_ALLOW_TRAFFIC ? null : fence.refusal(claimed, deployment.id());
        if (unwanted != null) {
            return unwanted;
        }
        Quarantined quarantined = quarantine.find(release.service(), release.push().digest());
        if (quarantined != null) {
            return quarantined.refusal(release.service());
        }
        Greens.Green green = greens.find(deployment.application(), deployment.deploymentGroup(), deployment.id());
        if (!green.taskDefinition().equals(claimed.launch().taskDefinition())) {
            return "Green runs " + green.taskDefinition() + ", but release " + release.id() + " registered "
                    + claimed.launch().taskDefinition() + ".";
        }
        if (!green.runs(release.push().repository(), release.push().digest())) {
            return "Green runs " + String.join(", ", green.images()) + ", but release " + release.id() + " brings "
                    + release.push().repository() + "@" + release.push().digest() + ".";
        }
        return event == HookEvent.BEFORE_ALLOW_TRAFFIC
                ? verdicts.refusalBefore(deployment.id(), release.push().digest())
                : null;
    }

    private Release claim(Release release, String deploymentId) {
        return releases.change(release.id(), current -> {
            if (current.ending() != null || current.launch().deploymentId() != null) {
                return Step.stay(current);
            }
            Release claimed = current.with(current.launch().known(deploymentId));
            return Step.to(claimed, claimed);
        });
    }

    private Verdict failed(@Nullable Digest digest, String sentence) {
        return new Verdict(Result.FAIL, sentence, digest, null, clock.instant());
    }

    private static String sentence(Throwable fault) {
        return fault.getClass().getSimpleName() + (fault.getMessage() == null ? "" : ": " + fault.getMessage());
    }

    /** Whose deployment it turned out to be, known even when judging breaks off. */
    private static final class Subject {
        private @Nullable Release release;

        private @Nullable Digest digest() {
            return release == null ? null : release.push().digest();
        }
    }

    /** What became of the call. */
    public sealed interface Answered {
        /** The release that the deployment brings; null when it brings none of ours. */
        @Nullable
        Release release();

        /** The workflow validates and reports. */
        record HandedOver(@Nullable Release release) implements Answered {}

        /**
         * There is a verdict, and it was reported.
         *
         * @param verdict the one that stands
         * @param counted false when CodeDeploy had an answer or an end before
         */
        record Settled(@Nullable Release release, Verdict verdict, boolean counted) implements Answered {}
    }
}
