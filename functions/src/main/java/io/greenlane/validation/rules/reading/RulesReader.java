package io.greenlane.validation.rules.reading;

import io.greenlane.json.Sha256;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.rules.AnalysisRule;
import io.greenlane.validation.rules.CheckRule;
import io.greenlane.validation.rules.HookRules;
import io.greenlane.validation.rules.IdentityRule;
import io.greenlane.validation.rules.Reading;
import io.greenlane.validation.rules.ScenarioRule;
import io.greenlane.validation.rules.ValidationRules;
import io.greenlane.validation.rules.Variables;
import io.greenlane.validation.rules.yaml.Node;
import io.greenlane.validation.rules.yaml.Node.Scalar;
import io.greenlane.validation.rules.yaml.Problems;
import io.greenlane.validation.rules.yaml.Section;
import io.greenlane.validation.rules.yaml.Yaml;
import io.greenlane.validation.source.Document;
import io.greenlane.validation.source.LogFiles;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads validation.yaml, version 1: every name resolved, every variable and default filled in, or every reason why not. */
public final class RulesReader {
    private final Variables variables;
    private final LogFiles logs;
    private final long seed;

    /**
     * A reader.
     *
     * @param logs where {@code access_log} is read from, while the file is read
     * @param seed the same one draws the same requests from an access log
     */
    public RulesReader(Variables variables, LogFiles logs, long seed) {
        this.variables = variables;
        this.logs = logs;
        this.seed = seed;
    }

    /** Reads a document by its URI and version. */
    public Reading read(Document document) {
        return read(document.uri(), document.version().isEmpty() ? null : document.version(), document.text());
    }

    /**
     * Reads a text. Whatever the text is, this answers and does not throw.
     *
     * @param source as places have it, for example {@code validation.yaml}
     * @param version of the text; null when it has none
     */
    public Reading read(String source, @Nullable String version, String text) {
        return read(source, version, true, text);
    }

    Reading read(String source, @Nullable String version, boolean numbered, String text) {
        Problems problems = new Problems();
        Node root = Yaml.read(source, numbered, text, problems);
        ValidationRules rules = root == null ? null : rules(root, source, version, text, problems);
        return rules == null || problems.count() > 0
                ? new Reading.Refused(problems.all())
                : new Reading.Usable(rules);
    }

    private ValidationRules rules(Node root, String source, @Nullable String version, String text, Problems problems) {
        Section file = Section.of(root, "a validation file", problems, "version", "identity", "defaults", "hooks",
                "checks", "scenarios", "analyses");
        refuseOtherVersions(file, problems);
        Templates templates = new Templates(variables, problems);
        Requests requests = new Requests(templates, problems, file.find("defaults"));
        JsonRules paths = new JsonRules(templates, requests.bodies(), new Matches(templates, problems), problems);
        Checks readsChecks = new Checks(requests, new Expectations(templates, paths, problems), paths, problems);
        Analyses readsAnalyses = new Analyses(new Traffics(requests, logs, seed, problems),
                new Baselines(paths, problems), problems);

        IdentityRule identity = new Identities(requests, paths, templates, problems).read(file);
        Named<CheckRule> checks = new Named<>("checks", file.find("checks"), problems, readsChecks::check);
        Named<ScenarioRule> scenarios = new Named<>("scenarios", file.find("scenarios"), problems,
                readsChecks::scenario);
        Named<AnalysisRule> analyses = new Named<>("analyses", file.find("analyses"), problems, readsAnalyses::read);
        Map<HookEvent, HookRules> hooks = Map.of();
        Node named = file.required("hooks");
        if (named != null) {
            int before = problems.count();
            hooks = new Hooks(checks, scenarios, analyses, problems).read(named);
            if (problems.count() == before) {
                checks.refuseUnused();
                scenarios.refuseUnused();
                analyses.refuseUnused();
            }
        }
        return new ValidationRules(source, version, Sha256.hex(text), text.lines().toList(), identity, hooks,
                templates.secrets());
    }

    private static void refuseOtherVersions(Section file, Problems problems) {
        Node version = file.required("version");
        if (version != null && !(version instanceof Scalar scalar && scalar.kind() == Node.Kind.NUMBER
                && scalar.text().equals("1"))) {
            problems.add(version.place(), "'version' must be 1, the only version there is, got "
                    + Section.shown(version)
                    + (version instanceof Scalar text && text.text().equals("1") ? ". Write it without quotes." : "."));
        }
    }
}
