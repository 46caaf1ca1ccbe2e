package io.greenlane.deployment;

import io.greenlane.image.Push;
import io.greenlane.image.Registry;
import io.greenlane.service.TrackedService;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the registry holds, whether an event told of it or not. */
public interface NewestPushes {
    /**
     * The newest push that the service takes, pushed after one time and before another; null when there is none. Its event id is
     * derived from what was pushed, so asking again gives the same.
     */
    @Nullable
    Push of(Registry home, TrackedService service, Instant after, Instant before);
}
