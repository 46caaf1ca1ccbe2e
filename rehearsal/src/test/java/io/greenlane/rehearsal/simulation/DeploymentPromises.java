package io.greenlane.rehearsal.simulation;

import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.release.Site;
import io.greenlane.rehearsal.release.Website;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;

/** What holds for deployments and their hooks, whatever goes wrong. */
final class DeploymentPromises implements Observation.Witness {
    private static final Set<DeploymentStatus> FINAL = Set.of(DeploymentStatus.SUCCEEDED, DeploymentStatus.FAILED,
            DeploymentStatus.STOPPED);

    private final Site site;
    private final Observation seen;
    private final Violations violations;
    private final boolean hooksRetried;
    private final Map<Website, Set<String>> created = new LinkedHashMap<>();
    private final Map<String, String> byRelease = new HashMap<>();
    private final Set<String> answered = new HashSet<>();
    private boolean moved;

    /** @param hooksRetried whether hooks are called again when their function dies; else nobody knows of those it never heard of */
    DeploymentPromises(Site site, Observation seen, Violations violations, boolean hooksRetried) {
        this.hooksRetried = hooksRetried;
        this.site = site;
        this.seen = seen;
        this.violations = violations;
    }

    @Override
    public void happened(Journal.Entry entry) {
        if (entry.kind().equals("DeploymentCreated")) {
            DeploymentInfo deployment = site.cloud().codeDeploy.getDeployment(it -> it.deploymentId(entry.subject()))
                    .deploymentInfo();
            LedgerItem release = seen.releaseOf(deployment);
            if (release != null) {
                created.computeIfAbsent(site.website(deployment), any -> new HashSet<>())
                        .add(deployment.deploymentId());
                oneDeployment(release, deployment.deploymentId());
                notQuarantined(release, deployment.deploymentId());
            }
            moved = true;
        }
        if (entry.kind().equals("DeploymentStatusChanged")) {
            moved = true;
            answeredInTime(entry);
        }
    }

    /** I1, stronger: one release has one deployment, even one that ended at once. */
    private void oneDeployment(LedgerItem release, String deployment) {
        String before = byRelease.putIfAbsent(release.id(), deployment);
        violations.unless(before == null, "I1", release.id() + " was brought by " + before + ", and again by "
                + deployment);
    }

    /** I4: what failed is not deployed again; nobody releases it here. */
    private void notQuarantined(LedgerItem release, String deployment) {
        violations.unless(seen.ledger().stream().noneMatch(item -> item.isA("quarantine")
                && item.name().equals(release.service() + "#" + release.text("push", "digest"))), "I4",
                deployment + " brings "
                        + release.text("push", "digest") + ", which is in quarantine");
    }

    /** I8: a hook is answered before its hour is over. */
    private void answeredInTime(Journal.Entry entry) {
        violations.unless(!hooksRetried || !entry.facts().getOrDefault("errorMessage", "").contains("within one hour"),
                "I8",
                entry.sentence());
    }

    /** I8: a hook gets one answer, and a good one only for a verdict that is written down. */
    @Override
    public void reported(String deploymentId, String executionId, boolean succeeded) {
        violations.unless(answered.add(executionId), "I8", "hook execution " + executionId + " of " + deploymentId
                + " was answered twice");
        DeploymentInfo deployment = seen.deployment(deploymentId);
        if (Observation.isRollback(deployment)) {
            violations.unless(succeeded, "I11", "a hook of rollback " + deploymentId + " was failed");
        } else if (succeeded) {
            LedgerItem verdicts = seen.item("deployment#" + deploymentId);
            violations.unless(verdicts != null, "I3",
                    "a hook of " + deploymentId + " passed without a written verdict");
        }
    }

    /** I11: nobody of ours stops a rollback. */
    @Override
    public void stopped(String deploymentId) {
        violations.unless(!Observation.isRollback(seen.deployment(deploymentId)), "I11", "rollback " + deploymentId
                + " was stopped");
    }

    /** I1: at most one of ours is active. */
    @Override
    public void stepped() {
        if (moved) {
            moved = false;
            created.forEach((website, ours) -> {
                long active = ours.stream().filter(id -> !FINAL.contains(seen.deployment(id).status())).count();
                violations.unless(active <= 1, "I1", active + " deployments of ours to " + website.key()
                        + " are active");
            });
        }
    }
}
