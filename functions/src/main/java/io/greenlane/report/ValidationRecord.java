package io.greenlane.report;

import io.greenlane.json.JsonObject;
import io.greenlane.validation.Conclusion;
import io.greenlane.validation.Finding;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.analysis.Evidence;
import io.greenlane.validation.rules.AnalysisRule;
import io.greenlane.validation.rules.HookRules;
import io.greenlane.validation.rules.ValidationRules;
import io.greenlane.validation.run.Progress;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One hook's validation of one deployment, with all that a report tells. Secrets are masked before they come here.
 *
 * @param begun by the wall clock
 * @param ended by the wall clock
 * @param rules what was validated by
 * @param findings in the order in which they were made
 * @param traffic of each analysis that was begun, in the order of the file
 */
public record ValidationRecord(Subject subject, HookEvent hook, Instant begun, Instant ended, RulesFile rules,
        List<Finding> findings, List<Traffic> traffic) {
    public ValidationRecord {
        findings = List.copyOf(findings);
        traffic = List.copyOf(traffic);
    }

    /** What a validation that is done came to. */
    public static ValidationRecord of(Subject subject, HookEvent hook, Instant begun, Instant ended,
            ValidationRules rules, Progress progress) {
        HookRules today = rules.hooks().get(hook);
        List<AnalysisRule> analyses = today == null ? List.of() : today.analyses();
        return new ValidationRecord(subject, hook, begun, ended, RulesFile.of(rules), progress.findings(),
                analyses.stream().flatMap(rule -> traffic(rule, progress)).toList());
    }

    private static Stream<Traffic> traffic(AnalysisRule rule, Progress progress) {
        Map<String, Object> gathered = progress.evidence().get(rule.name());
        return gathered == null
                ? Stream.empty()
                : Stream.of(Traffic.of(rule, Evidence.from(new JsonObject("evidence." + rule.name(), gathered))));
    }

    /** What the findings come to. */
    public Conclusion conclusion() {
        return new Conclusion(findings);
    }

    /** As JSON has it. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("hook", hook.toString());
        members.put("result", conclusion().result().name());
        members.put("sentence", conclusion().sentence());
        members.put("subject", subject.members());
        members.put("begun", begun.toString());
        members.put("ended", ended.toString());
        members.put("rules", rules.members());
        members.put("findings", findings.stream().map(Finding::members).toList());
        members.put("traffic", traffic.stream().map(Traffic::members).toList());
        return members;
    }

    /** Read back; an {@link IllegalArgumentException} names what does not fit. */
    public static ValidationRecord from(JsonObject json) {
        String hook = json.text("hook");
        return new ValidationRecord(Subject.from(json.object("subject")),
                Arrays.stream(HookEvent.values()).filter(event -> event.toString().equals(hook)).findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(json.path("hook") + " is no hook")),
                Instant.parse(json.text("begun")), Instant.parse(json.text("ended")),
                RulesFile.from(json.object("rules")), json.objects("findings").stream().map(Finding::from).toList(),
                json.objects("traffic").stream().map(Traffic::from).toList());
    }
}
