package io.greenlane.rehearsal.iam;

import java.util.List;

/**
 * One key of a statement's Condition (IAM guide, condition operators and multivalued context keys).
 *
 * @param quantifier how the values of a key that has several are taken
 * @param ifExists whether a request without the key passes
 * @param values any of them may match; all must not where the operator is negated
 */
record Condition(Quantifier quantifier, ConditionOperator operator, boolean ifExists, String key,
        List<PolicyText> values) {
    /** Which of the request's values must pass. */
    enum Quantifier {
        /** No prefix: meant for keys with one value; of several, one must pass. */
        ONE,
        /** {@code ForAnyValue:}. */
        ANY,
        /** {@code ForAllValues:}, which a request without the key passes. */
        ALL
    }

    boolean holds(AccessRequest request) {
        if (operator.equals(ConditionOperator.NULL)) {
            return values.stream().anyMatch(wanted -> wanted.is(String.valueOf(!request.has(key)), request, true));
        }
        List<String> actual = request.values(key);
        if (!request.has(key)) {
            return ifExists || switch (quantifier) {
                case ONE -> operator.negated();
                case ANY -> false;
                case ALL -> true;
            };
        }
        return quantifier == Quantifier.ALL
                ? actual.stream().allMatch(value -> passes(value, request))
                : actual.stream().anyMatch(value -> passes(value, request));
    }

    private boolean passes(String value, AccessRequest request) {
        return values.stream().anyMatch(text -> operator.matches(text, value, request)) != operator.negated();
    }
}
