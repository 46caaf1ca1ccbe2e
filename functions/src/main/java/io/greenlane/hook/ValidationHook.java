package io.greenlane.hook;

import io.greenlane.deployment.Deployment;
import io.greenlane.deployment.Deployments;
import io.greenlane.deployment.ReleaseMark;
import io.greenlane.hook.TestTraffic.Green;
import io.greenlane.image.Digest;
import io.greenlane.release.Ending;
import io.greenlane.release.Release;
import io.greenlane.release.Releases;
import io.greenlane.release.Releases.Step;
import io.greenlane.validation.HookEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers one lifecycle event of a deployment with exactly one verdict, whatever happens on the way: CodeDeploy waits an hour for
 * an answer that does not come (CodeDeploy guide, hooks page), so every fault is a verdict too. The verdict is written first, so
 * that a repeated call says the same again.
 */
public final class ValidationHook {
    private final HookEvent event;
    private final Deployments deployments;
    private final Releases releases;
    private final Verdicts verdicts;
    private final TestTraffic traffic;
    private final Supplier<GreenCheck> check;
    private final Reports reports;
    private final Clock clock;

    /**
     * A hook of one lifecycle event.
     *
     * @param check asked when green is to be judged; when it throws, that is the verdict
     */
    public ValidationHook(HookEvent event, Deployments deployments, Releases releases, Verdicts verdicts,
            TestTraffic traffic, Supplier<GreenCheck> check, Reports reports, Clock clock) {
        this.event = event;
        this.deployments = deployments;
        this.releases = releases;
        this.verdicts = verdicts;
        this.traffic = traffic;
        this.check = check;
        this.reports = reports;
        this.clock = clock;
    }

    /**
     * Judges and reports.
     *
     * @param budget time left to come to a verdict, without the time to write and report it
     */
    public Answered answer(HookCall call, Duration budget) {
        Subject subject = new Subject();
        Verdict verdict = written(call, judged(call, budget, subject));
        return new Answered(subject.release, verdict, reports.report(call, verdict.passed()));
    }

    private Verdict judged(HookCall call, Duration budget, Subject subject) {
        try {
            return judge(call, budget, subject);
        } catch (RuntimeException | Error e) {
            return failed(subject.digest(), "Validation broke off: " + sentence(e));
        }
    }

    private Verdict written(HookCall call, Verdict verdict) {
        try {
            return verdicts.write(call.deploymentId(), event, verdict);
        } catch (RuntimeException | Error e) {
            return failed(verdict.digest(), "The verdict '" + verdict.sentence() + "' could not be written down: "
                    + sentence(e));
        }
    }

    private Verdict judge(HookCall call, Duration budget, Subject subject) {
        Verdict before = verdicts.find(call.deploymentId(), event);
        if (before != null) {
            return before;
        }
        Deployment deployment = deployments.find(call.deploymentId());
        if (deployment == null) {
            return failed(null, "CodeDeploy knows no deployment " + call.deploymentId() + ".");
        }
        if (deployment.isRollback()) {
            return new Verdict(true, "A rollback is never held up.", null, clock.instant());
        }
        String releaseId = ReleaseMark.releaseId(deployment.description());
        if (releaseId == null) {
            return checked(deployment, null, budget);
        }
        Release release = releases.find(releaseId);
        if (release == null || !ReleaseMark.matches(deployment, release)) {
            return failed(null, "The deployment names release " + releaseId + ", which is not its own.");
        }
        subject.release = release;
        String refusal = refusal(release, deployment);
        return refusal == null ? checked(deployment, release, budget) : failed(subject.digest(), refusal);
    }

    /** Why the deployment may not go on, whatever green looks like; null when it may. */
    private @Nullable String refusal(Release release, Deployment deployment) {
        Release claimed = claim(release, deployment.id());
        Ending ending = claimed.ending();
        if (ending != null) {
            return "Release " + release.id() + " has ended as " + ending.outcome() + ": " + ending.reason();
        }
        if (!deployment.id().equals(claimed.launch().deploymentId())) {
            return "Release " + release.id() + " is brought by deployment " + claimed.launch().deploymentId()
                    + " already.";
        }
        return event == HookEvent.BEFORE_ALLOW_TRAFFIC ? refusalBefore(release, deployment) : null;
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

    private @Nullable String refusalBefore(Release release, Deployment deployment) {
        Verdict earlier = verdicts.find(deployment.id(), HookEvent.AFTER_ALLOW_TEST_TRAFFIC);
        if (earlier == null) {
            return "There is no verdict of " + HookEvent.AFTER_ALLOW_TEST_TRAFFIC
                    + ": was the hook left out, or has the deployment group no test listener?";
        }
        return earlier.passed() && release.push().digest().equals(earlier.digest())
                ? null
                : "The verdict of " + HookEvent.AFTER_ALLOW_TEST_TRAFFIC + " was no pass for "
                        + release.push().digest() + ": " + earlier.sentence();
    }

    private Verdict checked(Deployment deployment, @Nullable Release release, Duration budget) {
        Digest digest = release == null ? null : release.push().digest();
        Green green = traffic.green(deployment.application(), deployment.deploymentGroup(), deployment.id());
        if (release != null && !green.taskDefinition().equals(release.launch().taskDefinition())) {
            return failed(digest, "Green runs " + green.taskDefinition() + ", but release " + release.id()
                    + " registered " + release.launch().taskDefinition() + ".");
        }
        GreenCheck.Finding finding = check.get().run(green, budget);
        return new Verdict(finding.passed(), finding.sentence(), digest, clock.instant());
    }

    private Verdict failed(@Nullable Digest digest, String sentence) {
        Instant now = clock.instant();
        return new Verdict(false, sentence, digest, now);
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

    /**
     * How the lifecycle event was answered.
     *
     * @param release null when the deployment brings no release of ours
     * @param verdict the one that stands
     * @param counted false when CodeDeploy had an answer or an end before
     */
    public record Answered(@Nullable Release release, Verdict verdict, boolean counted) {}
}
