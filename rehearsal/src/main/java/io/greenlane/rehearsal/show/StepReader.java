package io.greenlane.rehearsal.show;

import io.greenlane.rehearsal.cloud.Journal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads the steps of an act's releases out of the journal. */
final class StepReader {
    private static final Set<String> WORK_STATES = Set.of("PlanRelease", "AdmitRelease", "WaitForTurn",
            "WaitForGates", "RegisterTaskDefinition", "StartDeployment", "RecordOutcome", "RecordIgnoredPush",
            "RecordRejectedPush",
            "RecordUnexpectedFailure");

    private static final Map<String, String> WAITS = Map.of("TERMINATION_WAIT", "Blue is kept", "ALLOW_TRAFFIC",
            "Next shift", "READY_WAIT", "Wait for rerouting");
    private static final Map<String, String> ROUTES = Map.of("production", "Production traffic", "test",
            "Test traffic");
    private static final String SCALED_IN = "scaled in";
    private static final int SHARES = 10;

    /** CodeDeploy waits this long for green to become healthy. */
    private static final Duration INSTALL_LIMIT = Duration.ofHours(1);

    private final Map<String, Instant> begun = new HashMap<>();
    private final Map<String, Duration> lengths = new HashMap<>();
    private final Map<String, Duration> saved = new HashMap<>();
    private final String tag;
    private final int timeFactor;
    private final Set<String> tasks = new HashSet<>();
    private final Set<String> unhealthy = new HashSet<>();
    private final BiConsumer<String, Step> steps;
    private final BiConsumer<String, String> opened;
    private final Map<String, String> releases = new LinkedHashMap<>();
    private String deploying;

    /**
     * @param tag the tag of the act; it is the name of its first release
     * @param timeFactor by which waits are shortened
     * @param opened told the name of every further release, and why there is one
     * @param steps told every step with the name of its release
     */
    StepReader(String tag, int timeFactor, BiConsumer<String, String> opened, BiConsumer<String, Step> steps) {
        this.tag = tag;
        this.timeFactor = timeFactor;
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

    /** How much longer the release would have taken with its waits in full. */
    Duration saved(String release) {
        return saved.getOrDefault(release, Duration.ZERO);
    }

    private void addUnshortened(Duration wait) {
        saved.merge(deploying, wait.minus(shortened(wait)), Duration::plus);
    }

    private Duration shortened(Duration wait) {
        return wait.dividedBy(timeFactor);
    }

    private Duration took(Journal.Entry entry, String what) {
        return Duration.between(begun.getOrDefault(entry.subject() + what, entry.time()), entry.time());
    }

    void read(Journal.Entry entry) {
        switch (entry.service()) {
            case "ecr" -> image(entry);
            case "states" -> workflow(entry);
            case "codedeploy" -> deployment(entry);
            case "ecs" -> container(entry);
            case "lambda" -> note(entry);
            case "chaos" -> step(deploying, "chaos:" + entry.sentence() + entry.time(), 1, "Chaos", Mark.WARNED,
                    entry.sentence(), entry, null);
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
        if (state.equals("RegisterTaskDefinition")) {
            deploying = release;
        }
        switch (entry.kind()) {
            case "StateEntered" -> step(release, state, 0, state, Mark.RUNNING, "", entry, null);
            case "StateFailed" -> failed(entry, release, state);
            case "StateExited" -> step(release, state, 0, state, Mark.DONE, "", entry, null);
            default -> {
                // a caught failure has been shown as one
            }
        }
    }

    /** A missed heartbeat means that the workflow looks again, which is no failure; any other error is one. */
    private void failed(Journal.Entry entry, String release, String state) {
        String error = entry.facts().getOrDefault("error", "");
        if (!error.equals("States.HeartbeatTimeout")) {
            step(release, state, 0, state, Mark.FAILED, error, entry, null);
        }
    }

    private void deployment(Journal.Entry entry) {
        Map<String, String> facts = entry.facts();
        String event = facts.getOrDefault("lifecycleEvent", "");
        String wait = facts.getOrDefault("wait", "");
        switch (entry.kind()) {
            case "DeploymentCreated" -> {
                boolean rollback = facts.getOrDefault("creator", "").equals("codeDeployRollback");
                step(deploying, entry.subject(), 1, rollback ? "Rollback" : "Deployment", Mark.NOTE, entry.subject(),
                        entry, null);
            }
            case "DeploymentStatusChanged" -> failure(entry);
            case "LifecycleEventStarted" -> step(deploying, entry.subject() + event, 1, event, Mark.RUNNING, "", entry,
                    null);
            case "LifecycleEventEnded" -> {
                Mark mark = markOf(facts.getOrDefault("status", ""));
                boolean gaveUp = event.equals("Install") && mark == Mark.FAILED;
                if (gaveUp) {
                    addUnshortened(INSTALL_LIMIT);
                }
                boolean healthy = event.equals("Install") && mark == Mark.DONE;
                step(deploying, entry.subject() + event, 1, event, mark,
                        gaveUp ? "given up after 1 h on AWS" : healthy ? "green is healthy" : "", entry, null);
            }
            case "WaitStarted" -> {
                Duration length = Duration.parse(facts.getOrDefault("duration", "PT0S"));
                begun.put(entry.subject() + wait, entry.time());
                lengths.put(entry.subject() + wait, length);
                step(deploying, entry.subject() + wait, 1, WAITS.getOrDefault(wait, wait), Mark.RUNNING,
                        Durations.of(length) + " on AWS",
                        entry,
                        entry.time().plus(shortened(length)));
            }
            case "WaitEnded" -> {
                Duration length = lengths.getOrDefault(entry.subject() + wait, Duration.ZERO);
                Duration passed = took(entry, wait).multipliedBy(timeFactor);
                addUnshortened(passed.compareTo(length) < 0 ? passed : length);
                step(deploying, entry.subject() + wait, 1, WAITS.getOrDefault(wait, wait), Mark.DONE, "", entry, null);
            }
            case "TrafficShifted" -> step(deploying, entry.subject() + facts.get("route"), 1,
                    ROUTES.getOrDefault(facts.getOrDefault("route", ""), "Traffic"), Mark.DONE,
                    shares(facts.getOrDefault("greenPercent", "0")), entry, null);
            default -> {
                // everything else is said by another step
            }
        }
    }

    private void failure(Journal.Entry entry) {
        String message = entry.facts().get("errorMessage");
        if (message != null) {
            step(deploying, entry.subject() + "status", 1, "Deployment " + entry.facts().get("status"), Mark.FAILED,
                    message, entry, null);
        }
    }

    /** Tasks that were started for the releases of this act, and the revision they run. */
    private void container(Journal.Entry entry) {
        Map<String, String> facts = entry.facts();
        if (entry.kind().equals("RegisterTaskDefinition")) {
            step(deploying, "RegisterTaskDefinition", 0, "RegisterTaskDefinition", Mark.RUNNING,
                    facts.get("family") + ":" + facts.get("revision"), entry, null);
        } else if (entry.kind().equals("TaskStateChange")) {
            String status = facts.getOrDefault("lastStatus", "");
            if (status.equals("PROVISIONING") || status.equals("PENDING") || tasks.contains(entry.subject())) {
                tasks.add(entry.subject());
                if (entry.sentence().contains(": Task failed ") && unhealthy.add(entry.subject())) {
                    addUnshortened(Duration.parse(facts.getOrDefault("gracePeriod", "PT0S")));
                }
                String name = entry.subject().substring(entry.subject().lastIndexOf('/') + 1);
                step(deploying, entry.subject(), 1, "Task " + name.substring(0, Math.min(8, name.length())),
                        ofTask(status, reason(entry)), (status + " " + reason(entry)).strip(), entry, null);
            }
        }
    }

    /** Why the task stops, without the ARNs; empty while it does not. */
    private static String reason(Journal.Entry entry) {
        int colon = entry.sentence().indexOf(": ");
        return colon < 0
                ? ""
                : "(" + entry.sentence().substring(colon + 2).replaceAll(" *(in )?\\(.*", "")
                        .replace("Scaling activity initiated by", SCALED_IN) + ")";
    }

    private static Mark ofTask(String status, String reason) {
        return switch (status) {
            case "RUNNING" -> Mark.DONE;
            case "PROVISIONING", "PENDING", "ACTIVATING" -> Mark.RUNNING;
            default -> reason.startsWith("(" + SCALED_IN) ? Mark.SKIPPED : Mark.FAILED;
        };
    }

    private void note(Journal.Entry entry) {
        step(deploying, "note:" + entry.time(), 1, entry.kind(), Mark.FAILED, entry.sentence(), entry, null);
    }

    private static Mark markOf(String status) {
        return switch (status) {
            case "Succeeded" -> Mark.DONE;
            case "Skipped" -> Mark.SKIPPED;
            case "Failed" -> Mark.FAILED;
            default -> Mark.RUNNING;
        };
    }

    private static String shares(String greenPercent) {
        int green = Integer.parseInt(greenPercent);
        int filled = green / (100 / SHARES);
        return "█".repeat(filled) + "░".repeat(SHARES - filled) + " " + green + " % green, " + (100 - green)
                + " % blue";
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
