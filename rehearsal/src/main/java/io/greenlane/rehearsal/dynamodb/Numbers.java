package io.greenlane.rehearsal.dynamodb;

import java.math.BigDecimal;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Numbers as DynamoDB keeps them: 38 significant digits, from 1E-130 to 9.9...E+125 (Developer Guide, data types). */
final class Numbers {
    private static final int MOST_DIGITS = 38;
    private static final int LARGEST_EXPONENT = 125;
    private static final int SMALLEST_EXPONENT = -130;

    private Numbers() {}

    static BigDecimal of(AttributeValue value) {
        return parse(value.n());
    }

    static AttributeValue value(BigDecimal number) {
        return AttributeValue.fromN(text(checked(number)));
    }

    static BigDecimal parse(String text) {
        try {
            return checked(new BigDecimal(text));
        } catch (NumberFormatException malformed) {
            throw Refusals.validation(text.isBlank()
                    ? "The parameter cannot be converted to a numeric value"
                    : "The parameter cannot be converted to a numeric value: " + text);
        }
    }

    /** The text that DynamoDB gives back: no exponent, no trailing zeros. */
    static String text(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static BigDecimal checked(BigDecimal number) {
        if (number.signum() == 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal stripped = number.stripTrailingZeros();
        if (stripped.precision() > MOST_DIGITS) {
            throw Refusals.validation("Attempting to store more than 38 significant digits in a Number");
        }
        int exponent = stripped.precision() - stripped.scale() - 1;
        if (exponent > LARGEST_EXPONENT) {
            throw Refusals
                    .validation("Number overflow. Attempting to store a number with magnitude larger than supported "
                            + "range");
        }
        if (exponent < SMALLEST_EXPONENT) {
            throw Refusals.validation("Number underflow. Attempting to store a number with magnitude smaller than "
                    + "supported range");
        }
        return stripped;
    }
}
