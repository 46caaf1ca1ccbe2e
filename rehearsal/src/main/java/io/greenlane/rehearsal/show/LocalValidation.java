package io.greenlane.rehearsal.show;

import io.greenlane.probe.AddressRule;
import io.greenlane.probe.HttpSender;
import io.greenlane.probe.Listener;
import io.greenlane.report.Reports;
import io.greenlane.report.Subject;
import io.greenlane.report.ValidationRecord;
import io.greenlane.validation.Bench;
import io.greenlane.validation.Conclusion;
import io.greenlane.validation.Finding;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Result;
import io.greenlane.validation.Routing;
import io.greenlane.validation.SystemPace;
import io.greenlane.validation.rules.HookRules;
import io.greenlane.validation.rules.ValidationRules;
import io.greenlane.validation.rules.Variables;
import io.greenlane.validation.run.Progress;
import io.greenlane.validation.run.Validation;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Validates one address, beside another if there is one, and shows it on a terminal. */
final class LocalValidation {
    /** In place of a deployment's id, when none is given. */
    private static final String LOCAL = "local";
    /** The hook's own time ends it. */
    private static final Duration NO_SLICES = Duration.ofDays(1);

    private final Terminal terminal;
    private final Clock clock;
    private final Listener green;
    private final @Nullable Listener blue;
    private final Map<String, String> variables;
    private final @Nullable Path report;

    /**
     * A validation.
     *
     * @param blue null for none
     * @param variables that the rules were read with
     * @param report folder for the report; null for none
     */
    LocalValidation(Terminal terminal, Clock clock, Listener green, @Nullable Listener blue,
            Map<String, String> variables, @Nullable Path report) {
        this.terminal = terminal;
        this.clock = clock;
        this.green = green;
        this.blue = blue;
        this.variables = variables;
        this.report = report;
    }

    /** Goes through hooks until one neither passes nor warns, and says what it comes to. */
    Result run(ValidationRules rules, List<HookEvent> hooks) {
        ValidationRules asked = withoutAlarms(rules);
        FindingLines lines = new FindingLines(terminal);
        lines.begin(green, blue, rules.identity());
        List<Finding> findings = new ArrayList<>();
        for (HookEvent hook : hooks) {
            lines.hook(hook, Objects.requireNonNull(rules.hooks().get(hook)));
            Progress progress = run(asked, hook, lines);
            findings.addAll(progress.findings());
            if (Validate.code(progress.conclusion().result()) != Rehearse.AS_EXPECTED) {
                break;
            }
        }
        Conclusion conclusion = new Conclusion(findings);
        lines.end(conclusion, report == null ? null : report.resolve(Reports.page(subject().deploymentId())));
        return conclusion.result();
    }

    private Progress run(ValidationRules rules, HookEvent hook, FindingLines lines) {
        Instant begun = clock.instant();
        try (HttpSender sender = new HttpSender(AddressRule.LOCAL, hook.toString());
                Ticker ticker = Ticker.start(lines)) {
            Bench bench = new Bench(ticker.counting(sender), green, blue, new NoLoadBalancer(), new SystemPace(),
                    new Random());
            Progress progress = new Validation(rules, hook, bench, names -> List.of()).go(Progress.NONE, NO_SLICES,
                    lines::after);
            if (report != null) {
                new Reports(new ReportFolder(report)).add(
                        ValidationRecord.of(subject(), hook, begun, clock.instant(), rules, progress));
            }
            return progress;
        }
    }

    /** No CloudWatch is asked here. */
    private static ValidationRules withoutAlarms(ValidationRules rules) {
        Map<HookEvent, HookRules> hooks = new EnumMap<>(HookEvent.class);
        rules.hooks().forEach((event, hook) -> hooks.put(event, new HookRules(hook.place(), hook.readyWithin(),
                hook.within(), hook.checks(), hook.scenarios(), hook.analyses(), null)));
        return new ValidationRules(rules.source(), rules.version(), rules.sha256(), rules.lines(), rules.identity(),
                hooks,
                rules.secrets());
    }

    private Subject subject() {
        return new Subject(variables.getOrDefault(Variables.DEPLOYMENT_ID, LOCAL), null,
                variables.get(Variables.SERVICE_NAME), null, variables.get(Variables.IMAGE_TAG),
                variables.get(Variables.IMAGE_DIGEST), null);
    }

    /** Whoever runs this vouches for the address. */
    private static final class NoLoadBalancer implements Routing {
        @Override
        public @Nullable String doubt() {
            return null;
        }

        @Override
        public Duration lag() {
            return Duration.ZERO;
        }

        @Override
        public String assurance() {
            return "No load balancer was asked";
        }
    }
}
