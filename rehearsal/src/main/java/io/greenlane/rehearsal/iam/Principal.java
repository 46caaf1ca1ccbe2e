package io.greenlane.rehearsal.iam;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who makes a request. */
public sealed interface Principal {
    /** As policies and messages name it: an ARN, or the name of a service. */
    String name();

    /** What a request has because of its principal, by condition key in lower case. */
    Map<String, List<String>> context();

    /**
     * Somebody with temporary credentials of a role.
     *
     * @param role its ARN
     * @param sessionName a function's name for its calls
     * @param assumption how the role was assumed; null when its trust policy is not asked
     */
    record Session(String role, String sessionName, @Nullable Assumption assumption) implements Principal {
        @Override
        public String name() {
            return "arn:aws:sts::" + account() + ":assumed-role/" + roleName() + "/" + sessionName;
        }

        /** The name of the role. */
        public String roleName() {
            return role.substring(role.lastIndexOf('/') + 1);
        }

        @Override
        public Map<String, List<String>> context() {
            return Map.of("aws:principalarn", List.of(role), "aws:principalaccount", List.of(account()),
                    "aws:principaltype", List.of("AssumedRole"));
        }

        /** The account of the role. */
        public String account() {
            return role.split(":", 6)[4];
        }
    }

    /**
     * A service that works under a role.
     *
     * @param service {@code states.amazonaws.com}
     * @param source ARN of what it does that for: a state machine
     */
    record Assumption(String service, String source) {}

    /**
     * A service of AWS on its own behalf.
     *
     * @param name {@code events.amazonaws.com}
     */
    record Service(String name) implements Principal {
        @Override
        public Map<String, List<String>> context() {
            return Map.of("aws:principalisawsservice", List.of("true"), "aws:principalservicename", List.of(name));
        }
    }
}
