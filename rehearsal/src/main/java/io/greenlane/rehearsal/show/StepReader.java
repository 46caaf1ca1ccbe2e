package io.greenlane.rehearsal.show;

import io.greenlane.rehearsal.cloud.Journal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads the steps of an act's releases out of the journal. */
final class StepReader {
    private static final Set<String> WORK_STATES = Set.of("PlanRelease", "AdmitRelease", "WaitForTurn",
            "RegisterTaskDefinition", "StartDeployment", "RecordOutcome", "RecordIgnoredPush", "RecordRejectedPush",
            "RecordUnexpectedFailure");

    private final String tag;
    private final BiConsumer<String, Step> steps;
    private final BiConsumer<String, String> opened;
    private final Map<String, String> releases = new LinkedHashMap<>();
    private String deploying;

    /**
     * @param tag the tag of the act; it is the name of its first release
     * @param opened told the name of every further release, and why there is one
     * @param steps told every step with the name of its release
     */
    StepReader(String tag, BiConsumer<String, String> opened, BiConsumer<String, Step> steps) {
        this.tag = tag;
        this.deploying = tag;
        this.opened = opened;
        this.steps = steps;
    }

    /** The name under which an execution's release is shown. */
    String releaseOf(String execution) {
        return releases.computeIfAbsent(execution, unknown -> {
            int number = releases.size() + 1;
            if (number == 1) {
                return tag;
            }
            String name = tag + " #" + number;
            opened.accept(name, tag + ", once more");
            return name;
        });
    }

    List<String> names() {
        return new ArrayList<>(releases.values());
    }

    void read(Journal.Entry entry) {
        switch (entry.service()) {
            case "ecr" -> image(entry);
            case "states" -> workflow(entry);
            case "codedeploy" -> deployment(entry);
            case "elasticloadbalancing" -> traffic(entry);
            case "lambda" -> note(entry);
            default -> {
                // of no interest to a release
            }
        }
    }

    private void image(Journal.Entry entry) {
        if (entry.kind().equals("ImagePushed")) {
            String pushed = entry.facts().get("tag");
            String digest = shortened(entry.facts().getOrDefault("digest", ""));
            if (pushed == null) {
                step(tag, "untagged:" + digest, 0, "Pushed a part of the index", Mark.DONE, digest, entry, null);
            } else {
                step(tag, "pushed:" + entry.time(), 0, "Pushed " + pushed, Mark.DONE, digest, entry, null);
            }
        }
    }

    private void workflow(Journal.Entry entry) {
        String state = entry.facts().get("state");
        if (state == null || !WORK_STATES.contains(state)) {
            return;
        }
        String release = releaseOf(entry.subject());
        if (state.equals("StartDeployment")) {
            deploying = release;
        }
        switch (entry.kind()) {
            case "StateEntered" -> step(release, state, 0, state, Mark.RUNNING, "", entry, null);
            case "StateExited" -> step(release, state, 0, state, Mark.DONE, "", entry, null);
            case "StateFailed" -> step(release, state, 0, state, Mark.FAILED,
                    entry.facts().getOrDefault("error", ""), entry, null);
            default -> {
                // retries and the like are part of the state
            }
        }
    }

    private void deployment(Journal.Entry entry) {
        String event = entry.facts().get("lifecycleEvent");
        if (event == null) {
            return;
        }
        Mark mark = switch (entry.facts().getOrDefault("status", "")) {
            case "Succeeded" -> Mark.DONE;
            case "Failed" -> Mark.FAILED;
            case "Skipped" -> Mark.SKIPPED;
            default -> Mark.RUNNING;
        };
        step(deploying, event, 1, event, mark, "", entry, due(entry));
    }

    private void traffic(Journal.Entry entry) {
        if (entry.kind().equals("ModifyListener")) {
            String port = entry.facts().getOrDefault("port", "");
            step(deploying, "traffic:" + port + ":" + entry.time(), 1, "Listener " + port, Mark.NOTE,
                    entry.facts().getOrDefault("weights", entry.sentence()), entry, null);
        }
    }

    private void note(Journal.Entry entry) {
        step(deploying, "note:" + entry.time(), 1, entry.kind(), Mark.FAILED, entry.sentence(), entry, null);
    }

    private static @Nullable Instant due(Journal.Entry entry) {
        String wait = entry.facts().get("wait");
        return wait == null ? null : entry.time().plus(Duration.parse(wait));
    }

    private void step(String release, String id, int depth, String title, Mark mark, String detail,
            Journal.Entry entry, @Nullable Instant due) {
        steps.accept(release, new Step(id, depth, title, mark, detail, entry.time(),
                mark == Mark.RUNNING ? null : entry.time(), due));
    }

    private static String shortened(String digest) {
        int end = "sha256:".length() + 12;
        return digest.length() > end ? digest.substring(0, end) : digest;
    }
}
