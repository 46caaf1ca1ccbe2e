package io.greenlane.rehearsal.chaos;

/**
 * Something that is to go wrong.
 *
 * @param subject the end of the name of the function or rule that it befalls, or that and an operation; what a person does
 *     it to
 * @param ordinal which of the subject's calls, invocations or events, from 1, counted from the begin of the pushes; for a
 *     person: before which push
 */
public record PlannedFault(Kind kind, String subject, int ordinal) {
    public PlannedFault {
        if (ordinal < 1) {
            throw new IllegalArgumentException("ordinal counts from 1, got " + ordinal);
        }
    }

    /** Such as {@code ANSWER_LOST at call 7 of AdmitRelease}. */
    @Override
    public String toString() {
        return switch (kind.place()) {
            case CALL -> kind + " at call " + ordinal + " of " + subject;
            case INVOCATION -> kind + " at invocation " + ordinal + " of " + subject;
            case EVENT -> kind + " at event " + ordinal + " for " + subject;
            case PERSON -> kind + " before push " + ordinal;
        };
    }

    /** Where things go wrong. */
    enum Place {
        /** Between a function and AWS. */
        CALL,
        /** Between AWS and a function. */
        INVOCATION,
        /** Between a rule and its targets. */
        EVENT,
        /** Nowhere: a person does something. */
        PERSON
    }

    /** What goes wrong. */
    public enum Kind {
        /** The first attempt is refused for its rate. */
        THROTTLED_ONCE(Place.CALL),
        /** The first attempt fails, with nothing done. */
        FAILED_ONCE(Place.CALL),
        /** The connection breaks before the first attempt is there. */
        REQUEST_LOST(Place.CALL),
        /** The first attempt is served, but the connection breaks before the answer. */
        ANSWER_LOST(Place.CALL),
        /** Refused for its rate, however often the SDK asks. */
        THROTTLED(Place.CALL),
        /** Failing, however often the SDK asks. */
        FAILED(Place.CALL),
        /** The function's process is killed before the call arrives. */
        KILLED_BEFORE(Place.CALL),
        /** The function's process is killed when the call has been served. */
        KILLED_AFTER(Place.CALL),
        /** Lambda refuses the invocation for its rate. */
        INVOCATION_THROTTLED(Place.INVOCATION),
        /** The process ends before the function has done anything. */
        INVOCATION_FAILED(Place.INVOCATION),
        /** The invocation is delivered twice. */
        INVOKED_TWICE(Place.INVOCATION),
        /** The event reaches no target. */
        EVENT_LOST(Place.EVENT),
        /** The event arrives twice, a second apart. */
        EVENT_TWICE(Place.EVENT),
        /** The event arrives three minutes late, after others that were sent later. */
        EVENT_LATE(Place.EVENT),
        /** A person deploys what runs once more, past the workflow and its hooks, and the push meets it. */
        DEPLOYED_BY_HAND(Place.PERSON);

        private final Place place;

        Kind(Place place) {
            this.place = place;
        }

        Place place() {
            return place;
        }
    }
}
