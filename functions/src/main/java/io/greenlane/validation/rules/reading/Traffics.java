package io.greenlane.validation.rules.reading;

import io.greenlane.json.Quote;
import io.greenlane.probe.Request;
import io.greenlane.validation.Place;
import io.greenlane.validation.rules.AnalysisRule.Traffic;
import io.greenlane.validation.rules.yaml.Node;
import io.greenlane.validation.rules.yaml.Node.Scalar;
import io.greenlane.validation.rules.yaml.Problems;
import io.greenlane.validation.rules.yaml.Section;
import io.greenlane.validation.rules.yaml.Units;
import io.greenlane.validation.source.AccessLog;
import io.greenlane.validation.source.LogFiles;
import io.greenlane.validation.source.LogFiles.Opening;
import io.greenlane.validation.source.SourceUri;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code traffic}. */
final class Traffics {
    private static final int MOST_REQUESTS = 1000;
    private static final int DEFAULT_SAMPLE = 200;
    private static final double MOST_PER_SECOND = 1000;
    private static final double DEFAULT_PER_SECOND = 10;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(40);
    /** 1,800 answers of each side at the usual rate: enough to find one error in a hundred (docs/validation-accuracy.md). */
    private static final Duration DEFAULT_DURATION = Duration.ofMinutes(3);
    private static final Duration DEFAULT_WARM_UP = Duration.ofSeconds(5);
    /** To each listener, in one analysis: what fits into the time and the memory of one function. */
    private static final double MOST_ANSWERS = 300_000;

    /** Each may be large, and all are read before anything begins. */
    private static final int MOST_LOGS = 5;

    private final Requests requests;
    private final LogFiles logs;
    private final long seed;
    private final Problems problems;
    private int logsAsked;

    Traffics(Requests requests, LogFiles logs, long seed, Problems problems) {
        this.requests = requests;
        this.logs = logs;
        this.seed = seed;
        this.problems = problems;
    }

    /**
     * The traffic.
     *
     * @param readingOnly whether all requests must be GET or HEAD, since production gets them too
     */
    Traffic read(Node node, boolean readingOnly) {
        Section section = Section.of(node, "'traffic'", problems, "requests", "access_log", "sample", "headers", "rate",
                "duration", "warm_up", "timeout");
        List<RequestLine> lines = lines(section, readingOnly);
        Map<String, String> headers = requests.sent(section, Set.of());
        Duration timeout = requests.timeout(section);
        double perSecond = section.unit("rate", DEFAULT_PER_SECOND, Traffics::rate);
        Duration duration = section.duration("duration", DEFAULT_DURATION, SHORTEST, LONGEST);
        if (perSecond * duration.toMillis() / 1000 > MOST_ANSWERS) {
            problems.add(section.placeOf("rate"), "'rate' and 'duration' make more than " + (long) MOST_ANSWERS
                    + " requests: lower one of them.");
        }
        return new Traffic(section.place(),
                lines.stream().map(line -> new Request(line.method(), line.target(), headers, null, timeout)).toList(),
                perSecond, duration, section.duration("warm_up", DEFAULT_WARM_UP, Duration.ZERO, LONGEST));
    }

    /** For an analysis without traffic, so that what else is wrong with it is found too. */
    static Traffic standIn(Place place) {
        return new Traffic(place, List.of(), DEFAULT_PER_SECOND, DEFAULT_DURATION, DEFAULT_WARM_UP);
    }

    private static double rate(String text) {
        double perSecond = Units.perSecond(text);
        if (perSecond <= 0 || perSecond > MOST_PER_SECOND) {
            throw new IllegalArgumentException("must be above 0 and at most " + (int) MOST_PER_SECOND + "/s, got "
                    + Quote.of(text));
        }
        return perSecond;
    }

    private List<RequestLine> lines(Section section, boolean readingOnly) {
        if (section.mentions("requests") == section.mentions("access_log")) {
            problems.add(section.place(), "'traffic' needs either 'requests' or 'access_log'.");
            return List.of();
        }
        if (section.has("sample") && !section.has("access_log")) {
            problems.add(section.placeOf("sample"), "'sample' belongs to 'access_log'.");
        }
        return section.has("requests") ? written(section, readingOnly) : logged(section);
    }

    private List<RequestLine> written(Section section, boolean readingOnly) {
        List<Node> items = section.list("requests", MOST_REQUESTS);
        section.refuseEmpty("requests", "'requests' needs at least one request.");
        return items.stream().map(item -> Section.text("request", item, problems))
                .flatMap(text -> text == null ? Stream.empty() : Stream.of(line(text, readingOnly))).toList();
    }

    private RequestLine line(Scalar text, boolean readingOnly) {
        RequestLine line = requests.line(text, Set.of());
        if (readingOnly && !RequestLine.READING.contains(line.method())) {
            problems.add(text.place(),
                    "With a baseline, production gets the same requests, so they must be GET or HEAD,"
                            + " got " + Quote.of(text.text()) + ".");
        }
        return line;
    }

    private List<RequestLine> logged(Section section) {
        if (++logsAsked > MOST_LOGS) {
            problems.add(section.placeOf("access_log"), "Requests are drawn from at most " + MOST_LOGS
                    + " access logs in one file: use one of the analyses before at several hooks.");
            return List.of();
        }
        int sample = section.count("sample", DEFAULT_SAMPLE, 1, MOST_REQUESTS);
        Scalar uri = section.text("access_log");
        SourceUri place = uri == null ? null : place(uri);
        if (uri == null || place == null) {
            return List.of();
        }
        return switch (logs.open(place)) {
            case Opening.Unavailable(String sentence) -> {
                problems.add(uri.place(), "The access log cannot be read: " + sentence + ".");
                yield List.of();
            }
            case Opening.Opened(java.io.InputStream content) -> {
                AccessLog.Sample drawn = AccessLog.draw(content, sample, seed);
                List<RequestLine> lines = drawn.requests().stream()
                        .map(request -> new RequestLine(request.method(), request.target()))
                        .filter(line -> line.objection("").isEmpty() && !line.target().contains("{{")).toList();
                if (lines.isEmpty()) {
                    problems.add(uri.place(), "The access log has no request that can be sent: " + drawn.sentence()
                            + ".");
                }
                yield lines;
            }
        };
    }

    private @Nullable SourceUri place(Scalar uri) {
        try {
            SourceUri place = SourceUri.parse(uri.text());
            if (place instanceof SourceUri.S3Object || place instanceof SourceUri.LocalFile) {
                return place;
            }
            problems.add(uri.place(), "'access_log' must be s3://bucket/key or file:path, got " + Quote.of(uri.text())
                    + ".");
        } catch (IllegalArgumentException e) {
            problems.add(uri.place(), "'access_log' must be s3://bucket/key or file:path: " + e.getMessage() + ".");
        }
        return null;
    }
}
