package io.greenlane.rehearsal.template;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The roles and managed policies of the account, with their documents as JSON values, and policies of resources. */
public final class Roles {
    private final Map<String, Role> roles = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> managedPolicies = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> resourcePolicies = new LinkedHashMap<>();

    /** The role with that ARN. */
    public Optional<Role> role(String arn) {
        return Optional.ofNullable(roles.get(arn));
    }

    public Collection<Role> roles() {
        return Collections.unmodifiableCollection(roles.values());
    }

    /** The document of a managed policy that a template defines; those of AWS are not known here. */
    public Optional<Map<String, Object>> managedPolicy(String arn) {
        return Optional.ofNullable(managedPolicies.get(arn));
    }

    /** The policy of a queue or topic, by its ARN. */
    public Optional<Map<String, Object>> resourcePolicy(String arn) {
        return Optional.ofNullable(resourcePolicies.get(arn));
    }

    void add(Role role) {
        roles.put(role.arn(), role);
    }

    void addManagedPolicy(String arn, Map<String, Object> document) {
        managedPolicies.put(arn, document);
    }

    void addResourcePolicy(String arn, Map<String, Object> document) {
        resourcePolicies.put(arn, document);
    }

    /**
     * A role as a template defines it.
     *
     * @param trust the policy that says who may assume it
     * @param inline documents by policy name
     * @param managedPolicyArns attached, in order
     */
    public record Role(
            String arn, String name, Map<String, Object> trust, Map<String, Map<String, Object>> inline,
            List<String> managedPolicyArns) {}
}
