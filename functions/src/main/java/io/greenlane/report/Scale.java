package io.greenlane.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An axis from 0 on.
 *
 * @param top value at its end; above 0
 * @param from where 0 lies, in units of the plot
 * @param to where the top lies
 */
record Scale(double top, double from, double to) {
    private static final int MOST_TICKS = 6;

    /** An axis that ends at a round number. */
    static Scale upTo(double largest, double from, double to) {
        double step = step(largest);
        return new Scale(Math.max(1, Math.ceil(largest / step)) * step, from, to);
    }

    private static double step(double largest) {
        double least = Math.max(largest, 1e-3) / MOST_TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        return List.of(1.0, 2.0, 5.0, 10.0).stream().map(digit -> digit * power).filter(step -> step >= least * 0.999)
                .findFirst().orElse(10 * power);
    }

    /** The values that the axis is labelled with. */
    List<Double> ticks() {
        double step = step(top);
        return IntStream.rangeClosed(0, (int) Math.round(top / step)).mapToObj(i -> i * step).toList();
    }

    /** Where a value lies, as text; one beyond the top lies there. */
    String at(double value) {
        return text(position(value));
    }

    double position(double value) {
        return from + Math.clamp(value / top, 0, 1) * (to - from);
    }

    static String text(double position) {
        return BigDecimal.valueOf(position).setScale(1, RoundingMode.HALF_UP).toPlainString();
    }
}
