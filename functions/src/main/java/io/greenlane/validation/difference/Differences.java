package io.greenlane.validation.difference;

import io.greenlane.json.JsonObject;
import io.greenlane.validation.difference.Kind.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How often answers to each request differed, blue from blue and green from blue, by kind and path. Goes to JSON values and
 * back without loss; bounded: at most {@value #MOST_OF_A_REQUEST} differences of one request and {@value #MOST} in all are counted,
 * and those that came too late are told by {@link #bounded}. Not for several threads at once.
 */
public final class Differences {
    private static final int MOST_OF_A_REQUEST = 200;
    private static final int MOST = 3000;

    private final Map<String, Line> lines = new LinkedHashMap<>();
    private int counted;

    /** None yet. */
    public Differences() {}

    /** A copy that grows for itself. */
    public Differences copy() {
        Differences copy = new Differences();
        lines.forEach((request, line) -> copy.lines.put(request, line.copy()));
        copy.counted = counted;
        return copy;
    }

    // ---- counting -----------------------------------------------------------------------------------------------------------

    /** Two answers of blue. */
    void addNoise(String request, Content one, Content other) {
        add(request, one, other, false);
    }

    /** An answer of blue and one of green. */
    void addPair(String request, Content blue, Content green) {
        add(request, blue, green, true);
    }

    private void add(String request, Content blue, Content green, boolean pair) {
        Line line = lines.computeIfAbsent(request, none -> new Line());
        List<Contrast> ofStatus = Contrast.ofStatus(blue, green);
        line.add(Part.STATUS, pair);
        ofStatus.forEach(contrast -> add(line, contrast, pair));
        if (!ofStatus.isEmpty()) {
            return;
        }
        line.add(Part.HEADERS, pair);
        Contrast.ofHeaders(blue, green).forEach(contrast -> add(line, contrast, pair));
        if (blue.body() instanceof Content.Cut || green.body() instanceof Content.Cut) {
            line.cut += pair ? 1 : 0;
            return;
        }
        line.add(Part.BODIES, pair);
        line.whole &= whole(blue) && whole(green);
        Contrast.ofBodies(blue, green).forEach(contrast -> add(line, contrast, pair));
    }

    private static boolean whole(Content content) {
        return !(content.body() instanceof Content.Json(Shape shape)) || shape.whole();
    }

    private void add(Line line, Contrast contrast, boolean pair) {
        Key key = new Key(contrast.kind(), contrast.path());
        Count count = line.counts.get(key);
        if (count == null) {
            if (line.counts.size() >= MOST_OF_A_REQUEST || counted >= MOST) {
                line.whole = false;
                return;
            }
            count = new Count();
            line.counts.put(key, count);
            counted++;
        }
        count.add(contrast, pair);
    }

    // ---- reading ------------------------------------------------------------------------------------------------------------

    /**
     * All that were seen between blue and green, those that count first, then by kind, then the most frequent first.
     *
     * @param confidence that none of those that count is chance
     */
    public List<Difference> judged(double confidence) {
        return verdicts(confidence).stream().map(Significance.Verdict::difference)
                .filter(difference -> difference.differing() > 0).sorted(WORST_FIRST).toList();
    }

    /**
     * Those that are in all answers or in most, and hardly by chance if all requests are alike, but of a request with so few pairs that it
     * may be noise of its own.
     *
     * @param confidence that none of those that count is chance
     */
    public List<Difference> undecided(double confidence) {
        return verdicts(confidence).stream().filter(Significance.Verdict::undecided)
                .map(Significance.Verdict::difference).sorted(WORST_FIRST).toList();
    }

    /**
     * Requests with so few pairs that it cannot be told whether what differs in all or most of them is noise, the least likely first: they
     * should be asked again.
     *
     * @param confidence that none of those that count is chance
     */
    public List<String> suspicious(double confidence) {
        return verdicts(confidence).stream().filter(Significance.Verdict::suspicious)
                .sorted(Comparator.comparingDouble(Significance.Verdict::byChance)
                        .thenComparing(one -> one.difference().kind()))
                .map(one -> one.difference().request()).distinct().toList();
    }

    private static final Comparator<Difference> WORST_FIRST = Comparator.comparing(Difference::significant).reversed()
            .thenComparing(Difference::kind)
            .thenComparing(Comparator.comparingDouble((Difference one) -> one.share() - one.noise()).reversed())
            .thenComparing(Comparator.comparingInt(Difference::pairs).reversed()).thenComparing(Difference::path)
            .thenComparing(Difference::request);

    private List<Significance.Verdict> verdicts(double confidence) {
        List<Difference> all = new ArrayList<>();
        lines.forEach((request, line) -> line.counts.forEach((key, count) -> all.add(new Difference(request, key.kind,
                key.path, line.of(line.pairs, key.kind.part()), count.differing,
                line.of(line.noisePairs, key.kind.part()), count.noise, count.blue, count.green, false))));
        Map<Part, Integer> noisePairs = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            noisePairs.put(part, sum(line -> line.of(line.noisePairs, part)));
        }
        return Significance.of(all, noisePairs, confidence);
    }

    /** How many pairs of blue and green were compared in a part. */
    public int pairs(Part part) {
        return sum(line -> line.of(line.pairs, part));
    }

    /** How many pairs of bodies were not compared, since at least one of the two was longer than is kept. */
    public int cut() {
        return sum(line -> line.cut);
    }

    private int sum(ToIntFunction<Line> number) {
        return lines.values().stream().mapToInt(number).sum();
    }

    /** Requests whose bodies have more paths, or more differences, than are looked at. */
    public List<String> bounded() {
        return lines.entrySet().stream().filter(line -> !line.getValue().whole).map(Map.Entry::getKey).toList();
    }

    // ---- keeping ------------------------------------------------------------------------------------------------------------

    /** As JSON values, to be read by {@link #from}. */
    public List<Map<String, Object>> members() {
        return lines.entrySet().stream().map(line -> line.getValue().members(line.getKey())).toList();
    }

    /** What {@link #members} wrote; an {@link IllegalArgumentException} names what does not fit. */
    public static Differences from(List<JsonObject> lines) {
        Differences read = new Differences();
        for (JsonObject json : lines) {
            Line line = Line.from(json);
            read.lines.put(json.text("request"), line);
            read.counted += line.counts.size();
        }
        return read;
    }

    private record Key(Kind kind, String path) {}

    /** One difference of a request. */
    private static final class Count {
        private int differing;
        private int noise;
        private String blue = "";
        private String green = "";

        void add(Contrast contrast, boolean pair) {
            if (!pair) {
                noise++;
                return;
            }
            differing++;
            if (differing == 1) {
                blue = contrast.blue();
                green = contrast.green();
            }
        }

        Count copy() {
            Count copy = new Count();
            copy.differing = differing;
            copy.noise = noise;
            copy.blue = blue;
            copy.green = green;
            return copy;
        }
    }

    /** One request. */
    private static final class Line {
        private final Map<Part, Integer> pairs = new EnumMap<>(Part.class);
        private final Map<Part, Integer> noisePairs = new EnumMap<>(Part.class);
        private final Map<Key, Count> counts = new LinkedHashMap<>();
        private int cut;
        private boolean whole = true;

        void add(Part part, boolean pair) {
            (pair ? pairs : noisePairs).merge(part, 1, Integer::sum);
        }

        int of(Map<Part, Integer> numbers, Part part) {
            return numbers.getOrDefault(part, 0);
        }

        Line copy() {
            Line copy = new Line();
            copy.pairs.putAll(pairs);
            copy.noisePairs.putAll(noisePairs);
            counts.forEach((key, count) -> copy.counts.put(key, count.copy()));
            copy.cut = cut;
            copy.whole = whole;
            return copy;
        }

        Map<String, Object> members(String request) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("request", request);
            for (Part part : Part.values()) {
                members.put(part.word(), Map.of("pairs", of(pairs, part), "noisePairs", of(noisePairs, part)));
            }
            members.put("cut", cut);
            members.put("whole", whole);
            members.put("differences", counts.entrySet().stream().map(one -> members(one.getKey(), one.getValue()))
                    .toList());
            return members;
        }

        private static Map<String, Object> members(Key key, Count count) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("kind", key.kind().name());
            members.put("path", key.path());
            members.put("differing", count.differing);
            members.put("noise", count.noise);
            if (count.differing > 0) {
                members.put("blue", count.blue);
                members.put("green", count.green);
            }
            return members;
        }

        static Line from(JsonObject json) {
            Line line = new Line();
            for (Part part : Part.values()) {
                JsonObject numbers = json.object(part.word());
                line.pairs.put(part, (int) numbers.number("pairs"));
                line.noisePairs.put(part, (int) numbers.number("noisePairs"));
            }
            line.cut = (int) json.number("cut");
            line.whole = json.truth("whole");
            for (JsonObject one : json.objects("differences")) {
                Count count = new Count();
                count.differing = (int) one.number("differing");
                count.noise = (int) one.number("noise");
                count.blue = textOf(one, "blue");
                count.green = textOf(one, "green");
                line.counts.put(new Key(Kind.valueOf(one.text("kind")), one.text("path")), count);
            }
            return line;
        }

        private static String textOf(JsonObject json, String name) {
            @Nullable
            String text = json.optionalText(name);
            return text == null ? "" : text;
        }
    }
}
