package io.greenlane.rehearsal.show;

import io.greenlane.validation.HookEvent;
import io.greenlane.validation.rules.AnalysisRule;
import io.greenlane.validation.rules.AnalysisRule.Traffic;
import io.greenlane.validation.rules.HookRules;
import io.greenlane.validation.rules.IdentityRule;
import io.greenlane.validation.rules.ValidationRules;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a validation.yaml would do, for people. */
final class ValidationPlan {
    private final Terminal terminal;

    ValidationPlan(Terminal terminal) {
        this.terminal = terminal;
    }

    String of(ValidationRules rules, List<HookEvent> hooks) {
        return "\n  " + terminal.styled(Mark.DONE.style(), Mark.DONE.symbol()) + " " + rules.source()
                + " can be used. It would do this:\n"
                + hooks.stream().map(hook -> hook(hook, rules)).collect(Collectors.joining());
    }

    private String hook(HookEvent event, ValidationRules rules) {
        HookRules hook = Objects.requireNonNull(rules.hooks().get(event));
        List<String> lines = new ArrayList<>();
        lines.add(
                line("proof", "green", proof(rules.identity()) + ", within " + Durations.of(hook.readyWithin()), true));
        hook.checks().forEach(rule -> lines.add(line("check", rule.name(), rule.request().line()
                + (rule.retry().attempts() == 1 ? "" : ", at most " + rule.retry().attempts() + " times"),
                rule.enforced())));
        hook.scenarios().forEach(rule -> lines.add(line("scenario", rule.name(), rule.steps().stream()
                .map(step -> step.request().line()).collect(Collectors.joining(", then ")), rule.enforced())));
        hook.analyses().forEach(rule -> lines.add(line("analysis", rule.name(), analysis(rule), rule.enforced())));
        if (hook.alarms() != null) {
            lines.add(line("alarms", String.join(", ", hook.alarms().names()),
                    "quiet for " + Durations.of(hook.alarms().quietFor()), true));
        }
        return "\n  " + terminal.styled(Terminal.Style.STRONG, event.toString()) + ", within "
                + Durations.of(hook.within()) + "\n" + String.join("", lines);
    }

    private static String proof(@Nullable IdentityRule identity) {
        return identity == null
                ? "the load balancer says so"
                : "the load balancer and " + identity.request().line() + " say so"
                        + (identity.inARow() == 1 ? "" : " " + identity.inARow() + " times in a row");
    }

    private static String analysis(AnalysisRule rule) {
        Traffic traffic = rule.traffic();
        return (traffic.requests().size() == 1
                ? traffic.requests().get(0).line()
                : traffic.requests().size() + " requests")
                + " at "
                + BigDecimal.valueOf(traffic.perSecond()).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros()
                        .toPlainString()
                + "/s for " + Durations.of(traffic.duration())
                + (rule.baseline() == null
                        ? ""
                        : String.format(Locale.ROOT, ", beside blue, %s %% sure", BigDecimal
                                .valueOf(rule.baseline().confidence() * 100).setScale(2, RoundingMode.HALF_UP)
                                .stripTrailingZeros().toPlainString()));
    }

    private String line(String kind, String name, String what, boolean enforced) {
        return "    " + terminal.styled(Terminal.Style.FAINT, String.format(Locale.ROOT, "%-9s", kind)) + " "
                + terminal.styled(Terminal.Style.NAME, String.format(Locale.ROOT, "%-14s", name)) + " " + what
                + (enforced ? "" : " (trial: stops nothing)") + "\n";
    }
}
