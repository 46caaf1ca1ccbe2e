package io.greenlane.rehearsal.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.greenlane.rehearsal.release.Site;
import io.greenlane.rehearsal.release.Website;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.ecs.model.TaskSet;

/** What holds when everything has come to rest. */
final class QuietPromises {
    private static final Set<String> ANNOUNCED = Set.of("DEPLOYED", "ROLLED_BACK", "REJECTED", "SUPERSEDED",
            "IMAGE_GONE", "HELD", "ABORTED", "DIVERGED", "FAILED", "MIXED");

    private final Site site;
    private final Observation seen;
    private final Violations violations;
    private final boolean testFollows;
    private final long refusable;

    /**
     * @param testFollows whether the test listeners are to follow production
     * @param refusable how many events may be given up: the second copy of one whose execution, named after it, has ended
     */
    QuietPromises(Site site, Observation seen, Violations violations, boolean testFollows, long refusable) {
        this.site = site;
        this.refusable = refusable;
        this.testFollows = testFollows;
        this.seen = seen;
        this.violations = violations;
    }

    /**
     * Looks at all of them; nobody of the workflow is at work any more.
     *
     * @param newest digest that was pushed last; null when none was, or it was deleted
     */
    void check(@Nullable String newest) {
        pushesAreKnown(newest);
        oneOutcomeEach();
        outcomesAreTrue();
        whatFailedIsQuarantined();
        announcementsAreOutcomes();
        onlyWhatOthersChangedIsDrift();
        site.websites().forEach(this::productionServesTheNewestDeployed);
        site.websites().forEach(this::listenersAreAtRest);
        nothingIsOpen();
        nobodyWasRefused();
    }

    /** I13: no function called what its role is not granted. */
    private void nobodyWasRefused() {
        site.cloud().audit.denied().forEach(denied -> violations.unless(false, "I13", denied.sentence()));
    }

    /** I6: each execution has come to one outcome at each service that it is for, and each release to one. */
    private void oneOutcomeEach() {
        Map<String, List<String>> outcomes = new HashMap<>();
        for (LedgerItem item : seen.ledger()) {
            violations.unless(!item.isRelease() || item.outcome() != null, "I6", item.id() + " has no outcome");
            if (item.outcome() != null && item.text("execution") != null && !item.isA("group-release")) {
                outcomes.computeIfAbsent(String.valueOf(item.text("execution")), any -> new ArrayList<>())
                        .add(String.valueOf(item.service()));
            }
        }
        site.executionArns().forEach(arn -> {
            List<String> services = outcomes.getOrDefault(arn, List.of());
            boolean each = services.size() == site.websites().size()
                    && services.stream().distinct().count() == services.size();
            violations.unless(each || (services.size() == 1 && !hasGroup(arn)), "I6", "execution " + arn
                    + " has " + services.size() + " outcomes, for " + services);
        });
    }

    /** Whether an execution brought a push to a group: else it was for one service, or for none. */
    private boolean hasGroup(String execution) {
        return seen.ledger().stream().anyMatch(item -> item.isA("group-release")
                && execution.equals(item.text("execution")));
    }

    /** I7: the newest push was seen, whatever became of its event. */
    private void pushesAreKnown(@Nullable String newest) {
        violations.unless(newest == null || seen.ledger().stream().anyMatch(
                item -> newest.equals(item.text("push", "digest")) && item.outcome() != null), "I7",
                "the newest push, " + newest + ", has come to nothing");
    }

    /** I6: the outcome is what happened. */
    private void outcomesAreTrue() {
        for (DeploymentInfo deployment : site.allDeployments()) {
            LedgerItem release = seen.releaseOf(deployment);
            if (release != null) {
                boolean succeeded = deployment.status() == DeploymentStatus.SUCCEEDED;
                boolean isDeployed = "DEPLOYED".equals(release.outcome())
                        || ("DIVERGED".equals(release.outcome()) && deployedByHand());
                violations.unless(succeeded == isDeployed, "I6", release.id()
                        + " ended as " + release.outcome() + " (" + release.reason() + "), but its deployment "
                        + deployment.deploymentId() + " is " + deployment.status());
            }
        }
    }

    /** I4: whose image was tried and found bad, as the outcome says; a verdict that the ledger did not take is only reported. */
    private void whatFailedIsQuarantined() {
        for (DeploymentInfo deployment : site.allDeployments()) {
            LedgerItem release = seen.releaseOf(deployment);
            LedgerItem notes = seen.item("deployment#" + deployment.deploymentId());
            if (release != null && notes != null && "ROLLED_BACK".equals(release.outcome())) {
                boolean failed = notes.attributes().keySet().stream().anyMatch(
                        hook -> "FAIL".equals(notes.text(hook, "result")) && notes.text(hook, "report") != null
                                && release.reason().startsWith(hook));
                violations.unless(!failed || seen.ledger().stream().anyMatch(item -> item.isA("quarantine")
                        && item.name().equals(release.service() + "#" + release.text("push", "digest"))), "I4",
                        release.text("push", "digest")
                                + " failed in " + deployment.deploymentId() + " and is not in quarantine");
            }
        }
    }

    /** I10: what is announced are the outcomes, all of them, each under one id. */
    private void announcementsAreOutcomes() {
        Map<String, Integer> due = new TreeMap<>();
        for (LedgerItem item : seen.ledger()) {
            if (item.outcome() != null && ANNOUNCED.contains(item.outcome())) {
                due.merge(item.outcome() + ": " + item.reason(), 1, Integer::sum);
            }
        }
        Map<String, Set<String>> told = new TreeMap<>();
        for (JsonNode message : seen.announcements()) {
            if (message.has("drift")) {
                continue;
            }
            told.computeIfAbsent(message.path("outcome").asText() + ": " + message.path("reason").asText(),
                    any -> new TreeSet<>()).add(message.path("id").asText());
        }
        Map<String, Integer> counts = new TreeMap<>();
        told.forEach((what, ids) -> counts.put(what, ids.size()));
        violations.unless(due.equals(counts), "I10", "to be announced: " + due + "; announced: " + counts);
    }

    /** I10: nobody hears that a service differs when nobody else has changed it. */
    private void onlyWhatOthersChangedIsDrift() {
        seen.announcements().stream().filter(message -> message.has("drift") && !deployedByHand()).forEach(
                message -> violations.unless(false, "I10", "nobody else changed anything, but was told: " + message));
    }

    private boolean deployedByHand() {
        return site.allDeployments().stream().anyMatch(it -> it.status() == DeploymentStatus.SUCCEEDED
                && !Observation.isRollback(it) && seen.releaseOf(it) == null);
    }

    /**
     * I7: of all that was deployed, production serves the last; nothing older came after something newer. I12: what a person
     * brought to production is undone by nothing that was pushed before.
     */
    private void productionServesTheNewestDeployed(Website website) {
        String expected = site.firstDigest();
        Instant newest = Instant.MIN;
        Instant decidedByHand = Instant.MIN;
        for (DeploymentInfo deployment : website.deployments()) {
            if (deployment.status() != DeploymentStatus.SUCCEEDED || Observation.isRollback(deployment)) {
                continue;
            }
            String digest = website.digestOf(deployment);
            LedgerItem release = seen.releaseOf(deployment);
            if (release != null) {
                Instant pushed = pushedAt(release);
                violations.unless(!pushed.isBefore(newest), "I7", release.id() + ", pushed at " + pushed
                        + ", was deployed after a push of " + newest);
                violations.unless(!pushed.isBefore(decidedByHand), "I12", release.id() + ", pushed at "
                        + pushed + ", undid what was deployed by hand at " + decidedByHand);
                newest = pushed;
            } else if (!digest.equals(expected)) {
                decidedByHand = deployment.createTime().truncatedTo(ChronoUnit.SECONDS);
            }
            expected = digest;
        }
        Set<String> served = website.servedAt(website.production());
        violations.unless(served.equals(Set.of(expected)), "I7", "production serves " + served + ", deployed last was "
                + expected);
    }

    private static Instant pushedAt(LedgerItem release) {
        return Instant.parse(Objects.requireNonNull(release.text("push", "time"), release.id()));
    }

    /** I17: all weights are on the one task set that there is, behind production and, unless AWS leaves it, the test listener. */
    private void listenersAreAtRest(Website website) {
        List<TaskSet> taskSets = website.service().taskSets();
        violations.unless(taskSets.size() == 1, "I17", "the service has " + taskSets.size() + " task sets");
        Set<String> primary = new TreeSet<>();
        taskSets.stream().filter(it -> it.status().equals("PRIMARY")).flatMap(it -> it.loadBalancers().stream())
                .forEach(it -> primary.add(it.targetGroupArn()));
        for (int port : testFollows
                ? new int[]{website.production(), website.test()}
                : new int[]{website.production()}) {
            Set<String> weighty = new TreeSet<>();
            website.weights(port).forEach((group, weight) -> {
                if (weight > 0) {
                    weighty.add(group);
                }
            });
            violations.unless(weighty.equals(primary), "I17", "port " + port + " forwards to " + weighty
                    + ", the primary task set is in " + primary);
        }
    }

    /** Nobody waits for anything, and no event was given up. */
    private void nothingIsOpen() {
        for (LedgerItem item : seen.ledger()) {
            violations.unless(!item.isOpen(), "I9", item.id() + " is still to be looked after");
            violations.unless(!item.isQueue() || !item.has("running"), "I9", item.id() + " waits for a release");
        }
        violations.unless(site.undelivered() <= refusable, "I9", "events reached no target");
    }
}
