package io.greenlane.release;

import io.greenlane.image.Push;
import io.greenlane.service.ServiceReference;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One release as the ledger knows it.
 *
 * @param id see {@link ReleaseId}
 * @param generation 1 for the first release of this image to this service
 * @param execution ARN of the workflow execution that brings it; no other may end it
 * @param eventIds events that asked for it; the same event again asks for nothing
 * @param lookedAt when somebody last looked after it; the sweep looks when that is too long ago
 * @param ending null while the release is open
 * @param groupRelease the release of the group that this one is part of, or takes back; null when the service is released alone
 * @param overridden gates that it passed because a person had overridden them
 */
public record Release(String id, Push push, ServiceReference service, int generation, String execution,
        List<String> eventIds, Instant openedAt, Instant lookedAt, Launch launch, @Nullable Ending ending,
        @Nullable String groupRelease, List<OverriddenGate> overridden) implements Asking.Asked {
    public Release {
        eventIds = List.copyOf(eventIds);
        overridden = List.copyOf(overridden);
    }

    /** A release that just began. */
    public static Release opened(Push push, ServiceReference service, int generation, String execution, Instant now) {
        return opened(push, service, generation, execution, null, now);
    }

    static Release opened(Push push, ServiceReference service, int generation, String execution,
            @Nullable String groupRelease, Instant now) {
        return new Release(ReleaseId.of(push, service, generation), push, service, generation, execution,
                List.of(push.eventId()), now, now, Launch.NONE, null, groupRelease, List.of());
    }

    static Release of(GroupRelease group, GroupRelease.Member member, Instant now) {
        return new Release(member.releaseId(), group.push(), member.service(), group.generation(), group.execution(),
                group.eventIds(), now, now, Launch.NONE, null, group.id(), List.of());
    }

    /** Whether it is the release of one member of a group: not one that takes a member back. */
    public boolean isMember() {
        return groupRelease != null && id.equals(ReleaseId.ofMember(groupRelease, service));
    }

    /** Whose turn its own turn is: that of its group, or its own. */
    public String turnId() {
        return groupRelease == null ? id : groupRelease;
    }

    /** Another event asked for the same. */
    Release alsoAskedBy(String eventId) {
        return new Release(id, push, service, generation, execution,
                Stream.concat(eventIds.stream(), Stream.of(eventId)).toList(), openedAt, lookedAt, launch, ending,
                groupRelease, overridden);
    }

    /** Somebody looked after it. */
    public Release looked(Instant now) {
        return new Release(id, push, service, generation, execution, eventIds, openedAt, now, launch, ending,
                groupRelease, overridden);
    }

    /** The same with another state of its launch. */
    public Release with(Launch newLaunch) {
        return new Release(id, push, service, generation, execution, eventIds, openedAt, lookedAt, newLaunch, ending,
                groupRelease, overridden);
    }

    Release with(Ending newEnding) {
        return new Release(id, push, service, generation, execution, eventIds, openedAt, lookedAt, launch, newEnding,
                groupRelease, overridden);
    }

    /** Which gates it passed because a person had overridden them, for people; empty when none. */
    public String overriddenSentences() {
        return overridden.stream().map(OverriddenGate::sentence).collect(Collectors.joining(" "));
    }

    /** The same that passes gates because a person has overridden them. */
    Release overriding(List<OverriddenGate> gates) {
        return new Release(id, push, service, generation, execution, eventIds, openedAt, lookedAt, launch, ending,
                groupRelease, gates);
    }

    /** The place of this release in the queue of its service. */
    public Turn turn() {
        return new Turn(id, push.repository(), push.digest(), push.time(), null);
    }
}
