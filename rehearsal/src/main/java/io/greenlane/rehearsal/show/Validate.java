package io.greenlane.rehearsal.show;

import io.greenlane.probe.Listener;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Result;
import io.greenlane.validation.rules.Reading;
import io.greenlane.validation.rules.ValidationRules;
import io.greenlane.validation.rules.Variables;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./rehearse validate}: a validation.yaml against any two addresses, or read alone. */
@Command(name = "validate", mixinStandardHelpOptions = true, versionProvider = Rehearse.Version.class, sortOptions = false, description = {
        "Validates the version behind --green by a validation.yaml, as a deployment would, and prints the verdict. "
                + "Without --green it only reads the file and says what it would do.",
        "No load balancer is asked here: what answers is proven by 'identity' alone, or not at all.%n"}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                "0:pass or warn; without --green: the file can be used", "1:fail",
                "2:it could not run: wrong options, or a file that cannot be used", "3:inconclusive"})
final class Validate implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int INCONCLUSIVE = 3;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The validation.yaml.")
    private Path file = Path.of("");

    @Option(names = "--green", paramLabel = "URL", description = "Where the new version answers, such as http://localhost:8081.")
    private @Nullable String green;

    @Option(names = "--blue", paramLabel = "URL", description = "Where the version to compare with answers.")
    private @Nullable String blue;

    @Option(names = "--hook", paramLabel = "NAME", description = "Do only what the file names at this hook (default: all its hooks, until one does not pass).")
    private @Nullable String hook;

    @Option(names = "--var", paramLabel = "NAME=VALUE", description = "What a variable stands for, such as image.tag=v2.")
    private Map<String, String> variables = new LinkedHashMap<>();

    @Option(names = "--secret", paramLabel = "NAME=ENV", description = "Which environment variable holds a secret, such as /greenlane/shop/token=TOKEN.")
    private Map<String, String> secrets = new LinkedHashMap<>();

    @Option(names = "--report", paramLabel = "FOLDER", description = "Write the report there, as HTML, Markdown, JSON and JUnit XML.")
    private @Nullable Path report;

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        requireKnownVariables(command);
        List<HookEvent> only = hook == null ? List.of() : List.of(hook(command, hook));
        Listener newVersion = green == null ? null : address(command, "--green", green);
        Listener oldVersion = blue == null ? null : address(command, "--blue", blue);
        if (newVersion == null && (oldVersion != null || report != null)) {
            throw new ParameterException(command.commandLine(),
                    "Nothing is validated without --green; give it, or leave out --blue and --report");
        }
        Terminal terminal = Terminal.of(System.out, System.getProperty("greenlane.terminal"), System.getenv());
        RulesOnDisk onDisk = new RulesOnDisk(variables, secrets, System.getenv(), newVersion == null);
        return switch (onDisk.read(file)) {
            case Reading.Refused refused -> refused(command.commandLine().getErr(), refused);
            case Reading.Usable(ValidationRules rules) -> {
                List<HookEvent> hooks = hooks(command, rules, only);
                if (newVersion == null) {
                    terminal.out().print(new ValidationPlan(terminal).of(rules, hooks));
                    terminal.out().flush();
                    yield Rehearse.AS_EXPECTED;
                }
                yield code(new LocalValidation(terminal, Clock.systemUTC(), newVersion, oldVersion, variables, report)
                        .run(rules, hooks));
            }
        };
    }

    private static int refused(PrintWriter err, Reading.Refused refused) {
        err.println(refused.sentence());
        err.flush();
        return Rehearse.COULD_NOT_RUN;
    }

    static int code(Result result) {
        return switch (result) {
            case PASS, WARN -> Rehearse.AS_EXPECTED;
            case FAIL -> FAILED;
            case INCONCLUSIVE -> INCONCLUSIVE;
        };
    }

    private void requireKnownVariables(CommandSpec command) {
        variables.keySet().stream().filter(name -> !Variables.NAMES.contains(name)).findFirst().ifPresent(name -> {
            throw new ParameterException(command.commandLine(),
                    "There is no variable '" + name + "' for --var; it may be "
                            + String.join(", ", Variables.NAMES));
        });
    }

    private static HookEvent hook(CommandSpec command, String name) {
        return Arrays.stream(HookEvent.values()).filter(event -> event.toString().equals(name)).findFirst()
                .orElseThrow(() -> new ParameterException(command.commandLine(), "There is no hook '" + name
                        + "' for --hook; it may be " + Arrays.toString(HookEvent.values()).replaceAll("[\\[\\]]", "")));
    }

    private static Listener address(CommandSpec command, String option, String url) {
        try {
            return Address.of(url);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), option + " " + e.getMessage(), e);
        }
    }

    private List<HookEvent> hooks(CommandSpec command, ValidationRules rules, List<HookEvent> only) {
        List<HookEvent> named = Arrays.stream(HookEvent.values()).filter(rules.hooks()::containsKey)
                .filter(event -> only.isEmpty() || only.contains(event)).toList();
        if (named.isEmpty()) {
            throw new ParameterException(command.commandLine(), file + " names no hook " + hook);
        }
        return named;
    }
}
