package io.greenlane.rehearsal.iam;

import io.greenlane.rehearsal.iam.Condition.Quantifier;
import io.greenlane.rehearsal.iam.Statement.Choice;
import io.greenlane.rehearsal.iam.Statement.Effect;
import io.greenlane.rehearsal.iam.Statement.Principals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads policy documents, given as JSON values (IAM guide, grammar of the JSON policy language). */
final class PolicyReader {
    private static final Set<String> MEMBERS = Set.of("Sid", "Effect", "Action", "NotAction", "Resource", "NotResource",
            "Principal", "NotPrincipal", "Condition");

    private final String policy;

    private PolicyReader(String policy) {
        this.policy = policy;
    }

    /**
     * Reads a document.
     *
     * @throws IllegalArgumentException naming policy and statement, when it is none or uses what is not evaluated here
     */
    static Policy read(String name, Map<?, ?> document) {
        PolicyReader reader = new PolicyReader(name);
        if (!Set.of("Version", "Id", "Statement").containsAll(document.keySet()) || document.get("Statement") == null) {
            throw reader.problem("", "a policy has Version, Id and Statement, got " + document.keySet());
        }
        List<Statement> statements = new ArrayList<>();
        for (Object each : list(document.get("Statement"))) {
            int number = statements.size() + 1;
            if (!(each instanceof Map<?, ?> members)) {
                throw reader.problem(place(number), "a statement is an object, got " + each);
            }
            statements.add(reader.statement(number, members));
        }
        return new Policy(name, List.copyOf(statements));
    }

    private static String place(int number) {
        return ", statement " + number;
    }

    private Statement statement(int number, Map<?, ?> members) {
        String place = place(number);
        if (!MEMBERS.containsAll(members.keySet())) {
            throw problem(place, "a statement has " + MEMBERS + ", got " + members.keySet());
        }
        Effect effect = switch (String.valueOf(members.get("Effect"))) {
            case "Allow" -> Effect.ALLOW;
            case "Deny" -> Effect.DENY;
            default -> throw problem(place, "Effect is Allow or Deny, got " + members.get("Effect"));
        };
        Choice actions = choice(place, members, "Action");
        if (actions == null) {
            throw problem(place, "Action or NotAction is missing");
        }
        Choice inLowerCase = new Choice(actions.texts().stream().map(PolicyText::lowerCase).toList(),
                actions.written(), actions.but());
        return new Statement(policy, number, effect, inLowerCase, choice(place, members, "Resource"),
                principals(place, members), conditions(place, members.get("Condition")));
    }

    private @Nullable Choice choice(String place, Map<?, ?> members, String element) {
        Object these = members.get(element);
        Object but = members.get("Not" + element);
        if (these != null && but != null) {
            throw problem(place, "has both " + element + " and Not" + element);
        }
        Object texts = these == null ? but : these;
        if (texts == null) {
            return null;
        }
        List<String> written = list(texts).stream().map(String::valueOf).toList();
        return new Choice(written.stream().map(PolicyText::new).toList(), written, these == null);
    }

    private @Nullable Principals principals(String place, Map<?, ?> members) {
        boolean but = members.get("Principal") == null;
        Object written = but ? members.get("NotPrincipal") : members.get("Principal");
        if (written == null) {
            return null;
        }
        if (written.equals("*")) {
            return new Principals(true, Map.of(), but);
        }
        if (!(written instanceof Map<?, ?> kinds) || !Set.of("AWS", "Service").containsAll(kinds.keySet())) {
            throw problem(place, "Principal is *, or has AWS or Service, got " + written);
        }
        Map<String, List<String>> named = new LinkedHashMap<>();
        kinds.forEach((kind, names) -> named.put(String.valueOf(kind),
                list(names).stream().map(String::valueOf).toList()));
        return new Principals(false, named, but);
    }

    private List<Condition> conditions(String place, @Nullable Object written) {
        if (written == null) {
            return List.of();
        }
        if (!(written instanceof Map<?, ?> operators)) {
            throw problem(place, "Condition is an object, got " + written);
        }
        List<Condition> conditions = new ArrayList<>();
        operators.forEach((operator, keys) -> {
            if (!(keys instanceof Map<?, ?> values)) {
                throw problem(place, operator + " is an object, got " + keys);
            }
            values.forEach((key, value) -> conditions
                    .add(condition(place, String.valueOf(operator), String.valueOf(key), list(value))));
        });
        return List.copyOf(conditions);
    }

    private Condition condition(String place, String written, String key, List<?> values) {
        String name = written;
        Quantifier quantifier = Quantifier.ONE;
        if (name.startsWith("ForAnyValue:")) {
            quantifier = Quantifier.ANY;
            name = name.substring("ForAnyValue:".length());
        } else if (name.startsWith("ForAllValues:")) {
            quantifier = Quantifier.ALL;
            name = name.substring("ForAllValues:".length());
        }
        boolean ifExists = name.endsWith("IfExists");
        try {
            ConditionOperator operator = ConditionOperator
                    .named(ifExists ? name.substring(0, name.length() - "IfExists".length()) : name);
            return new Condition(quantifier, operator, ifExists, key,
                    values.stream().map(value -> new PolicyText(String.valueOf(value))).toList());
        } catch (IllegalArgumentException unknown) {
            throw problem(place, String.valueOf(unknown.getMessage()));
        }
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    }

    private IllegalArgumentException problem(String place, String what) {
        return new IllegalArgumentException("Policy " + policy + place + ": " + what);
    }
}
