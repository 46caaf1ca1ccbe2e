package io.greenlane.release;

import io.greenlane.image.Push;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What a push that asks for an image finds, where a release of that image was opened before: at a service, or at a group. */
enum Asking {
    /** It asks again for the release of its own execution. */
    OWN,
    /** Another execution had the very same event, or found the push before its event came. */
    SAME_EVENT,
    /** Another execution is releasing the image, and knows of this event. */
    KNOWN_TO_OTHER,
    /** Another execution is releasing the image, and is to know of this event. */
    NEW_TO_OTHER,
    /** That release has ended, or makes way; the next generation is to be asked for. */
    CLOSED;

    /** What has been asked for. */
    interface Asked {
        Push push();

        String execution();

        List<String> eventIds();

        @Nullable
        Ending ending();
    }

    /**
     * Compares what is asked for with what was.
     *
     * @param joinable whether the known release still brings its image; asked only when nothing else decides
     */
    static Asking of(Asked fresh, Asked known, BooleanSupplier joinable) {
        String eventId = fresh.push().eventId();
        if (known.execution().equals(fresh.execution())) {
            return OWN;
        }
        if (known.push().eventId().equals(eventId) || known.push().isFoundTwinOf(fresh.push())) {
            return SAME_EVENT;
        }
        boolean asked = known.eventIds().contains(eventId);
        Ending ending = known.ending();
        if (ending != null) {
            return asked && ending.outcome() != Outcome.SUPERSEDED ? SAME_EVENT : CLOSED;
        }
        if (!joinable.getAsBoolean()) {
            return CLOSED;
        }
        return asked ? KNOWN_TO_OTHER : NEW_TO_OTHER;
    }
}
