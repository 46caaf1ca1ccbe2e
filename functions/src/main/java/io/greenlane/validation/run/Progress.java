package io.greenlane.validation.run;

import io.greenlane.json.JsonObject;
import io.greenlane.validation.Conclusion;
import io.greenlane.validation.Finding;
import io.greenlane.validation.check.Mask;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How far a validation has come; goes from one slice to the next as JSON.
 *
 * @param steps how many of the hook's rules are done
 * @param used time spent so far, without the time between slices
 * @param findings so far, in order
 * @param evidence what analyses have gathered, by name of the analysis; of the one that is under way too
 * @param quiet how long alarms have been quiet so far
 * @param steady for how long the load balancer has said without a break that it forwards to green alone
 * @param done whether there is nothing left to do
 */
public record Progress(int steps, Duration used, List<Finding> findings, Map<String, Map<String, Object>> evidence,
        Duration quiet, Duration steady, boolean done) {
    /** Nothing has been done yet. */
    public static final Progress NONE = new Progress(0, Duration.ZERO, List.of(), Map.of(), Duration.ZERO,
            Duration.ZERO, false);

    public Progress {
        findings = List.copyOf(findings);
        evidence = Collections.unmodifiableMap(new LinkedHashMap<>(evidence));
    }

    /** What it comes to so far. */
    public Conclusion conclusion() {
        return new Conclusion(findings);
    }

    Progress with(List<Finding> more) {
        return new Progress(steps, used, Stream.concat(findings.stream(), more.stream()).toList(), evidence, quiet,
                steady, done);
    }

    Progress with(String analysis, Map<String, Object> gathered) {
        Map<String, Map<String, Object>> all = new LinkedHashMap<>(evidence);
        all.put(analysis, gathered);
        return new Progress(steps, used, findings, all, quiet, steady, done);
    }

    /** The findings from that index on, and what evidence quotes of answers, without secrets. */
    Progress masked(int from, Mask mask) {
        List<Finding> shown = IntStream.range(0, findings.size())
                .mapToObj(i -> i < from ? findings.get(i) : mask.finding(findings.get(i))).toList();
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        evidence.forEach((name, gathered) -> all.put(name, new Quotations(mask).masked(gathered)));
        return new Progress(steps, used, shown, all, quiet, steady, done);
    }

    Progress nextStep() {
        return new Progress(steps + 1, used, findings, evidence, Duration.ZERO, steady, done);
    }

    Progress quietFor(Duration time) {
        return new Progress(steps, used, findings, evidence, time, steady, done);
    }

    Progress after(Duration time, Duration steadyFor) {
        return new Progress(steps, time, findings, evidence, quiet, steadyFor, done);
    }

    Progress finished() {
        return new Progress(steps, used, findings, evidence, quiet, steady, true);
    }

    /** As JSON has it. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("steps", steps);
        members.put("usedMillis", used.toMillis());
        members.put("findings", findings.stream().map(Finding::members).toList());
        members.put("evidence", evidence);
        members.put("quietMillis", quiet.toMillis());
        members.put("steadyMillis", steady.toMillis());
        members.put("done", done);
        return members;
    }

    /** Read back; an {@link IllegalArgumentException} names what does not fit. */
    public static Progress from(JsonObject json) {
        Map<String, Map<String, Object>> evidence = new LinkedHashMap<>();
        JsonObject gathered = json.object("evidence");
        gathered.members().forEach((name, value) -> {
            Map<String, Object> members = new LinkedHashMap<>();
            gathered.object(name.toString()).members().forEach((member, it) -> members.put(member.toString(), it));
            evidence.put(name.toString(), members);
        });
        return new Progress((int) json.number("steps"), Duration.ofMillis((long) json.number("usedMillis")),
                json.objects("findings").stream().map(Finding::from).toList(), evidence,
                Duration.ofMillis((long) json.number("quietMillis")),
                Duration.ofMillis((long) json.number("steadyMillis")), json.truth("done"));
    }
}
