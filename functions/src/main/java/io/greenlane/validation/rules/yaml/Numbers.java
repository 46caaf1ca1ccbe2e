package io.greenlane.validation.rules.yaml;

import io.greenlane.validation.rules.yaml.Node.Kind;
import io.greenlane.validation.rules.yaml.Node.Scalar;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers as JSON has them, small enough to calculate with. */
public final class Numbers {
    private static final Pattern SENSIBLE = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{0,30})?([eE][-+]?[0-9]{1,3})?");

    private Numbers() {}

    /** The number; null when the value is none, or is infinite, or has more than thirty digits or a thousand zeros. */
    public static @Nullable BigDecimal of(Node node) {
        return node instanceof Scalar scalar && scalar.kind() == Kind.NUMBER
                && SENSIBLE.matcher(scalar.text()).matches()
                        ? new BigDecimal(scalar.text())
                        : null;
    }
}
