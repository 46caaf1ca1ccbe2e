package io.greenlane.validation.analysis;

import io.greenlane.json.JsonObject;
import io.greenlane.validation.analysis.Plan.Phase;
import io.greenlane.validation.difference.Difference;
import io.greenlane.validation.difference.Differences;
import io.greenlane.validation.rules.AnalysisRule;
import io.greenlane.validation.rules.AnalysisRule.Baseline;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is known so far about the traffic of an analysis. Once handed out it does not change: to go on, a copy grows. It goes to a map
 * of JSON values and back without loss, bounded in size, so that an analysis can go on in another call.
 */
public final class Evidence {
    /** With more different requests than these, their latencies are kept together. */
    static final int MOST_GROUPS = 12;

    private final List<String> groups;
    private final Map<Phase, Integer> planned = new EnumMap<>(Phase.class);
    private final Map<Phase, Integer> done = new EnumMap<>(Phase.class);
    private final Map<Side, List<Tally>> tallies = new EnumMap<>(Side.class);
    private final Map<Side, Tally> warmUps = new EnumMap<>(Side.class);
    private final Course course;
    private final Differences differences;
    /** Chance of a false alarm in all that answers hold. */
    private final double falseAlarms;
    /** Requests, by their index in the rule, that are confirmed; null until that is known. */
    private @Nullable List<Integer> confirming;
    private int late;
    private Duration latest = Duration.ZERO;
    private @Nullable Ending ending;

    private Evidence(List<String> groups, Course course, Differences differences, double falseAlarms) {
        this.groups = List.copyOf(groups);
        this.course = course;
        this.differences = differences;
        this.falseAlarms = falseAlarms;
    }

    /** Nothing yet. */
    static Evidence none(AnalysisRule rule, Plan plan) {
        List<String> lines = rule.traffic().requests().stream().map(request -> request.line()).distinct().toList();
        Baseline baseline = rule.baseline();
        Evidence none = new Evidence(lines.size() > MOST_GROUPS ? List.of("all requests") : lines, new Course(),
                new Differences(), baseline == null ? 0 : FalseAlarms.ofContents(baseline));
        for (Phase phase : Phase.values()) {
            none.planned.put(phase, plan.steps(phase));
        }
        none.confirming = plan.comparesAnswers() ? null : List.of();
        for (Side side : Side.values()) {
            none.tallies.put(side, none.groups.stream().map(group -> new Tally()).toList());
            none.warmUps.put(side, new Tally());
        }
        return none;
    }

    Evidence copy() {
        Evidence copy = new Evidence(groups, course.copy(), differences.copy(), falseAlarms);
        copy.planned.putAll(planned);
        copy.done.putAll(done);
        tallies.forEach((side, all) -> copy.tallies.put(side, all.stream().map(Tally::copy).toList()));
        warmUps.forEach((side, tally) -> copy.warmUps.put(side, tally.copy()));
        copy.confirming = confirming;
        copy.late = late;
        copy.latest = latest;
        copy.ending = ending;
        return copy;
    }

    // ---- growing ------------------------------------------------------------------------------------------------------------

    void stepped(Phase phase) {
        done.merge(phase, 1, Integer::sum);
    }

    /** What requests of that line add up to, where answers count. */
    Tally tally(Side side, String line) {
        return of(side).get(Math.max(0, groups.indexOf(line)));
    }

    Course course() {
        return course;
    }

    /** Where pairs of answers are counted. */
    Differences counted() {
        return differences;
    }

    /** Which requests are asked again before it can be said whether green differs in them: perhaps none. */
    void confirm(List<Integer> requests) {
        confirming = List.copyOf(requests);
        planned.put(Phase.CONFIRM, 2 * Plan.CONFIRMING_PAIRS * requests.size());
    }

    void begunLate(Duration by) {
        late++;
        latest = by.compareTo(latest) > 0 ? by : latest;
    }

    Evidence ended(Ending why) {
        ending = why;
        return this;
    }

    // ---- reading ------------------------------------------------------------------------------------------------------------

    /** Whether all planned traffic was sent, or its verdict stood before. */
    public boolean complete() {
        return ending != null
                || (measured() && confirming != null && steps(Phase.CONFIRM) >= planned(Phase.CONFIRM));
    }

    /** Whether all requests were sent that count for numbers. */
    boolean measured() {
        return steps(Phase.MEASURE) >= planned(Phase.MEASURE);
    }

    /** Whether it is still open which requests are to be confirmed. */
    boolean toBeConfirmed() {
        return ending == null && measured() && confirming == null;
    }

    List<Integer> confirming() {
        return confirming == null ? List.of() : confirming;
    }

    /** Why it ended before all planned traffic was sent; null when it did not. */
    public @Nullable Ending ending() {
        return ending;
    }

    /** How many requests to green were to count, if nothing were lost. */
    public int planned() {
        return planned(Phase.MEASURE);
    }

    int planned(Phase phase) {
        return planned.getOrDefault(phase, 0);
    }

    /** How many requests of those that count were due to green so far. */
    public int begun() {
        return steps(Phase.MEASURE);
    }

    int steps(Phase phase) {
        return done.getOrDefault(phase, 0);
    }

    /** The request lines that latencies are kept for, or one name for all of them together. */
    public List<String> groups() {
        return groups;
    }

    /** What all requests to one side add up to. */
    public Tally all(Side side) {
        Tally all = new Tally();
        of(side).forEach(all::addAll);
        return all;
    }

    /** How many of the requests to one side were errors. */
    int errors(Side side) {
        return of(side).stream().mapToInt(Tally::errors).sum();
    }

    /** What the requests of one of the {@link #groups} add up to. */
    public Tally of(Side side, String group) {
        return of(side).get(groups.indexOf(group));
    }

    private List<Tally> of(Side side) {
        return Objects.requireNonNull(tallies.get(side));
    }

    /** The answers that are kept apart: of the warm-up, and of pairs that only tell differences from noise. */
    public Tally warmUp(Side side) {
        return Objects.requireNonNull(warmUps.get(side));
    }

    /** Latencies and errors over time, for plots. */
    public List<Course.Point> course(Side side) {
        return course.points(side);
    }

    /**
     * In what green's answers differ from blue's: first those that are more than noise, then by kind, the most frequent first. Their
     * examples may hold secrets that are to be masked before people see them.
     */
    public List<Difference> differences() {
        return differences.judged(confidence());
    }

    /** Those that are hardly noise, but of which there are too few answers to say so. */
    List<Difference> undecided() {
        return differences.undecided(confidence());
    }

    /** Requests that had too few pairs to tell whether what differs is noise, the worst first. */
    List<String> suspicious() {
        return differences.suspicious(confidence());
    }

    private double confidence() {
        return FalseAlarms.confidenceOfContents(falseAlarms, ending);
    }

    /** How many requests were begun clearly later than they were due, because this program was not quick enough. */
    public int late() {
        return late;
    }

    /** By how much the latest of them was begun too late. */
    public Duration latest() {
        return latest;
    }

    // ---- keeping ------------------------------------------------------------------------------------------------------------

    /** As JSON values, to be read by {@link #from}. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("groups", groups);
        members.put("planned", byName(planned));
        members.put("done", byName(done));
        for (Side side : Side.values()) {
            members.put(side.word(), of(side).stream().map(Tally::members).toList());
            members.put(side.word() + "WarmUp", warmUp(side).members());
        }
        members.put("course", course.members());
        members.put("differences", differences.members());
        members.put("falseAlarms", falseAlarms);
        if (confirming != null) {
            members.put("confirming", confirming);
        }
        members.put("late", late);
        members.put("latestMillis", latest.toMillis());
        if (ending != null) {
            members.put("ending", ending.name());
        }
        return members;
    }

    private static Map<String, Object> byName(Map<Phase, Integer> numbers) {
        Map<String, Object> named = new TreeMap<>();
        numbers.forEach((phase, number) -> named.put(phase.name(), number));
        return named;
    }

    /** What {@link #members} wrote. */
    public static Evidence from(JsonObject members) {
        List<String> groups = members.members().get("groups") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
        Evidence evidence = new Evidence(groups, Course.from(members.object("course")),
                Differences.from(members.objects("differences")), members.number("falseAlarms"));
        read(members.object("planned"), evidence.planned);
        read(members.object("done"), evidence.done);
        for (Side side : Side.values()) {
            List<JsonObject> tallies = members.objects(side.word());
            evidence.tallies.put(side, IntStream.range(0, groups.size()).mapToObj(i -> Tally.from(tallies.get(i)))
                    .toList());
            evidence.warmUps.put(side, Tally.from(members.object(side.word() + "WarmUp")));
        }
        if (members.members().get("confirming") instanceof List<?> list) {
            evidence.confirming = list.stream().map(index -> ((Number) index).intValue()).toList();
        }
        evidence.late = (int) members.number("late");
        evidence.latest = Duration.ofMillis((int) members.number("latestMillis"));
        String ending = members.optionalText("ending");
        evidence.ending = ending == null ? null : Ending.valueOf(ending);
        return evidence;
    }

    private static void read(JsonObject members, Map<Phase, Integer> into) {
        members.members().keySet()
                .forEach(name -> into.put(Phase.valueOf((String) name), (int) members.number((String) name)));
    }
}
