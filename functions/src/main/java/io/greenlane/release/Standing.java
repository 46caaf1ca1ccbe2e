package io.greenlane.release;

import org.jspecify.annotations.Nullable;

/** Whether releases may go on: by their place in the queue, and for members of a group by what has become of the others. */
public final class Standing {
    private final ServiceQueue queue;
    private final GroupReleases groups;

    public Standing(ServiceQueue queue, GroupReleases groups) {
        this.queue = queue;
        this.groups = groups;
    }

    /** Why a release that has or had its turn may not go on; null when it may. */
    public @Nullable Objection objection(Release release) {
        Objection objection = queue.head(release.service()).objection(release.turnId());
        return objection == null && release.isMember() ? ofGroup(release) : objection;
    }

    private @Nullable Objection ofGroup(Release release) {
        GroupRelease group = release.groupRelease() == null ? null : groups.find(release.groupRelease());
        return group == null ? null : group.objection(release.id());
    }
}
