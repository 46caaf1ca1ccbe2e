package io.greenlane.rehearsal.iam;

import io.greenlane.rehearsal.endpoint.AwsService;
import java.util.List;

/**
 * A call, and what was decided about the permissions that it needs.
 *
 * @param who makes it
 * @param decisions in the order in which they were made, up to the first that refuses; empty when the call needs no permission.
 *     The first of a session is whether its role may be assumed
 */
public record DecidedCall(Principal who, AwsService service, String operation, List<Decision> decisions) {
    public DecidedCall {
        decisions = List.copyOf(decisions);
    }

    /** Whether the call is made. */
    public boolean isAllowed() {
        return decisions.stream().allMatch(Decision::isAllowed);
    }
}
