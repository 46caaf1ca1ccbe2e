package io.greenlane.rehearsal.show;

import io.greenlane.gate.Gate;
import io.greenlane.gate.GateRules;
import io.greenlane.gate.reading.GatesReader;
import io.greenlane.gate.reading.GatesReader.Reading;
import io.greenlane.validation.source.Document;
import io.greenlane.validation.source.Documents.Lookup;
import io.greenlane.validation.source.FileDocuments;
import io.greenlane.validation.source.SourceUri;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./rehearse gates}: reads a gates.yaml and says what it asks for. */
@Command(name = "gates", mixinStandardHelpOptions = true, versionProvider = Rehearse.Version.class, sortOptions = false, description = "Reads a gates.yaml and says what must hold before a deployment starts.%n", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
        "0:the file can be used", "2:it cannot; each fault is told with its line and column"})
final class Gates implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The gates.yaml.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        return switch (new FileDocuments().find(new SourceUri.LocalFile(file))) {
            case Lookup.Found(Document document) ->
                told(GatesReader.read(new Document(file.toString(), "", document.text())), out, err);
            case Lookup.NotThere(String sentence) -> refused(err, sentence + ".");
            case Lookup.Unreadable(String sentence) -> refused(err, sentence + ".");
        };
    }

    private static int told(Reading reading, PrintWriter out, PrintWriter err) {
        return switch (reading) {
            case Reading.Refused refused -> refused(err, refused.sentence());
            case Reading.Usable(GateRules rules) -> {
                out.println("A deployment starts when");
                rules.gates().stream().map(Gate::sentence).forEach(sentence -> out.println("  - " + sentence));
                Instant now = Clock.systemUTC().instant();
                List<String> over = rules.gates().stream().flatMap(gate -> gate.over(now).stream()).toList();
                if (!over.isEmpty()) {
                    out.println("What does not count any more, and can go");
                    over.forEach(sentence -> out.println("  - " + sentence));
                }
                out.flush();
                yield Rehearse.AS_EXPECTED;
            }
        };
    }

    private static int refused(PrintWriter err, String sentence) {
        err.println(sentence);
        err.flush();
        return Rehearse.COULD_NOT_RUN;
    }
}
