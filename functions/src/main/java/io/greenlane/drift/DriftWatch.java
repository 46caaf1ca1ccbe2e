package io.greenlane.drift;

import io.greenlane.deployment.Deployments;
import io.greenlane.release.Difference;
import io.greenlane.release.Difference.Kind;
import io.greenlane.release.Drift;
import io.greenlane.release.Drifts;
import io.greenlane.release.KnownGood;
import io.greenlane.release.KnownGoods;
import io.greenlane.release.Ledger;
import io.greenlane.release.Outbox;
import io.greenlane.release.ServiceHead;
import io.greenlane.release.ServiceQueue;
import io.greenlane.service.ServiceNotDeployableException;
import io.greenlane.service.ServiceReference;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Compares services at rest with what was deployed to them last, and tells what differs. It changes nothing at a service: who did it
 * may have had a reason.
 */
public final class DriftWatch {
    private final ServiceQueue queue;
    private final KnownGoods goods;
    private final Drifts drifts;
    private final Outbox outbox;
    private final Deployments deployments;
    private final Productions productions;
    private final Clock clock;

    public DriftWatch(Ledger ledger, Outbox outbox, Deployments deployments, Productions productions, Clock clock) {
        this.queue = new ServiceQueue(ledger);
        this.goods = new KnownGoods(ledger);
        this.drifts = new Drifts(ledger);
        this.outbox = outbox;
        this.deployments = deployments;
        this.productions = productions;
        this.clock = clock;
    }

    /**
     * Looks at a service, unless a release or a deployment of anybody is under way there, or nothing was deployed to it yet.
     *
     * @return what differs and nobody has accepted; nothing when it was not looked at
     */
    public List<Drift> look(ServiceReference service) {
        ServiceHead head = queue.head(service);
        KnownGood last = head.running() == null && head.waiting().isEmpty()
                ? goods.of(service).stream().findFirst().orElse(null)
                : null;
        if (last == null || deployments.hasActive(service.application(), service.deploymentGroup())) {
            return List.of();
        }
        List<Drift> known = drifts.of(service);
        List<Difference> found = compare(service, last, known);
        if (known.isEmpty() && found.isEmpty()) {
            return List.of();
        }
        outbox.announce(drifts.found(service, found, clock.instant()));
        return drifts.of(service).stream().filter(Drift::isOpen).toList();
    }

    private List<Difference> compare(ServiceReference service, KnownGood last, List<Drift> known) {
        try {
            Production seen = productions.look(service);
            List<Difference> found = new ArrayList<>(Comparison.of(last, seen, images(known)));
            // How many tasks there are to be is for others to say, and to say anew: only what the deployment left counts.
            known.stream().map(Drift::difference).filter(difference -> difference.kind() == Kind.DESIRED_COUNT
                    && difference.found().equals(Integer.toString(seen.desiredCount()))).forEach(found::add);
            return found;
        } catch (ServiceNotDeployableException e) {
            String sentence = String.valueOf(e.getMessage());
            return List.of(new Difference(Kind.NOT_DEPLOYABLE, "a service that can be deployed to", sentence,
                    "Nothing can be deployed as things are: " + sentence + "."));
        }
    }

    /** What is known already has its sentence. */
    private Function<String, List<String>> images(List<Drift> known) {
        return revision -> known.stream().map(Drift::difference)
                .anyMatch(one -> one.kind() == Kind.REVISION && one.found().equals(revision))
                        ? List.of()
                        : productions.images(revision);
    }
}
