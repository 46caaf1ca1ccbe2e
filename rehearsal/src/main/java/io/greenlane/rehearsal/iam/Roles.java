package io.greenlane.rehearsal.iam;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The roles and managed policies of the account, with their documents as JSON values, and policies of resources. */
public final class Roles {
    private final Map<String, Role> roles = new LinkedHashMap<>();
    private final Map<String, Policy> trusts = new HashMap<>();
    private final Map<String, Policy> managedPolicies = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> managedDocuments = new HashMap<>();
    private final Map<String, Map<String, Object>> resourceDocuments = new LinkedHashMap<>();
    private final Map<String, Policy> resourcePolicies = new HashMap<>();
    /** By role and action: a role has dozens of statements, of which one or two are about an action. */
    private final Map<String, Map<String, Policies>> ofRoles = new HashMap<>();

    /** The role with that ARN. */
    public Optional<Role> role(String arn) {
        return Optional.ofNullable(roles.get(arn));
    }

    public Collection<Role> roles() {
        return Collections.unmodifiableCollection(roles.values());
    }

    /** The policy of a queue, a topic, a bucket or a key, by its ARN. */
    public Optional<Map<String, Object>> resourcePolicy(String arn) {
        return Optional.ofNullable(resourceDocuments.get(arn));
    }

    /** The managed policy with that ARN. */
    public Optional<Map<String, Object>> managedPolicy(String arn) {
        return Optional.ofNullable(managedDocuments.get(arn));
    }

    /**
     * Adds a role, or gives it new policies.
     *
     * @throws IllegalArgumentException when a policy cannot be evaluated
     */
    public void add(Role role) {
        trusts.put(role.arn(), PolicyReader.read("trust of " + role.name(), role.trust()));
        role.inline().forEach(PolicyReader::read);
        roles.put(role.arn(), role);
        ofRoles.remove(role.arn());
    }

    /**
     * Adds a policy that roles name by its ARN.
     *
     * @throws IllegalArgumentException when the policy cannot be evaluated
     */
    public void addManagedPolicy(String arn, Map<String, Object> document) {
        managedPolicies.put(arn, PolicyReader.read(arn.substring(arn.lastIndexOf('/') + 1), document));
        managedDocuments.put(arn, document);
        ofRoles.clear();
    }

    /**
     * Gives a resource its policy.
     *
     * @throws IllegalArgumentException when the policy cannot be evaluated
     */
    public void addResourcePolicy(String arn, Map<String, Object> document) {
        resourcePolicies.put(arn, PolicyReader.read("of " + arn, document));
        resourceDocuments.put(arn, document);
    }

    /**
     * Adds a statement to the policy of a resource, once, as permissions of functions are added.
     *
     * @throws IllegalArgumentException when the statement cannot be evaluated
     */
    public void addStatement(String arn, Map<String, Object> statement) {
        List<Object> statements = new ArrayList<>();
        if (resourceDocuments.getOrDefault(arn, Map.of()).get("Statement") instanceof List<?> before) {
            statements.addAll(before);
        }
        if (!statements.contains(statement)) {
            statements.add(statement);
        }
        addResourcePolicy(arn, Map.of("Version", "2012-10-17", "Statement", statements));
    }

    /** Everything that is granted: to roles, to services by roles that trust them, and by the policies of resources. */
    public List<Grant> grants() {
        List<Grant> grants = new ArrayList<>();
        roles.keySet().forEach(arn -> policies(arn).identity().forEach(policy -> add(policy, arn, grants)));
        trusts.forEach((arn, trust) -> add(trust, arn, grants));
        resourcePolicies.forEach((arn, policy) -> add(policy, arn, grants));
        return List.copyOf(grants);
    }

    private static void add(Policy policy, String holder, List<Grant> grants) {
        policy.statements().stream().flatMap(statement -> statement.grants(holder)).forEach(grants::add);
    }

    /** Decides with the policies of the principal's role and of the resource. */
    Decision decide(AccessRequest request) {
        return meeting(request).decide(request);
    }

    /** Decides with the policies of the principal's role alone. */
    Decision simulate(AccessRequest request) {
        Policies meeting = meeting(request);
        return new Policies(meeting.identity(), meeting.boundary(), null).decide(request);
    }

    /** The policies that decide about a request, with what they say about its action. */
    Policies meeting(AccessRequest request) {
        Policies own = request.principal() instanceof Principal.Session session
                ? ofRoles.computeIfAbsent(session.role(), added -> new HashMap<>()).computeIfAbsent(request.action(),
                        added -> policies(session.role()).about(request))
                : new Policies(List.of(), null, null);
        Policy ofResource = request.action().equals("sts:AssumeRole")
                ? trusts.get(request.resource())
                : resourcePolicies.get(policyOwner(request.resource()));
        return ofResource == null ? own : new Policies(own.identity(), own.boundary(), ofResource);
    }

    /** An object's access is decided with the policy of its bucket. */
    static String policyOwner(String resource) {
        int slash = resource.startsWith("arn:aws:s3:::") ? resource.indexOf('/') : -1;
        return slash < 0 ? resource : resource.substring(0, slash);
    }

    private Policies policies(String arn) {
        Role role = roles.get(arn);
        if (role == null) {
            return new Policies(List.of(), null, null);
        }
        List<Policy> identity = new ArrayList<>();
        role.inline().forEach((name, document) -> identity.add(PolicyReader.read(name, document)));
        role.managedPolicyArns().forEach(managed -> Optional.ofNullable(managedPolicies.get(managed))
                .ifPresent(identity::add));
        return new Policies(List.copyOf(identity),
                role.boundary() == null ? null : managedPolicies.getOrDefault(role.boundary(), NOTHING), null);
    }

    /** Stands for a boundary that is not known here, which nothing passes. */
    private static final Policy NOTHING = new Policy("unknown", List.of());

    /**
     * A role as a template defines it.
     *
     * @param trust the policy that says who may assume it
     * @param inline documents by policy name
     * @param managedPolicyArns attached, in order; those that AWS manages are not known here and grant nothing
     * @param boundary ARN of the policy that bounds what it may do; null for none
     */
    public record Role(
            String arn, String name, Map<String, Object> trust, Map<String, Map<String, Object>> inline,
            List<String> managedPolicyArns, @Nullable String boundary) {}
}
