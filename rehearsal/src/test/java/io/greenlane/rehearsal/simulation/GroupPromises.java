package io.greenlane.rehearsal.simulation;

import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.release.Site;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;

/** What holds for services that are released together, whatever goes wrong. */
final class GroupPromises implements Observation.Witness {
    private final Site site;
    private final Observation seen;
    private final Violations violations;
    /** Whether people were told that services run different versions, and no release has made them one since. */
    private boolean mixed;

    GroupPromises(Site site, Observation seen, Violations violations) {
        this.site = site;
        this.seen = seen;
        this.violations = violations;
    }

    /** G1: production moves when all services of all waves have passed, and those of the waves before have moved and bear it. */
    @Override
    public void happened(Journal.Entry entry) {
        if (!entry.kind().equals("TrafficShifted") || !"production".equals(entry.facts().get("route"))) {
            return;
        }
        DeploymentInfo deployment = seen.deployment(entry.subject());
        LedgerItem release = seen.releaseOf(deployment);
        LedgerItem group = release == null ? null : seen.item("group-release#" + release.text("groupRelease"));
        if (release == null || group == null) {
            return;
        }
        List<LedgerItem> members = group.list("members");
        LedgerItem mine = members.stream().filter(member -> release.name().equals(member.text("releaseId")))
                .findFirst().orElse(null);
        if (mine == null) {
            violations.unless(group.has("failure"), "G1", deployment.deploymentId() + " takes "
                    + release.service() + " back, but nothing of its group had failed");
            return;
        }
        for (LedgerItem member : members) {
            violations.unless(member.has("vote"), "G1", deployment.deploymentId() + " moved production of "
                    + release.service() + " before " + member.service() + " had passed");
            violations.unless(wave(member) >= wave(mine) || member.has("moved"), "G1", deployment.deploymentId()
                    + " moved production of " + release.service() + " before that of " + member.service()
                    + ", of an earlier wave, had moved");
        }
    }

    private static int wave(LedgerItem member) {
        return Integer.parseInt(Objects.requireNonNull(member.text("wave")));
    }

    /** G2: how a group ended is what its services serve then: all the pushed image, all the same as before, or people are told. */
    @Override
    public void written(@Nullable LedgerItem before, LedgerItem after) {
        if (!after.isA("group-release") || after.outcome() == null || (before != null && before.outcome() != null)) {
            return;
        }
        Set<String> served = new TreeSet<>();
        site.websites().forEach(website -> served.addAll(website.servable(website.production())));
        switch (String.valueOf(after.outcome())) {
            case "MIXED" -> mixed = true;
            case "DEPLOYED" -> {
                mixed = false;
                violations.unless(served.equals(Set.of(String.valueOf(after.text("push", "digest")))), "G2", after.id()
                        + " ended as DEPLOYED, but its services serve " + served);
            }
            default -> violations.unless(mixed || served.size() == 1 || !hasTurn(after), "G2", after.id()
                    + " ended as " + after.outcome() + " (" + after.reason() + "), but its services serve " + served);
        }
    }

    /** While it is not its turn, another release may be moving production. */
    private boolean hasTurn(LedgerItem group) {
        return seen.ledger().stream().anyMatch(item -> item.isQueue()
                && group.name().equals(item.text("running", "releaseId")));
    }

    /** G2 once more, when everything has come to rest; G3: a push comes to one outcome of its group. */
    void atRest() {
        Set<String> served = new TreeSet<>();
        site.websites().forEach(website -> served.addAll(website.servedAt(website.production())));
        violations.unless(mixed || served.size() == 1, "G2", "the services serve " + served
                + ", and nobody was told of a mix");
        Map<String, Integer> outcomes = new HashMap<>();
        seen.ledger().stream().filter(item -> item.isA("group-release")).forEach(
                item -> outcomes.merge(String.valueOf(item.text("execution")), 1, Integer::sum));
        outcomes.forEach((execution, count) -> violations.unless(count == 1, "G3", execution + " has " + count
                + " releases of the group"));
    }
}
