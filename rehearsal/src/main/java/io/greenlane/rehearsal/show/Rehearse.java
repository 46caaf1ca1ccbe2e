package io.greenlane.rehearsal.show;

import io.greenlane.rehearsal.LocalCloud;
import io.greenlane.rehearsal.chaos.ChaosPlan;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.container.FreePort;
import io.greenlane.rehearsal.iam.Audit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./rehearse}: the whole way of seven pushes, on this machine. */
@Command(name = "rehearse", mixinStandardHelpOptions = true, versionProvider = Rehearse.Version.class, sortOptions = false, subcommands = {
        Serve.class,
        Validate.class, Gates.class}, description = {
                "Starts a local cloud, deploys the shipped templates with a sample website in it, and pushes to it: a good "
                        + "version, one whose page is broken, one that never becomes healthy, one whose API has lost a field, one "
                        + "that is slower, and a good one that arrives twice.",
                "Production gets requests all the time; none may fail.%n"}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                        "0:every push ended as it should, no production request failed, no call was denied",
                        "1:a push ended otherwise, a production request failed, or a call was denied",
                        "2:it could not run: wrong options, a taken port"})
public final class Rehearse implements Callable<Integer> {
    static final int AS_EXPECTED = 0;
    static final int NOT_AS_EXPECTED = 1;
    static final int COULD_NOT_RUN = 2;
    static final int DEFAULT_FACTOR = 240;
    static final String DEFAULT_ACCOUNT = "111122223333";
    static final String DEFAULT_REGION = "us-east-1";

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the result to this file.")
    private @Nullable Path json;

    @Option(names = "--time-factor", paramLabel = "N", defaultValue = ""
            + DEFAULT_FACTOR, description = "Waits take one N-th of their time on AWS (default: ${DEFAULT-VALUE}, an hour takes 15 s).")
    private int timeFactor;

    @Option(names = "--chaos", paramLabel = "SEED", description = "Let things go wrong on the way, as planned from this number: calls throttled, failing or "
            + "without an answer, functions killed, events lost, late or doubled, a person in between. All must end as it does "
            + "without; the same number plans the same.")
    private @Nullable Long chaos;

    @Option(names = "--permissions", description = "Also print which calls were made under which role, and by what they are granted.")
    private boolean permissions;

    @Option(names = "--calls", paramLabel = "FILE", description = CallFile.DESCRIPTION)
    private @Nullable Path calls;

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireFolder(json, "--json");
        requireFolder(calls, "--calls");
        Terminal terminal = Terminal.of(System.out, System.getProperty("greenlane.terminal"), System.getenv());
        Clock clock = Clock.system(ZoneId.systemDefault());
        Screen screen = terminal.live() ? new LiveScreen(terminal, clock) : new PlainScreen(terminal, clock);
        screen.say(Mark.NOTE, "Rehearsing seven image pushes, four of them bad, against a local cloud; "
                + Durations.meaning(timeFactor));
        ChaosPlan plan = chaos == null ? ChaosPlan.NONE : ChaosPlan.of(chaos, Act.SCENARIO.size());
        if (chaos != null) {
            screen.say(Mark.WARNED, "Chaos from seed " + plan.seed() + ": " + plan.faults().size()
                    + " faults are planned: " + plan.kinds());
        }
        LocalCloud.Settings settings = new LocalCloud.Settings(new Account(DEFAULT_ACCOUNT, DEFAULT_REGION), 0, 0,
                timeFactor, null, archives());
        try (CallFile callFile = calls == null ? null : CallFile.open(calls);
                Cloud cloud = LocalStage.start(settings, home(), Map.of(), plan)) {
            if (callFile != null) {
                callFile.follow(cloud);
            }
            screen.say(Mark.DONE, "The local cloud is up: AWS endpoint " + cloud.endpoint() + ", registry "
                    + cloud.registryAddress());
            Rehearsal.Result result = new Rehearsal(cloud, screen, clock, cache(), reports(), timeFactor)
                    .play(Act.SCENARIO, FreePort.find(), FreePort.find());
            screen.print(new ResultTable(terminal).of(result.releases(), result.production()));
            Audit audit = cloud.audit();
            PermissionTable table = new PermissionTable(terminal);
            screen.print(permissions ? table.of(audit) : table.sum(audit));
            if (chaos != null) {
                screen.print(new ChaosTable(terminal, clock.getZone()).of(cloud.chaos()));
            }
            if (json != null) {
                ResultJson.write(json, result.releases(), result.production(), audit, cloud.chaos());
            }
            return result.asExpected() && audit.denied().isEmpty() ? AS_EXPECTED : NOT_AS_EXPECTED;
        }
    }

    /** Said before two minutes have passed, not after. */
    static void requireFolder(@Nullable Path file, String option) throws IOException {
        Path folder = file == null ? null : file.toAbsolutePath().getParent();
        if (folder != null && !Files.isWritable(folder)) {
            throw new IOException("Cannot write " + file + ": there is no writable folder " + folder
                    + "; choose another file with " + option);
        }
    }

    /** The top of the source tree: where the script stands, else the working directory. */
    static Path home() {
        return Path.of(System.getProperty("greenlane.home", ""));
    }

    /** Built image layers are kept here from run to run. */
    static Path cache() {
        return home().resolve("rehearsal/target/image-layers");
    }

    /** Reports of validations are kept here when the local cloud has ended. */
    private static SavedReports reports() {
        return new SavedReports(home().resolve("rehearsal/target/reports"));
    }

    /** What makes functions start faster is kept here from run to run. */
    static Path archives() {
        return home().resolve("rehearsal/target/function-archives");
    }

    public static void main(String[] args) {
        Terminal terminal = Terminal.of(System.out, System.getProperty("greenlane.terminal"), System.getenv());
        System.exit(
                commandLine(terminal.colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF).execute(args));
    }

    /** The command with its help in that style; whatever stops it is said in one line. */
    static CommandLine commandLine(CommandLine.Help.Ansi ansi) {
        return new CommandLine(new Rehearse()).setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
                .setUsageHelpAutoWidth(true).setExecutionExceptionHandler((fault, command, parsed) -> {
                    command.getErr().println(explanation(fault));
                    return COULD_NOT_RUN;
                });
    }

    private static String explanation(Exception fault) {
        String message = fault.getMessage();
        return message == null ? fault.toString() : message;
    }

    /** Read from the build, so that no number stands twice. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Rehearse.class.getPackage().getImplementationVersion();
            return new String[]{"Greenlane rehearsal " + (version == null ? "built from source" : version) + ", Java "
                    + Runtime.version().feature()};
        }
    }
}
