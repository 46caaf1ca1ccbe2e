package io.greenlane.rehearsal.iam;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a condition compares; those for dates, addresses and bytes are not evaluated here (IAM guide, condition operators).
 *
 * @param name as policies write it
 * @param negated whether it holds when none of the policy's values matches
 */
record ConditionOperator(String name, boolean negated, Comparison comparison) {
    /** True where the key is missing and the policy says true; it compares no value. */
    static final ConditionOperator NULL = new ConditionOperator("Null", false, (policy, value, request) -> false);

    private static final Map<String, ConditionOperator> BY_NAME = Stream
            .of(one("StringEquals", (policy, value, request) -> policy.is(value, request, false)),
                    not("StringNotEquals", (policy, value, request) -> policy.is(value, request, false)),
                    one("StringEqualsIgnoreCase", (policy, value, request) -> policy.is(value, request, true)),
                    not("StringNotEqualsIgnoreCase", (policy, value, request) -> policy.is(value, request, true)),
                    one("StringLike", PolicyText::describes), not("StringNotLike", PolicyText::describes),
                    // The guide says that both names of an operator for ARNs behave identically.
                    one("ArnEquals", PolicyText::describesArn), one("ArnLike", PolicyText::describesArn),
                    not("ArnNotEquals", PolicyText::describesArn), not("ArnNotLike", PolicyText::describesArn),
                    one("Bool", (policy, value, request) -> policy.is(value, request, true)),
                    one("NumericEquals", (policy, value, request) -> compare(value, policy) == 0),
                    not("NumericNotEquals", (policy, value, request) -> compare(value, policy) == 0),
                    one("NumericLessThan", (policy, value, request) -> compare(value, policy) < 0),
                    one("NumericLessThanEquals", (policy, value, request) -> compare(value, policy) <= 0),
                    one("NumericGreaterThan", (policy, value, request) -> compare(value, policy) > 0),
                    one("NumericGreaterThanEquals", (policy, value, request) -> compare(value, policy) >= 0), NULL)
            .collect(Collectors.toMap(operator -> operator.name().toLowerCase(Locale.ROOT), Function.identity()));

    /** @throws IllegalArgumentException when it is none that is evaluated here */
    static ConditionOperator named(String name) {
        ConditionOperator found = BY_NAME.get(name.toLowerCase(Locale.ROOT));
        if (found == null) {
            throw new IllegalArgumentException("the local cloud does not evaluate the condition operator " + name
                    + "; it evaluates " + BY_NAME.values().stream().map(ConditionOperator::name).sorted().toList());
        }
        return found;
    }

    /** Whether the policy's text and the request's value match, before a negation. */
    boolean matches(PolicyText policy, String value, AccessRequest request) {
        return comparison.matches(policy, value, request);
    }

    private static ConditionOperator one(String name, Comparison comparison) {
        return new ConditionOperator(name, false, comparison);
    }

    private static ConditionOperator not(String name, Comparison comparison) {
        return new ConditionOperator(name, true, comparison);
    }

    private static int compare(String value, PolicyText policy) {
        return new BigDecimal(value).compareTo(new BigDecimal(policy.toString()));
    }

    /** Compares one value of the policy with one of the request. */
    @FunctionalInterface
    interface Comparison {
        boolean matches(PolicyText policy, String value, AccessRequest request);
    }
}
