package io.greenlane.deployment;

import io.greenlane.release.Release;
import io.greenlane.release.Releases;
import io.greenlane.release.Releases.Step;
import java.time.Clock;
import java.time.Instant;

/** What is learnt about a release's deployment, written down. */
final class LaunchNotes {
    private final Releases releases;
    private final Clock clock;

    LaunchNotes(Releases releases, Clock clock) {
        this.releases = releases;
        this.clock = clock;
    }

    /** Writes the id down, unless one is known: the first one stays. Answers with the one that stays. */
    String deployment(Release release, String deploymentId) {
        return releases.change(release.id(), current -> {
            String known = current.launch().deploymentId();
            return known != null
                    ? Step.stay(known)
                    : Step.to(current.with(current.launch().known(deploymentId)), deploymentId);
        });
    }

    /** Writes down that production is on green, when the deployment says so for the first time. */
    void shift(Release release, Deployment deployment) {
        if (!deployment.terminationWaitStarted() || release.launch().shiftedAt() != null) {
            return;
        }
        Instant now = clock.instant();
        releases.change(release.id(), current -> current.launch().shiftedAt() != null
                ? Step.stay(current)
                : Step.to(current.with(current.launch().shifted(now)), current));
    }
}
