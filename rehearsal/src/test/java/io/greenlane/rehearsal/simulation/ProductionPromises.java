package io.greenlane.rehearsal.simulation;

import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.release.Site;
import io.greenlane.rehearsal.release.Website;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;

/** What holds for the traffic of production, whatever goes wrong. */
final class ProductionPromises implements Observation.Witness {
    private final Site site;
    private final Observation seen;
    private final Violations violations;
    private final Map<Website, Set<String>> mayServe = new HashMap<>();
    private final Map<String, String> shifts = new HashMap<>();
    private boolean shifted;

    ProductionPromises(Site site, Observation seen, Violations violations) {
        this.site = site;
        this.seen = seen;
        this.violations = violations;
        site.websites().forEach(website -> mayServe.put(website, new HashSet<>(Set.of(site.firstDigest()))));
    }

    @Override
    public void happened(Journal.Entry entry) {
        shifted |= entry.kind().equals("ModifyListener");
        if (entry.kind().equals("TrafficShifted") && "production".equals(entry.facts().get("route"))) {
            DeploymentInfo deployment = seen.deployment(entry.subject());
            LedgerItem release = seen.releaseOf(deployment);
            if (release != null) {
                oneShift(release, deployment.deploymentId());
                passedVerdicts(release, deployment);
                stillOpen(release, deployment.deploymentId());
                cleared(release, deployment.deploymentId());
            }
        }
    }

    /** I2: one push moves production to one deployment. */
    private void oneShift(LedgerItem release, String deployment) {
        String before = shifts.putIfAbsent(release.id(), deployment);
        violations.unless(before == null || before.equals(deployment), "I2", release.id() + " moved production with "
                + before + ", and again with " + deployment);
    }

    /** I3: production serves what has passed, in this deployment, for this image. */
    private void passedVerdicts(LedgerItem release, DeploymentInfo moved) {
        String deployment = moved.deploymentId();
        String digest = release.text("push", "digest");
        LedgerItem verdicts = seen.item("deployment#" + deployment);
        for (String hook : new String[]{"AfterAllowTestTraffic", "BeforeAllowTraffic"}) {
            boolean passed = verdicts != null && isPass(verdicts.text(hook, "result"))
                    && digest != null && digest.equals(verdicts.text(hook, "digest"));
            violations.unless(passed, "I3", "production moved to " + digest + " by " + deployment
                    + ", for which the ledger has no passed verdict of " + hook);
        }
        if (digest != null) {
            mayServe.getOrDefault(site.website(moved), Set.of()).add(digest);
        }
    }

    private static boolean isPass(@Nullable String result) {
        return "PASS".equals(result) || "WARN".equals(result);
    }

    /** I5: what has ended, for whatever reason, does not move production any more. */
    private void stillOpen(LedgerItem release, String deployment) {
        violations.unless(release.outcome() == null, "I5", deployment + " moved production for " + release.id()
                + ", which had ended as " + release.outcome());
    }

    /** I5: nor does what has been overtaken; the head of the queue says that production may move to it. */
    private void cleared(LedgerItem release, String deployment) {
        boolean cleared = seen.ledger().stream().filter(LedgerItem::isQueue)
                .anyMatch(head -> release.turn().equals(head.text("running", "releaseId"))
                        && head.text("running", "overtakenBy") == null && head.isTrue("running", "cleared"));
        violations.unless(cleared, "I5", deployment + " moved production for " + release.id()
                + ", which is not cleared or has been overtaken");
    }

    @Override
    public void stepped() {
        violations.unless(site.failedVisits() == 0, "P0", site.failedVisits() + " visits of production failed");
        if (shifted) {
            shifted = false;
            mayServe.forEach((website, passed) -> website.servable(website.production()).forEach(
                    digest -> violations.unless(passed.contains(digest), "I3",
                            "production forwards to " + digest + ", which nothing has passed")));
        }
    }
}
