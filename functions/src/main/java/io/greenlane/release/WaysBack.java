package io.greenlane.release;

import io.greenlane.image.Push;
import io.greenlane.release.RollBack.Way;
import io.greenlane.service.ServiceReference;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether the ledger bears out that production is to go back to an image. Whoever can start the workflow can say so in an event;
 * what counts is what was written down before one was started.
 */
public final class WaysBack {
    private final RollBacks rollBacks;
    private final KnownGoods goods;
    private final Releases releases;
    private final GroupReleases groups;

    public WaysBack(Ledger ledger, Releases releases, GroupReleases groups) {
        this.rollBacks = new RollBacks(ledger);
        this.goods = new KnownGoods(ledger);
        this.releases = releases;
        this.groups = groups;
    }

    /**
     * Who wants it, for people; null when nobody does, or no more.
     *
     * @param push by whose event the image is wanted
     * @param services that it is released to together
     * @param backFrom the release of a group that is said to be taken back; null when none is
     */
    public @Nullable String wanted(Push push, List<ServiceReference> services, @Nullable String backFrom) {
        if (!push.byOperator()) {
            return null;
        }
        return backFrom == null ? rolledBack(push, services) : takenBack(push, services, backFrom);
    }

    /**
     * The same for a release that a push began, and that an operator who rolls back to its image has joined since.
     *
     * @param turnId the release, or the release of its group
     */
    public @Nullable String joined(String turnId, Push push, List<ServiceReference> services) {
        Asking.Asked known = ReleaseId.isOfGroup(turnId) ? groups.find(turnId) : releases.find(turnId);
        return known != null && known.eventIds().stream().anyMatch(id -> id.startsWith(Push.OPERATOR))
                ? rolledBack(push, services)
                : null;
    }

    private @Nullable String rolledBack(Push push, List<ServiceReference> services) {
        return services.stream().map(service -> rolledBack(push, service)).filter(Objects::nonNull).findFirst()
                .orElse(null);
    }

    /** A roll-back counts once, as an override of gates does: until what it leads to has been deployed. */
    private @Nullable String rolledBack(Push push, ServiceReference service) {
        RollBack last = rollBacks.find(service);
        if (last == null || !(last.way() instanceof Way.Again again)) {
            return null;
        }
        KnownGood target = again.target();
        boolean leadsThere = target.repository().equals(push.repository()) && target.digest().equals(push.digest());
        return leadsThere && !KnownGoods.mayHave(goods.of(service), push.digest(), last.at())
                ? last.operator().name() + " rolls " + service.key() + " back (" + last.operator().reason() + ")"
                : null;
    }

    private @Nullable String takenBack(Push push, List<ServiceReference> services, String backFrom) {
        GroupRelease group = groups.find(backFrom);
        return group != null && services.stream().allMatch(service -> group.takesBack(push, service))
                ? "group release " + backFrom + " is taken back"
                : null;
    }
}
