package io.greenlane.service;

import io.greenlane.json.JsonObject;
import io.greenlane.json.Quote;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a push does to a release of the same service that has not ended.
 *
 * @param endTerminationWait whether a release that waits may end the time for which blue is kept, once everything about the new
 *     version has been validated
 */
public record Overlap(Policy policy, boolean endTerminationWait) {
    /** What applies where nothing is said. */
    public static final Overlap DEFAULT = new Overlap(Policy.NEWEST_WINS, false);

    private static final String POLICY = "overlap";
    private static final String END_TERMINATION_WAIT = "endTerminationWait";

    public Overlap {
        if (policy == Policy.REFUSE && endTerminationWait) {
            throw new IllegalArgumentException("endTerminationWait is for a release that waits, and with overlap '"
                    + policy + "' none does; leave one of the two out");
        }
    }

    /** The closed list of policies. */
    public enum Policy {
        /** The newest push is what is wanted: older ones make way until production has begun to move to them. */
        NEWEST_WINS("newest-wins"),
        /** Every push has its turn, in the order of the pushes. */
        QUEUE("queue"),
        /** A push during a release is turned away. */
        REFUSE("refuse");

        private final String word;

        Policy(String word) {
            this.word = word;
        }

        /** As it stands in the settings. */
        @Override
        public String toString() {
            return word;
        }

        private static Policy of(String path, String text) {
            return Arrays.stream(values()).filter(policy -> policy.word.equals(text)).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(path + " is one of "
                            + Arrays.stream(values()).map(Policy::toString).collect(Collectors.joining(", "))
                            + ", got " + Quote.of(text)));
        }
    }

    /** Reads the members beside others; what is left out is as in {@link #DEFAULT}. */
    public static Overlap from(JsonObject members) {
        String policy = members.optionalText(POLICY);
        boolean ends = members.members().get(END_TERMINATION_WAIT) == null
                ? DEFAULT.endTerminationWait
                : members.truth(END_TERMINATION_WAIT);
        return new Overlap(policy == null ? DEFAULT.policy : Policy.of(members.path(POLICY), policy), ends);
    }

    /** The members that {@link #from} reads. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(POLICY, policy.toString());
        members.put(END_TERMINATION_WAIT, endTerminationWait);
        return members;
    }
}
