package io.greenlane.release;

import java.util.Map;
import java.util.Objects;

/** Wakes workflows that sleep until it is the turn of their release. */
public final class Waking {
    private final GroupReleases groups;
    private final Callbacks callbacks;

    public Waking(GroupReleases groups, Callbacks callbacks) {
        this.groups = groups;
        this.callbacks = callbacks;
    }

    /**
     * Wakes whoever sleeps on a place: one workflow state, or one for each member of a group.
     *
     * @param why for the one who is woken
     * @return whether anybody slept
     */
    public boolean wake(Turn turn, String why) {
        if (turn.isOfGroup()) {
            GroupRelease group = groups.find(turn.releaseId());
            return group != null && wake(group, why);
        }
        return turn.token() != null && wake(turn.token(), why);
    }

    boolean wake(GroupRelease group, String why) {
        return group.members().stream().map(GroupRelease.Member::token).filter(Objects::nonNull)
                .filter(token -> wake(token, why)).count() > 0;
    }

    boolean wake(String token, String why) {
        return callbacks.succeed(token, Map.of("woken", why));
    }
}
