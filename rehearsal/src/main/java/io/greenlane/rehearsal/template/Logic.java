package io.greenlane.rehearsal.template;

import io.greenlane.rehearsal.template.Values.Call;
import java.util.List;
import java.util.Optional;

/**
 * The functions that conditions and rules have in common: Fn::Equals, Fn::Not, Fn::And and Fn::Or.
 *
 * @param constants evaluates what is compared
 * @param operand decides what is combined
 */
record Logic(Intrinsics constants, Operand operand) {
    /** A condition or a rule function inside another. */
    interface Operand {
        boolean holds(Object value, String where);
    }

    /** What the call comes to; empty when it is to none of the four. */
    Optional<Boolean> decide(Call call, String where) {
        return switch (call.name()) {
            case "Fn::Equals" -> {
                List<?> both = call.arguments(2, 2);
                yield Optional.of(Values.same(constants.evaluate(both.get(0), where),
                        constants.evaluate(both.get(1), where)));
            }
            case "Fn::Not" -> Optional.of(!operand.holds(call.arguments(1, 1).get(0), where));
            case "Fn::And" -> Optional.of(
                    call.arguments(2, 10).stream().allMatch(each -> operand.holds(each, where)));
            case "Fn::Or" -> Optional.of(
                    call.arguments(2, 10).stream().anyMatch(each -> operand.holds(each, where)));
            default -> Optional.empty();
        };
    }
}
