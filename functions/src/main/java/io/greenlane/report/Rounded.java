package io.greenlane.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers of a report, with no more digits than they are worth, so that the same ones are always the same text. */
final class Rounded {
    private static final double ALMOST_ALL = 0.9995;

    private Rounded() {}

    /** To a thousandth. */
    static BigDecimal of(double value) {
        return plain(BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP));
    }

    /** A latency as people read it, such as {@code 4.2 ms}, {@code 612 ms} or {@code 12.5 s}. */
    static String millis(double millis) {
        return millis >= 10_000
                ? plain(BigDecimal.valueOf(millis / 1000).setScale(1, RoundingMode.HALF_UP)) + " s"
                : plain(BigDecimal.valueOf(millis).setScale(millis < 100 ? 1 : 0, RoundingMode.HALF_UP)) + " ms";
    }

    /** A share from 0 to 1 as people read it, such as {@code 20 %} or {@code 99.8 %}; what is not all is never 100 %. */
    static String percent(double share) {
        return share > ALMOST_ALL && share < 1
                ? "over 99.9 %"
                : plain(BigDecimal.valueOf(share * 100).round(new MathContext(3))) + " %";
    }

    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
