package io.greenlane.hook;

import io.greenlane.json.Json;
import io.greenlane.json.JsonObject;
import io.greenlane.probe.Sender;
import io.greenlane.report.ReportFiles;
import io.greenlane.report.Reports;
import io.greenlane.report.RulesFile;
import io.greenlane.report.ValidationRecord;
import io.greenlane.validation.Alarms;
import io.greenlane.validation.Bench;
import io.greenlane.validation.Conclusion;
import io.greenlane.validation.Finding;
import io.greenlane.validation.Pace;
import io.greenlane.validation.Place;
import io.greenlane.validation.Result;
import io.greenlane.validation.rules.Reading;
import io.greenlane.validation.rules.ValidationRules;
import io.greenlane.validation.rules.Variables;
import io.greenlane.validation.rules.reading.BuiltInDefault;
import io.greenlane.validation.rules.reading.ServiceRules;
import io.greenlane.validation.run.Progress;
import io.greenlane.validation.run.Validation;
import io.greenlane.validation.source.Document;
import io.greenlane.validation.source.DocumentSearch;
import io.greenlane.validation.source.DocumentSearch.Sought;
import io.greenlane.validation.source.LogFiles;
import io.greenlane.validation.source.Secrets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Validates what a hook asks for, in slices that any process can do: each begins where the last one that ended left off. What it
 * found is kept before it answers; when it breaks off, the next one does the same again. A validation that is done keeps its
 * answer in place of its progress.
 */
public final class ValidationWork {
    private static final String ANSWER = "answer";
    private static final String JSON_TYPE = "application/json";

    private final ValidationTargets targets;
    private final Rules rules;
    private final Tools tools;
    private final ReportFiles files;
    private final Clock clock;

    /**
     * The work of one service or many.
     *
     * @param files take the reports, and beside them how far a validation is
     * @param clock for what reports tell
     */
    public ValidationWork(ValidationTargets targets, Rules rules, Tools tools, ReportFiles files, Clock clock) {
        this.targets = targets;
        this.rules = rules;
        this.tools = tools;
        this.files = files;
        this.clock = clock;
    }

    /**
     * Where rules come from.
     *
     * @param named URI of the validation file; blank to look for it where it usually is
     * @param builtIn applies when there is no file
     */
    public record Rules(DocumentSearch search, String named, Secrets secrets, LogFiles logs, BuiltInDefault builtIn) {
        private Reading read(Sought sought, Map<String, String> variables) {
            return new ServiceRules(new Variables(variables, secrets), logs, builtIn).read(sought);
        }
    }

    /**
     * What rules are tried with.
     *
     * @param senders opens one for an occasion; it is closed after it
     */
    public record Tools(Function<String, Sender> senders, Alarms alarms, Pace pace, RandomGenerator random) {}

    /**
     * Goes on.
     *
     * @param budget how long this slice may take
     * @return null when another slice is needed
     */
    public @Nullable Validated go(HookExecution hook, Duration budget) {
        String text = files.read(Worksheet.name(hook));
        JsonObject kept = text == null ? null : new JsonObject("worksheet", Json.object(text));
        if (kept != null && kept.members().containsKey(ANSWER)) {
            return Validated.from(kept.object(ANSWER));
        }
        ValidationTarget target = targets.find(hook);
        Worksheet sheet = kept == null
                ? new Worksheet(clock.instant(), rules.search().of(rules.named(), target.service()), Progress.NONE)
                : Worksheet.from(kept);
        return switch (rules.read(sheet.sought(), target.variables())) {
            case Reading.Usable(ValidationRules usable) -> go(hook, target, usable, sheet, budget);
            case Reading.Refused refused -> answer(hook, target, refused(hook, target, sheet, refused));
        };
    }

    private @Nullable Validated go(HookExecution hook, ValidationTarget target, ValidationRules usable, Worksheet sheet,
            Duration budget) {
        Progress progress;
        try (Sender sender = tools.senders().apply(hook.event().toString())) {
            Bench bench = new Bench(sender, target.green(), target.blue(), target.routing(), tools.pace(),
                    tools.random());
            progress = new Validation(usable, hook.event(), bench, tools.alarms()).go(sheet.progress(), budget);
        }
        if (!progress.done()) {
            keep(hook, sheet.with(progress).members());
            return null;
        }
        return answer(hook, target, ValidationRecord.of(target.subject(), hook.event(), sheet.begun(),
                clock.instant(), usable, progress));
    }

    private Validated answer(HookExecution hook, ValidationTarget target, ValidationRecord told) {
        String page = new Reports(files).add(told);
        Conclusion conclusion = told.conclusion();
        Validated validated = new Validated(conclusion.result(), conclusion.sentence(), target.digest(), page);
        keep(hook, Map.of(ANSWER, validated.members()));
        return validated;
    }

    private void keep(HookExecution hook, Map<String, Object> sheet) {
        files.write(Worksheet.name(hook), JSON_TYPE, Json.text(sheet));
    }

    /** Rules that cannot be read say nothing about green. */
    private ValidationRecord refused(HookExecution hook, ValidationTarget target, Worksheet sheet,
            Reading.Refused refused) {
        Place place = refused.problems().get(0).place();
        Finding finding = new Finding("validation file", place, Result.INCONCLUSIVE, true, refused.sentence(),
                "a file that can be used", refused.problems().size() + " problems", 0, null);
        RulesFile file = sheet.sought() instanceof Sought.File(Document document)
                ? new RulesFile(document.uri(), document.version(), "", document.text().lines().toList())
                : new RulesFile(place.source(), null, "", List.of());
        return new ValidationRecord(target.subject(), hook.event(), sheet.begun(), clock.instant(), file,
                List.of(finding), List.of());
    }
}
