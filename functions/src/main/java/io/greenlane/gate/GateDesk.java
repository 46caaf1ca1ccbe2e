package io.greenlane.gate;

import io.greenlane.gate.GateFiles.Sought;
import io.greenlane.image.ImageGoneException;
import io.greenlane.image.Push;
import io.greenlane.json.Quote;
import io.greenlane.release.GateOverrides;
import io.greenlane.release.GateWait;
import io.greenlane.release.GateWaits;
import io.greenlane.release.Operator;
import io.greenlane.release.WaysBack;
import io.greenlane.service.ServiceNotDeployableException;
import io.greenlane.service.ServiceReference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a release that has its turn looks at the gates of its service, or of all services of its group. */
public final class GateDesk {
    /** How long a release waits for a file that its place does not give out. */
    private static final Duration UNREADABLE = Duration.ofMinutes(30);

    private static final String NOT_BORNE_OUT = " The event says that an operator goes back to the image, and the ledger knows"
            + " of no roll-back to it that is still to be done, so its gates hold it as they hold a push;"
            + " ./operate roll-back goes back.";

    private final GateFiles files;
    private final Facts facts;
    private final GateWaits waits;
    private final GateOverrides overrides;
    private final WaysBack waysBack;
    private final ApprovalCheck approvals;
    private final Clock clock;

    public GateDesk(GateFiles files, Facts facts, GateWaits waits, GateOverrides overrides, WaysBack waysBack,
            ApprovalCheck approvals, Clock clock) {
        this.files = files;
        this.facts = facts;
        this.waits = waits;
        this.overrides = overrides;
        this.waysBack = waysBack;
        this.approvals = approvals;
        this.clock = clock;
    }

    /**
     * Looks once. What an operator takes production back to passes: it passed before, and a freeze or an alarm must not keep
     * anybody from going back. That an event says so is not enough, the ledger must bear it out.
     *
     * @param turnId the release, or the release of its group
     * @param services that the push is released to together
     * @param backFrom the release of a group that is said to be taken back; null when none is
     * @throws ServiceNotDeployableException when a service or its deployment group is not what it has to be
     * @throws io.greenlane.image.ImageGoneException when the image is no longer there
     */
    public Passage look(String turnId, Push push, List<ServiceReference> services, @Nullable String backFrom) {
        String back = waysBack.wanted(push, services, backFrom);
        if (back != null) {
            return back(back);
        }
        Map<ServiceReference, Sought> sought = new LinkedHashMap<>();
        for (ServiceReference service : services) {
            if (service.service() == null) {
                throw new ServiceNotDeployableException("Nobody knows the ECS service of " + service.key());
            }
            sought.put(service, files.of(service.service()));
        }
        if (sought.values().stream().allMatch(Sought.None.class::isInstance)) {
            return Passage.of(List.of());
        }
        Instant now = clock.instant();
        GateWait wait = waits.find(turnId);
        Look look = new Look(now, wait == null ? now : wait.since());
        List<Finding> findings = new ArrayList<>();
        sought.forEach((service, file) -> findings
                .addAll(judge(new Candidate(service, push.repository(), push.digest()), file, look)));
        findings.addAll(approval(turnId, push, sought, findings, look));
        Passage passage = unlessJoined(turnId, push, services,
                Passage.of(findings, push.byOperator() ? NOT_BORNE_OUT : ""));
        switch (passage) {
            case Passage.Waiting(String sentence, Instant until) -> waits.wait(turnId, now, until, sentence);
            case Passage.Open open when wait != null -> waits.end(turnId);
            case Passage.Open open -> {
                // it never waited
            }
            case Passage.Closed closed -> {
                // its outcome tells
            }
        }
        return passage;
    }

    private static Passage back(String who) {
        return new Passage.Open("What production goes back to passes every gate: " + who + ".");
    }

    /** Only what is held is looked up: an operator who rolls back to the same image has joined the release, rather than begun one. */
    private Passage unlessJoined(String turnId, Push push, List<ServiceReference> services, Passage found) {
        String joined = found instanceof Passage.Open || push.byOperator()
                ? null
                : waysBack.joined(turnId, push, services);
        return joined == null ? found : back(joined);
    }

    private List<Finding> judge(Candidate candidate, Sought sought, Look look) {
        return switch (sought) {
            case Sought.None none -> List.of();
            case Sought.Unusable(String sentence) ->
                List.of(unlessOverridden(new Finding.Blocked(Gate.FILE, sentence), candidate, look));
            case Sought.Unreadable(String sentence) ->
                List.of(unlessOverridden(look.notYet(Gate.FILE, sentence, UNREADABLE,
                        "see to it that it can be read, and push again"), candidate, look));
            case Sought.File(GateRules rules) ->
                rules.gates().stream().flatMap(gate -> judge(gate, candidate, look)).toList();
        };
    }

    /**
     * One approval for all services of the release, looked at after all else. Nobody is asked to approve what may not start anyway;
     * what still waits for something else can be approved meanwhile.
     */
    private List<Finding> approval(String turnId, Push push, Map<ServiceReference, Sought> sought,
            List<Finding> others, Look look) {
        Approval wanted = sought.values().stream().filter(Sought.File.class::isInstance)
                .flatMap(file -> ((Sought.File) file).rules().gates().stream()).filter(Approval.class::isInstance)
                .map(Approval.class::cast).min(Comparator.comparing(Approval::patience)).orElse(null);
        if (wanted == null || others.stream().anyMatch(Finding.Blocked.class::isInstance)) {
            return List.of();
        }
        Operator operator = overrides.of(sought.keySet().iterator().next(), push.digest(), wanted.name(), look.now());
        if (operator != null) {
            return List.of(new Finding.Overridden(wanted.name(), "it is not waited for", operator));
        }
        List<Change.Part> parts = new ArrayList<>();
        sought.forEach((service, file) -> parts.add(new Change.Part(service,
                facts.production(new Candidate(service, push.repository(), push.digest())),
                file instanceof Sought.File(GateRules rules) ? rules.name() : "none")));
        Change change = Change.of(push.repository(), push.digest(), parts);
        return List.of(approvals.look(turnId, parts.getFirst().service(), change, wanted, look));
    }

    /** A gate that is overridden does not hold the release either where nobody can say how it stands. */
    private Stream<Finding> judge(Gate gate, Candidate candidate, Look look) {
        try {
            return judged(gate, candidate, look).map(found -> unlessOverridden(found, candidate, look));
        } catch (ServiceNotDeployableException | ImageGoneException e) {
            throw e;
        } catch (RuntimeException e) {
            Operator operator = overrides.of(candidate.service(), candidate.digest(), gate.name(), look.now());
            if (operator == null) {
                throw e;
            }
            return Stream.of(new Finding.Overridden(gate.name(),
                    "it could not be looked at, " + Quote.of(e.getMessage()), operator));
        }
    }

    private Stream<Finding> judged(Gate gate, Candidate candidate, Look look) {
        return switch (gate) {
            case Platform platform -> Stream.of(platform.judge(facts.task(candidate), facts.image(candidate)));
            case Scan scan -> Stream.of(scan.judge(facts.scans(candidate), look));
            case Signature signature -> Stream.of(signature.judge(candidate.digest(),
                    signature.profiles().isEmpty() ? List.of() : facts.signatures(candidate),
                    signature.keys().isEmpty() ? List.of() : facts.cosignSignatures(candidate), look));
            case AlarmsQuiet alarms -> Stream.of(
                    alarms.judge(facts.alarms(candidate, alarms.ofDeploymentGroup(), alarms.names()), look));
            case Freeze freeze -> Stream.of(freeze.judge(look));
            case Approval ofAllServices -> Stream.empty();
        };
    }

    /** Only what does not let the release pass is looked up. */
    private Finding unlessOverridden(Finding found, Candidate candidate, Look look) {
        if (found instanceof Finding.Passed) {
            return found;
        }
        Operator operator = overrides.of(candidate.service(), candidate.digest(), found.gate(), look.now());
        return operator == null ? found : new Finding.Overridden(found.gate(), found.sentence(), operator);
    }
}
