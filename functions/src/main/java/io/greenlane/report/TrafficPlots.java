package io.greenlane.report;

import io.greenlane.report.Plot.Point;
import io.greenlane.report.Seen.Moment;
import io.greenlane.report.Seen.Percentile;
import io.greenlane.validation.analysis.Side;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** The plots of one analysis: latencies over time, and their distribution. */
final class TrafficPlots {
    private static final List<Double> SHARES = List.of(0.0, 0.5, 0.9, 0.99, 0.999, 0.9999);

    private final Traffic traffic;
    private final Map<Side, Seen> sides = new LinkedHashMap<>();
    private final String id;

    /**
     * Plots.
     *
     * @param id unique on the page
     */
    TrafficPlots(Traffic traffic, String id) {
        this.traffic = traffic;
        this.id = id;
        sides.put(Side.GREEN, traffic.green());
        if (traffic.blue() != null) {
            sides.put(Side.BLUE, traffic.blue());
        }
    }

    /** Whether there is nothing to draw. */
    boolean isEmpty() {
        return moments().findAny().isEmpty() || percentiles().findAny().isEmpty();
    }

    private Stream<Moment> moments() {
        return sides.values().stream().flatMap(seen -> seen.course().stream());
    }

    private Stream<Percentile> percentiles() {
        return sides.values().stream().flatMap(seen -> seen.percentiles().stream());
    }

    /** Median and 95th percentile of each span of time, errors where they happened, and the limits. */
    void addCourse(Markup html) {
        Plot plot = Plot.begin(html, id + "-course", "Latency over time, analysis " + traffic.analysis(),
                "Median and 95th percentile of " + who() + " for each span of time; the tables hold the numbers.",
                moments().mapToDouble(Moment::p95Millis).max().orElse(1), traffic.limits());
        double last = Math.max(1, moments().mapToDouble(Moment::second).max().orElse(1));
        Scale time = new Scale(last, Plot.LEFT, Plot.RIGHT);
        Scale round = Scale.upTo(last, Plot.LEFT, Plot.RIGHT);
        DoubleStream.iterate(0, second -> second <= last, second -> second + round.top() / (round.ticks().size() - 1))
                .forEach(second -> plot.mark(time.position(second), Rounded.of(second).toPlainString()));
        plot.under("seconds since the traffic began");
        sides.forEach((side, seen) -> {
            plot.line(side, "thin", side.word() + " p95", seen.course().stream()
                    .map(moment -> new Point(time.position(moment.second()), moment.p95Millis())).toList());
            plot.line(side, "thick", side.word() + " p50", seen.course().stream()
                    .map(moment -> new Point(time.position(moment.second()), moment.medianMillis())).toList());
        });
        sides.forEach((side, seen) -> seen.course().stream().filter(moment -> moment.errors() > 0)
                .forEach(moment -> plot.errors(side, time.position(moment.second()), Telling.number(moment.errors())
                        + (moment.errors() == 1 ? " error of " : " errors of ") + side.word() + " at second "
                        + moment.second())));
        plot.end();
    }

    /** Which share of the requests took at most how long; the axis gives each further nine the same room. */
    void addDistribution(Markup html) {
        Plot plot = Plot.begin(html, id + "-distribution", "Distribution of latency, analysis " + traffic.analysis(),
                "The latency that a share of the requests of " + who()
                        + " did not exceed; the tables hold the numbers.",
                percentiles().mapToDouble(Percentile::millis).max().orElse(1), List.of());
        double most = Math.max(1, percentiles().mapToDouble(point -> nines(point.share())).max().orElse(1));
        Scale nines = new Scale(most, Plot.LEFT, Plot.RIGHT);
        SHARES.stream().filter(share -> nines(share) <= most + 1e-9)
                .forEach(share -> plot.mark(nines.position(nines(share)),
                        Rounded.of(share * 100).toPlainString() + " %"));
        plot.under("share of requests that were not slower");
        sides.forEach((side, seen) -> plot.line(side, "thick", side.word(), seen.percentiles().stream()
                .map(point -> new Point(nines.position(nines(point.share())), point.millis())).toList()));
        plot.end();
    }

    private String who() {
        return traffic.blue() == null ? "green" : "green and blue";
    }

    private static double nines(double share) {
        return -Math.log10(Math.max(1e-9, 1 - share));
    }
}
