package io.greenlane.succession;

import io.greenlane.deployment.Deployment;
import io.greenlane.deployment.Deployments;
import io.greenlane.deployment.Explanations;
import io.greenlane.deployment.Interventions;
import io.greenlane.deployment.ReleaseMark;
import io.greenlane.deployment.Withdrawals;
import io.greenlane.hook.Verdict;
import io.greenlane.hook.Verdicts;
import io.greenlane.release.GroupRelease;
import io.greenlane.release.GroupReleases;
import io.greenlane.release.Objection;
import io.greenlane.release.Release;
import io.greenlane.release.Releases;
import io.greenlane.release.ServiceHead;
import io.greenlane.release.ServiceQueue;
import io.greenlane.release.Turn;
import io.greenlane.service.ServiceReference;
import io.greenlane.validation.HookEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Ends what stands in the way of a release that waits: the deployment of one that it has overtaken, or the wait before blue is
 * terminated. It decides nothing: an overtaken release passes no hook, and every wait ends. So each call here may fail, get lost or be
 * made again, and the only loss is time.
 */
public final class Succession {
    private final Releases releases;
    private final GroupReleases groups;
    private final ServiceQueue queue;
    private final Deployments deployments;
    private final Explanations explanations;
    private final Verdicts verdicts;
    private final Withdrawals withdrawals;
    private final Interventions interventions;

    /**
     * All that it takes.
     *
     * @param explanations every kind there is
     */
    public Succession(Releases releases, GroupReleases groups, ServiceQueue queue, Deployments deployments,
            Explanations explanations,
            Verdicts verdicts, Withdrawals withdrawals, Interventions interventions) {
        this.releases = releases;
        this.groups = groups;
        this.queue = queue;
        this.deployments = deployments;
        this.explanations = explanations;
        this.verdicts = verdicts;
        this.withdrawals = withdrawals;
        this.interventions = interventions;
    }

    /**
     * Looks at the release that runs at a service, or at its group.
     *
     * @param endTerminationWait whether a release that waits may end the time for which blue is kept
     * @return what was done
     */
    public List<Advance> advance(ServiceReference service, boolean endTerminationWait) {
        ServiceHead head = queue.head(service);
        Turn running = head.running();
        boolean overtaken = running != null && running.overtakenBy() != null;
        if (running == null || !(overtaken || (endTerminationWait && !head.waiting().isEmpty()))) {
            return List.of();
        }
        Objection objection = overtaken ? head.objection(running.releaseId()) : null;
        return releases(running, objection != null).stream().map(id -> advance(id, objection)).filter(Objects::nonNull)
                .toList();
    }

    /** While a member of a group may still fail, all of them keep blue. */
    private List<String> releases(Turn running, boolean overtaken) {
        if (!running.isOfGroup()) {
            return List.of(running.releaseId());
        }
        GroupRelease group = groups.find(running.releaseId());
        return group == null || (!overtaken && !group.members().stream().allMatch(GroupRelease.Member::moved))
                ? List.of()
                : group.members().stream().map(GroupRelease.Member::releaseId).toList();
    }

    private @Nullable Advance advance(String releaseId, @Nullable Objection objection) {
        Release release = releases.find(releaseId);
        Deployment deployment = release == null ? null : ReleaseMark.deployment(release, deployments);
        if (release == null || release.ending() != null || deployment == null || deployment.status().isFinal()) {
            return null;
        }
        return objection == null ? endWait(release, deployment) : withdraw(release, deployment, objection);
    }

    private @Nullable Advance withdraw(Release release, Deployment deployment, Objection objection) {
        String id = deployment.id();
        if (deployment.terminationWaitStarted() || hasPassed(id, HookEvent.BEFORE_ALLOW_TRAFFIC)) {
            return null;
        }
        if (explanations.whyRefused(id) == null) {
            withdrawals.write(id, objection);
        }
        return interventions.stop(id)
                ? new Advance(release, id, "Deployment " + id + " was stopped: " + objection.sentence())
                : null;
    }

    private @Nullable Advance endWait(Release release, Deployment deployment) {
        String id = deployment.id();
        boolean validated = Arrays.stream(HookEvent.values()).allMatch(event -> hasPassed(id, event));
        return deployment.terminationWaitStarted() && validated && interventions.endTerminationWait(id)
                ? new Advance(release, id, "Deployment " + id + " keeps blue no longer: another release waits, and"
                        + " all hooks have passed.")
                : null;
    }

    private boolean hasPassed(String deploymentId, HookEvent event) {
        Verdict verdict = verdicts.find(deploymentId, event);
        return verdict != null && verdict.passed();
    }

    /**
     * What was done.
     *
     * @param release the one that stood in the way
     * @param sentence for the log
     */
    public record Advance(Release release, String deploymentId, String sentence) {}
}
