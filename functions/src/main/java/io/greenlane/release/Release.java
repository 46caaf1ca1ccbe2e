package io.greenlane.release;

import io.greenlane.image.Push;
import io.greenlane.service.ServiceReference;
import java.time.Instant;
import java.util.List;
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
 */
public record Release(String id, Push push, ServiceReference service, int generation, String execution,
        List<String> eventIds, Instant openedAt, Instant lookedAt, Launch launch, @Nullable Ending ending) {
    public Release {
        eventIds = List.copyOf(eventIds);
    }

    /** A release that just began. */
    public static Release opened(Push push, ServiceReference service, int generation, String execution, Instant now) {
        return new Release(ReleaseId.of(push, service, generation), push, service, generation, execution,
                List.of(push.eventId()), now, now, Launch.NONE, null);
    }

    /** Another event asked for the same. */
    Release alsoAskedBy(String eventId) {
        return new Release(id, push, service, generation, execution,
                Stream.concat(eventIds.stream(), Stream.of(eventId)).toList(), openedAt, lookedAt, launch, ending);
    }

    /** Somebody looked after it. */
    public Release looked(Instant now) {
        return new Release(id, push, service, generation, execution, eventIds, openedAt, now, launch, ending);
    }

    /** The same with another state of its launch. */
    public Release with(Launch newLaunch) {
        return new Release(id, push, service, generation, execution, eventIds, openedAt, lookedAt, newLaunch, ending);
    }

    Release with(Ending newEnding) {
        return new Release(id, push, service, generation, execution, eventIds, openedAt, lookedAt, launch, newEnding);
    }

    /** The place of this release in the queue of its service. */
    public Turn turn() {
        return new Turn(id, push.repository(), push.digest(), push.time(), null);
    }
}
