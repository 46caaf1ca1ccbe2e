package io.greenlane.gate.reading;

import io.greenlane.gate.AlarmsQuiet;
import io.greenlane.gate.Approval;
import io.greenlane.gate.Gate;
import io.greenlane.gate.GateRules;
import io.greenlane.gate.Platform;
import io.greenlane.release.ReleaseId;
import io.greenlane.validation.rules.Problem;
import io.greenlane.validation.rules.yaml.Node;
import io.greenlane.validation.rules.yaml.Node.Scalar;
import io.greenlane.validation.rules.yaml.Problems;
import io.greenlane.validation.rules.yaml.Section;
import io.greenlane.validation.rules.yaml.Units;
import io.greenlane.validation.rules.yaml.Yaml;
import io.greenlane.validation.source.Document;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads gates.yaml, version 1. */
public final class GatesReader {
    /** The longest wait: less looks than an execution of the workflow may have events (25,000). */
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final int MOST_ALARMS = 100;

    private final Problems problems;

    private GatesReader(Problems problems) {
        this.problems = problems;
    }

    /** Reads a document. Whatever its text is, this answers and does not throw. */
    public static Reading read(Document document) {
        Problems problems = new Problems();
        Node root = Yaml.read(document.uri(), true, document.text(), problems);
        List<Gate> gates = root == null ? List.of() : new GatesReader(problems).gates(root);
        return problems.count() > 0
                ? new Reading.Refused(problems.all())
                : new Reading.Usable(new GateRules(document.uri(), document.version(),
                        ReleaseId.hash(document.text()), gates));
    }

    private List<Gate> gates(Node root) {
        Section file = Section.of(root, "a file of gates", problems, "version", "platform", "scan",
                "signature", "alarms", "freeze", "approval");
        requireVersion(file);
        List<Gate> gates = new ArrayList<>();
        if (file.truth("platform", true)) {
            gates.add(new Platform());
        }
        Node scan = file.find("scan");
        if (scan != null) {
            gates.add(new Scans(problems).read(scan));
        }
        Node signature = file.find("signature");
        if (signature != null) {
            gates.add(new Signatures(problems).read(signature));
        }
        gates.add(alarms(file));
        Node freeze = file.find("freeze");
        if (freeze != null) {
            gates.add(new Freezes(problems).read(freeze));
        }
        Node approval = file.find("approval");
        if (approval != null) {
            gates.add(new Approval(wait(Section.of(approval, "'approval'", problems, "wait"), Duration.ofHours(24))));
        }
        return gates;
    }

    private void requireVersion(Section file) {
        Node version = file.required("version");
        if (version != null && !(version instanceof Scalar scalar && scalar.kind() == Node.Kind.NUMBER
                && scalar.text().equals("1"))) {
            problems.add(version.place(), "'version' must be 1, the only version there is, got "
                    + Section.shown(version) + ".");
        }
    }

    private AlarmsQuiet alarms(Section file) {
        Duration usual = Duration.ofMinutes(30);
        Node node = file.find("alarms");
        if (node == null) {
            return new AlarmsQuiet(true, List.of(), usual);
        }
        Section alarms = Section.of(node, "'alarms'", problems, "deployment_group", "names", "wait");
        List<String> names = new ArrayList<>();
        for (Node item : alarms.list("names", MOST_ALARMS)) {
            Scalar name = Section.text("names", item, problems);
            if (name != null && (name.text().isBlank() || name.text().length() > 255)) {
                problems.add(item.place(), "The name of an alarm has 1 to 255 characters, got " + Section.shown(item)
                        + ".");
            } else if (name != null) {
                names.add(name.text());
            }
        }
        return new AlarmsQuiet(alarms.truth("deployment_group", true), names, wait(alarms, usual));
    }

    /** How long a gate waits: at most a week. */
    static Duration wait(Section gate, Duration usual) {
        return gate.unit("wait", usual, text -> {
            Duration wait = Units.wait(text);
            if (wait.compareTo(Duration.ofMinutes(1)) < 0 || wait.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("must be from 1m to 7d, got '" + text + "'");
            }
            return wait;
        });
    }

    /** What came of reading a gates.yaml. */
    public sealed interface Reading {
        /** It can be used. */
        record Usable(GateRules rules) implements Reading {}

        /**
         * It cannot.
         *
         * @param problems all that were found, by their place; at least one
         */
        record Refused(List<Problem> problems) implements Reading {
            public Refused {
                problems = List.copyOf(problems);
            }

            /** All of them, a line each. */
            public String sentence() {
                return problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
            }
        }
    }
}
