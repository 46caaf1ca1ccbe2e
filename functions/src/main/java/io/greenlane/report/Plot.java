package io.greenlane.report;

import io.greenlane.validation.analysis.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;

/** What the plots of a report have in common: a frame, an axis of latencies, lines with their names at their end, limits. */
final class Plot {
    static final double WIDTH = 540;
    static final double HEIGHT = 300;
    static final double LEFT = 56;
    static final double RIGHT = 464;
    static final double TOP = 18;
    static final double BOTTOM = 258;
    private static final double BETWEEN_NAMES = 13;
    /** A limit that is so many times as high as all that was seen would press the lines to the ground. */
    private static final double FAR = 3;

    private final Markup html;
    private final Scale latencies;
    private final List<Limit> limits;
    private final List<Name> names = new ArrayList<>();

    private Plot(Markup html, Scale latencies, List<Limit> limits) {
        this.html = html;
        this.latencies = latencies;
        this.limits = limits;
    }

    /** A name at the end of a line. */
    private record Name(String text, String kind, double y) {}

    /** A point of a line, in units of the plot and milliseconds. */
    record Point(double x, double millis) {}

    /**
     * Begins a plot.
     *
     * @param id of its title, unique on the page
     * @param title of the plot, which readers without eyes hear
     * @param description what is to be seen, in a sentence
     * @param largest latency that is to be shown, in milliseconds
     */
    static Plot begin(Markup html, String id, String title, String description, double largest, List<Limit> limits) {
        double shown = limits.stream().mapToDouble(Limit::millis).filter(limit -> limit <= FAR * largest)
                .reduce(largest, Math::max);
        html.open("svg", "viewBox", "0 0 " + Scale.text(WIDTH) + " " + Scale.text(HEIGHT), "role", "img",
                "aria-labelledby", id + "-title " + id + "-description");
        html.element("title", title, "id", id + "-title");
        html.element("desc", description, "id", id + "-description");
        Plot plot = new Plot(html, Scale.upTo(shown, BOTTOM, TOP), limits);
        plot.frame();
        return plot;
    }

    private void frame() {
        html.open("g", "class", "axis");
        for (double tick : latencies.ticks()) {
            String y = latencies.at(tick);
            html.empty("line", "x1", Scale.text(LEFT), "x2", Scale.text(RIGHT), "y1", y, "y2", y);
            html.element("text", Rounded.millis(tick), "x", Scale.text(LEFT - 6), "y",
                    Scale.text(latencies.position(tick) + 4), "text-anchor", "end");
        }
        html.close();
    }

    private void limit(Limit limit) {
        boolean beyond = limit.millis() > latencies.top();
        String label = limit.label() + (limit.line() == 0 ? "" : " (line " + limit.line() + ")")
                + (beyond ? ", above this plot" : "");
        double y = latencies.position(limit.millis());
        html.open("g", "class", "limit");
        if (!beyond) {
            html.empty("line", "x1", Scale.text(LEFT), "x2", Scale.text(RIGHT), "y1", Scale.text(y), "y2",
                    Scale.text(y));
        }
        html.element("text", label, "x", Scale.text(LEFT + 6), "y",
                Scale.text(y - 5 < TOP - 6 ? TOP - 6 : y - 5));
        html.close();
    }

    /** A mark on the horizontal axis. */
    void mark(double x, String label) {
        html.open("g", "class", "axis");
        html.empty("line", "x1", Scale.text(x), "x2", Scale.text(x), "y1", Scale.text(BOTTOM), "y2",
                Scale.text(BOTTOM + 5));
        html.element("text", label, "x", Scale.text(x), "y", Scale.text(BOTTOM + 19), "text-anchor", "middle");
        html.close();
    }

    /** What the horizontal axis is. */
    void under(String label) {
        html.element("text", label, "class", "label", "x", Scale.text((LEFT + RIGHT) / 2), "y",
                Scale.text(HEIGHT - 6), "text-anchor", "middle");
    }

    /**
     * A line.
     *
     * @param weight {@code thick} or {@code thin}
     */
    void line(Side side, String weight, String name, List<Point> points) {
        if (points.isEmpty()) {
            return;
        }
        String kind = side.word() + " " + weight;
        if (points.size() == 1) {
            html.empty("circle", "class", kind, "cx", Scale.text(points.get(0).x()), "cy",
                    latencies.at(points.get(0).millis()), "r", "3");
        } else {
            html.empty("polyline", "class", kind, "points", points.stream()
                    .map(point -> Scale.text(point.x()) + "," + latencies.at(point.millis()))
                    .collect(Collectors.joining(" ")));
        }
        names.add(new Name(name, side.word(), latencies.position(points.get(points.size() - 1).millis())));
    }

    /** A mark of errors near the ground: a cross of green, a plus of blue. */
    void errors(Side side, double x, String title) {
        double y = side == Side.GREEN ? BOTTOM - 8 : BOTTOM - 22;
        double r = 4;
        DoubleUnaryOperator cross = side == Side.GREEN ? d -> d : d -> 0;
        html.open("g", "class", "errors " + side.word());
        html.element("title", title);
        html.empty("path", "d",
                "M" + Scale.text(x - r) + "," + Scale.text(y - cross.applyAsDouble(r)) + "L" + Scale.text(x + r) + ","
                        + Scale.text(y + cross.applyAsDouble(r)) + "M" + Scale.text(x + cross.applyAsDouble(-r)) + ","
                        + Scale.text(y + r) + "L" + Scale.text(x + cross.applyAsDouble(r)) + "," + Scale.text(y - r));
        html.close();
    }

    /** Ends the plot: limits, and names of lines, none upon another. */
    void end() {
        limits.forEach(this::limit);
        double free = TOP;
        for (Name name : names.stream().sorted(Comparator.comparingDouble(Name::y)).toList()) {
            double y = Math.max(free, name.y() + 4);
            html.element("text", name.text(), "class", "name " + name.kind(), "x", Scale.text(RIGHT + 6), "y",
                    Scale.text(y));
            free = y + BETWEEN_NAMES;
        }
        html.close();
    }
}
