package io.greenlane.rehearsal.iam;

import io.greenlane.rehearsal.iam.Statement.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What would be decided if a template did not grant something. */
public final class WithoutGrant {
    private WithoutGrant() {}

    /** Whether the request would be refused. */
    public static boolean isRefused(Roles roles, Grant grant, AccessRequest request) {
        Policies all = roles.meeting(request);
        return !new Policies(all.identity().stream().map(policy -> without(policy, grant)).toList(), all.boundary(),
                all.resource() == null ? null : without(all.resource(), grant)).decide(request).isAllowed();
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
