package io.greenlane.rehearsal.iam;

import io.greenlane.rehearsal.iam.Roles.Role;
import io.greenlane.rehearsal.iam.Statement.Choice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is, or would be, decided if a template did not grant something. */
public final class WithoutGrant {
    private WithoutGrant() {}

    /** Whether the request would be refused. */
    public static boolean isRefused(Roles roles, Grant grant, AccessRequest request) {
        Policies all = roles.meeting(request);
        return !new Policies(all.identity().stream().map(policy -> without(policy, grant)).toList(), all.boundary(),
                all.resource() == null ? null : without(all.resource(), grant)).decide(request).isAllowed();
    }

    /**
     * Takes an action away: from the role that has it, from the trust of a role, or from the policy of a resource.
     *
     * @param resource on which alone it is taken away; null for all of the statement
     */
    public static void withdraw(Roles roles, Grant grant, @Nullable String resource) {
        Role role = roles.role(grant.holder()).orElse(null);
        if (role == null) {
            roles.addResourcePolicy(grant.holder(),
                    without(roles.resourcePolicy(grant.holder()).orElseThrow(), grant, resource));
        } else if (grant.policy().startsWith("trust of ")) {
            roles.add(new Role(role.arn(), role.name(), without(role.trust(), grant, resource), role.inline(),
                    role.managedPolicyArns(), role.boundary()));
        } else {
            List<String> managed = new ArrayList<>(role.managedPolicyArns());
            Map<String, Map<String, Object>> inline = new LinkedHashMap<>(role.inline());
            inline.compute(grant.policy(), (name, document) -> without(
                    document == null ? taken(roles, managed, name) : document, grant, resource));
            roles.add(new Role(role.arn(), role.name(), role.trust(), inline, managed, role.boundary()));
        }
    }

    /** Takes an action away from every statement that grants it to a role. */
    public static void withdraw(Roles roles, String roleArn, String action) {
        roles.grants().stream().filter(grant -> grant.holder().equals(roleArn) && grant.action().equals(action))
                .forEach(grant -> withdraw(roles, grant, null));
    }

    /** A managed policy that the role shares with others, and from now on has as one of its own. */
    private static Map<String, Object> taken(Roles roles, List<String> managed, String name) {
        String arn = managed.stream().filter(each -> each.endsWith("/" + name)).findFirst().orElseThrow();
        managed.remove(arn);
        return roles.managedPolicy(arn).orElseThrow();
    }

    private static Map<String, Object> without(Map<String, Object> document, Grant grant, @Nullable String resource) {
        List<Object> statements = new ArrayList<>(list(document.get("Statement")));
        Map<String, Object> statement = new LinkedHashMap<>();
        ((Map<?, ?>) statements.get(grant.statement() - 1))
                .forEach((member, value) -> statement.put(String.valueOf(member), value));
        List<?> resources = list(statement.get("Resource")).stream().filter(one -> !one.equals(resource)).toList();
        if (resource == null || resources.isEmpty()) {
            statement.put("Action", list(statement.get("Action")).stream().filter(one -> !one.equals(grant.action()))
                    .toList());
        } else {
            statement.put("Resource", resources);
        }
        statements.set(grant.statement() - 1, statement);
        Map<String, Object> changed = new LinkedHashMap<>(document);
        changed.put("Statement", statements);
        return changed;
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : Stream.ofNullable(value).toList();
    }

    private static Policy without(Policy policy, Grant grant) {
        List<Statement> left = new ArrayList<>();
        for (Statement statement : policy.statements()) {
            if (statement.policy().equals(grant.policy()) && statement.number() == grant.statement()) {
                Choice resources = statement.resources();
                left.add(with(statement, without(statement.actions(), grant.action()), resources));
                left.add(with(statement, statement.actions(),
                        resources == null
                                ? new Choice(List.of(), List.of(), false)
                                : without(resources, grant.resource())));
            } else {
                left.add(statement);
            }
        }
        return new Policy(policy.name(), left);
    }

    private static Statement with(Statement statement, Choice actions, @Nullable Choice resources) {
        return new Statement(statement.policy(), statement.number(), statement.effect(), actions, resources,
                statement.principals(), statement.conditions());
    }

    private static Choice without(Choice choice, String written) {
        int[] left = IntStream.range(0, choice.texts().size()).filter(i -> !choice.written().get(i).equals(written))
                .toArray();
        return new Choice(IntStream.of(left).mapToObj(choice.texts()::get).toList(),
                IntStream.of(left).mapToObj(choice.written()::get).toList(), choice.but());
    }
}
