package io.greenlane.rehearsal.simulation;

import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour.Deviation;
import io.greenlane.rehearsal.release.CallFault;
import io.greenlane.rehearsal.release.FunctionCall;
import io.greenlane.rehearsal.simulation.Ingredient.Action;
import io.greenlane.rehearsal.simulation.Ingredient.Delivery;
import io.greenlane.rehearsal.simulation.Ingredient.Deviating;
import io.greenlane.rehearsal.simulation.Ingredient.Disturbance;
import io.greenlane.rehearsal.simulation.Ingredient.Fault;
import io.greenlane.rehearsal.simulation.Ingredient.Image;
import io.greenlane.rehearsal.simulation.Ingredient.Intervention;
import io.greenlane.rehearsal.simulation.Ingredient.Push;
import io.greenlane.rehearsal.simulation.Saboteur.Edit;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Guards that are taken out, one after the other. Without faults a release has its deployment after a second, its first hook after
 * twelve, and production after thirteen.
 */
final class Saboteurs {
    private static final String HEAD = "release/ServiceHead.java";
    private static final String LAUNCHER = "deployment/Launcher.java";
    private static final String DEPLOYMENTS = "aws/CodeDeployDeployments.java";
    private static final String HOOK = "hook/ValidationHook.java";
    private static final String SWEEPER = "deployment/Sweeper.java";
    private static final String LOST = "deployment/LostPushes.java";
    private static final String TABLE = "aws/DynamoDbLedgerTable.java";

    private static final Ingredient GOOD = push(0, "v2", Image.GOOD);
    private static final Ingredient BAD = push(0, "v2", Image.BAD_PAGE);
    private static final Ingredient NEWER = push(5_000, "v3", Image.GOOD);
    /** Comes when the first hook has begun. */
    private static final Ingredient LATER = push(20_000, "v3", Image.GOOD);
    private static final Ingredient NOTHING_STOPS = fault("AdmitRelease", "codedeploy", "StopDeployment", 1,
            CallFault.ACCESS_DENIED);
    private static final Ingredient NEVER = fault("AdmitRelease", "codedeploy", "StopDeployment", 2,
            CallFault.ACCESS_DENIED);
    private static final Ingredient NOBODY_HEARS = fault("RecordOutcome", "sns", "Publish", 1, CallFault.ACCESS_DENIED);
    /** The first validation takes half a minute, and a person stops it. */
    private static final List<Ingredient> STOPPED_VALIDATION = List.of(GOOD,
            fault("RunValidation", "s3", "GetObject", 1, CallFault.SLOW), by(20_000, Action.STOP_VALIDATION));
    /** A deployment comes into being when another of the same release has come and gone. */
    private static final List<Ingredient> LATE_DEPLOYMENT = List.of(GOOD,
            fault("StartDeployment", "codedeploy", "CreateDeployment", 1, CallFault.LANDS_LATE),
            fault("StartDeployment", "codedeploy", "ListDeployments", 2, CallFault.THROTTLED));
    /** The write that clears a release is on its way when a newer push comes. */
    private static final List<Ingredient> LATE_CLEARING = List.of(GOOD, LATER, NOTHING_STOPS, NEVER,
            fault("ReportVerdict", "dynamodb", "PutItem", 2, CallFault.SLOW));

    static final List<Saboteur> ALL = List.of(
            new Missing("a release is cleared before production moves").of("hook/Fence.java",
                    "? pass(one, found)", "? hook.event() == null ? pass(one, found) : found").breaks("I5", GOOD),
            new Missing("clearing is written down").of(HEAD, "withRunning(running.clear())", "withRunning(running)")
                    .breaks("I5", GOOD),
            new Missing("an overtaken release does not go on").of(HEAD, "if (running.overtakenBy() != null) {",
                    "if (running.overtakenBy() != null && hold != null) {").breaks("I5", GOOD, NEWER, NOTHING_STOPS),
            new Missing("a cleared release is not overtaken").of("release/Turn.java",
                    "overtakenBy != null || cleared ||", "overtakenBy != null ||").breaks("I5", GOOD, LATER,
                            fault("ReportVerdict", "codedeploy", "PutLifecycleEventHookExecutionStatus", 2,
                                    CallFault.SLOW)),
            new Missing("an older push does not follow a newer one").of(HEAD,
                    "if (last != null && last.leavesBehind(turn)) {",
                    "if (last != null && last.leavesBehind(turn) && hold != null) {").breaks("I7", GOOD, NEWER,
                            new Disturbance("ImagePushed", 1, Delivery.LATE)),
            new Missing("one release runs, the others wait").of(HEAD,
                    "if (running != null) {\n            return behind(",
                    "if (running != null && hold != null) {\n            return behind(").breaks(Saboteur.OUTCOME, GOOD,
                            NEWER),
            new Missing("what production runs is not deployed again").of(HEAD, "return turn.digest().equals(serving)",
                    "return turn.digest().equals(hold)").breaks(Saboteur.OUTCOME, GOOD,
                            by(60_000, Action.PUSH_AGAIN)),
            new Missing("not found counts only after a while").of(LAUNCHER,
                    "if (now.isBefore(launch.sentAt().plus(settle))) {", "if (now.isBefore(launch.sentAt())) {")
                    .breaks("I1", LATE_DEPLOYMENT),
            new Missing("a request is written down before it is sent").of(LAUNCHER,
                    "Step.to(current.with(current.launch().sent(now)), true));",
                    "Step.to(current.looked(now), true));").breaks("I1", LATE_DEPLOYMENT),
            new Missing("the image is looked for before it is deployed").of("lambda/StartDeployment.java",
                    "images.find(item.push().repository(), item.push().digest()).orGone();",
                    "images.find(item.push().repository(), item.push().digest());").breaks(Saboteur.OUTCOME, GOOD,
                            by(900, Action.DELETE_IMAGE)),
            new Missing("a busy group is no refusal").of(DEPLOYMENTS,
                    "return new Created.Busy(active(sentence(e)), sentence(e));",
                    "return new Created.Refused(sentence(e));").breaks(Saboteur.OUTCOME,
                            by(0, Action.DEPLOY_BY_HAND), push(1_000, "v2", Image.GOOD)),
            new Missing("no answer is no refusal").of(DEPLOYMENTS,
                    "return new Created.Unknown(String.valueOf(e.getMessage()));",
                    "return new Created.Refused(String.valueOf(e.getMessage()));").breaks(Saboteur.OUTCOME, GOOD,
                            create(CallFault.ANSWER_LOST)),
            new Missing("too many requests are no refusal").of(DEPLOYMENTS, "if (e.isThrottlingException()) {",
                    "if (e.isThrottlingException() && e.statusCode() > 599) {").breaks(Saboteur.OUTCOME, GOOD,
                            create(CallFault.THROTTLED)),
            new Missing("a fault of the service is no refusal").of(DEPLOYMENTS, "e.statusCode() >= 500 ?",
                    "e.statusCode() >= 600 ?").breaks(Saboteur.OUTCOME, GOOD, create(CallFault.SERVER_ERROR)),
            new Missing("a hook has a timer").of(HOOK, "deadlines.watch(hook, overdueAt(call));", "overdueAt(call);")
                    .breaks("I8", STOPPED_VALIDATION),
            new Missing("the timer ends before the hour").of(HOOK, "clock::instant).plus(OVERDUE_AFTER)",
                    "clock::instant).plus(OVERDUE_AFTER).plus(OVERDUE_AFTER)")
                    .breaks("I8", STOPPED_VALIDATION),
            new Missing("a hook that breaks off fails").of(HOOK,
                    "verdict = failed(subject.digest(), \"Validation could not begin: \" + sentence(e));",
                    "verdict = new Verdict(Result.PASS, sentence(e), subject.digest(), null, clock.instant());")
                    .breaks("P0", BAD, fault("TestTraffic", "codedeploy", "GetDeployment", 1, CallFault.ACCESS_DENIED),
                            fault("Traffic", "codedeploy", "GetDeployment", 1, CallFault.ACCESS_DENIED)),
            new Missing("a pass counts once it is written").of("hook/VerdictDesk.java", "if (due.passed() && !mercy) {",
                    "if (due.passed() && mercy) {").breaks("I3", GOOD,
                            fault("ReportVerdict", "dynamodb", "PutItem", 1, CallFault.TIMED_OUT)),
            new Missing("the first verdict stands").of("release/DeploymentNotes.java", "return before != null\n",
                    "return before != null && matter.isEmpty()\n").breaks("I8", GOOD,
                            fault("ReportVerdict", "dynamodb", "PutItem", 1, CallFault.CRASH_AFTER)),
            new Missing("what failed its validation does not pass").of("lambda/ReportVerdict.java",
                    "Result.valueOf(validated.text(\"result\"))", "Result.PASS").breaks("P0", BAD),
            new Missing("the first ending stands").of("release/Releases.java",
                    "if (before != null) {\n                return Step.stay(before);",
                    "if (before != null && before.reason().isEmpty()) {\n                return Step.stay(before);")
                    .breaks("I6",
                            GOOD, fault("RecordOutcome", "dynamodb", "PutItem", 1, CallFault.CRASH_AFTER)),
            new Missing("a release that ended leaves the queue").of("release/OutcomeDesk.java",
                    "Turn next = queue.leave(service, turnId);", "Turn next = queue.head(service).next();")
                    .breaks("I9", GOOD),
            new Missing("an image that failed is quarantined").of("release/OutcomeDesk.java",
                    "if (ending.aftermath().imageAtFault()) {",
                    "if (ending.aftermath().imageAtFault() && ending.reason().isEmpty()) {").breaks("I4", BAD),
            new Missing("what is in quarantine is not admitted").of("release/AdmissionDesk.java",
                    "if (quarantined != null) {", "if (quarantined != null && token != null) {").breaks("I4", BAD,
                            by(120_000, Action.PUSH_AGAIN)),
            new Missing("what could not be announced is still due").of("release/Outbox.java",
                    "if (!announcements.publish(announcement(entry, ending))) {",
                    "if (!announcements.publish(announcement(entry, ending)) && entry.id().isEmpty()) {").breaks("I10",
                            GOOD,
                            NOBODY_HEARS),
            new Missing("what was announced is not due any more").of("release/Outbox.java",
                    "EndingEntry.put(members, ending.announced(now));",
                    "EndingEntry.put(members, ending.reason().isEmpty() ? ending.announced(now) : ending);")
                    .breaks("I9", GOOD),
            new Missing("the sweep announces what is due").of(SWEEPER,
                    "desk.end(release,\n                    new Verdict(ending.outcome(), ending.reason(),"
                            + " ending.deploymentId(), ending.aftermath()));",
                    "releases.find(release.id());").breaks("I9", GOOD, NOBODY_HEARS),
            new Missing("the sweep ends a release whose workflow was stopped").of(SWEEPER,
                    "desk.end(release, new Verdict(state == Executions.State.ABORTED",
                    "desk.record(null, null, release.id(), new Verdict(state == Executions.State.ABORTED").breaks("I9",
                            GOOD, by(500, Action.STOP_EXECUTION)),
            new Missing("the sweep ends a release whose deployment nobody waits for").of(SWEEPER,
                    "desk.end(release, new Verdict(ended.outcome()",
                    "desk.record(null, null, release.id(), new Verdict(ended.outcome()").breaks("I9", GOOD,
                            by(5_000, Action.STOP_EXECUTION)),
            new Missing("the sweep finds a push that no event told of").of(LOST,
                    "if (push == null || isKnown(push, service.reference())) {",
                    "if (push == null || isKnown(push, service.reference()) || now != null) {").breaks("I7", GOOD,
                            new Disturbance("ImagePushed", 1, Delivery.LOST)),
            new Missing("what a person stopped is not started again").of(LOST,
                    "return isStopped(push, expected) ? null", "return isStopped(push, expected) && now == null ? null")
                    .breaks(Saboteur.OUTCOME, GOOD, fault("PlanRelease", "ecr", "DescribeRepositories", 1,
                            CallFault.HANGS), by(1_000, Action.STOP_EXECUTION)),
            new Missing("an execution that left no outcome gets one").of("deployment/UnrecordedExecutions.java",
                    "boolean recorded = desk.recordMissing(", "boolean recorded = !stopped && desk.recordMissing(")
                    .breaks("I6", GOOD, NEWER, fault("PlanRelease", "ecr", "DescribeRepositories", 1,
                            CallFault.HANGS), by(1_000, Action.STOP_EXECUTION)),
            new Missing("a deployment has ended when its rollback has").of("deployment/DeploymentWatch.java",
                    "Deployment rollback = failed ?", "Deployment rollback = !failed ?").breaks("I9", BAD),
            new Missing("what a person deployed stays").of("deployment/ForeignDeployments.java",
                    "if (source == null || !isForeign(source)", "if (source == null || isForeign(source)")
                    .breaks("I12", GOOD, push(59_900, "v3", Image.GOOD), by(60_000, Action.DEPLOY_BY_HAND)),
            new Missing("what a person deployed stays, however late the event of a push before it is").of(
                    "deployment/ForeignDeployments.java", "(asPlanned && leftTheImage(source, releaseId))",
                    "(asPlanned && source != null)")
                    .breaks("I12", GOOD, push(900_000, "v3", Image.GOOD),
                            new Disturbance("ImagePushed", 2, Delivery.LATE), by(905_000, Action.DEPLOY_BY_HAND)),
            new Missing("a write is refused when another came first").of(TABLE,
                    "put.conditionExpression(\"#version = :before\")",
                    "put.conditionExpression(\"attribute_exists(#version) OR #version = :before\")")
                    .breaks(Saboteur.OUTCOME, LATE_CLEARING),
            new Missing("a new entry does not replace another").of(TABLE,
                    "put.conditionExpression(\"attribute_not_exists(#id)\")",
                    "put.conditionExpression(\"attribute_not_exists(#id) OR attribute_exists(#id)\")").breaks("I8",
                            GOOD,
                            LATER, fault("ReportVerdict", "dynamodb", "PutItem", 1, CallFault.SLOW)));

    private Saboteurs() {}

    private static Push push(long millis, String tag, Image image) {
        return new Push(Duration.ofMillis(millis), tag, image);
    }

    private static Fault fault(String function, String service, String operation, int ordinal, CallFault what) {
        return new Fault(new FunctionCall(function, service, operation, ordinal), what);
    }

    private static Fault create(CallFault what) {
        return fault("StartDeployment", "codedeploy", "CreateDeployment", 1, what);
    }

    private static Intervention by(long millis, Action action) {
        return new Intervention(Duration.ofMillis(millis), action);
    }

    /** One of them on its way. */
    private record Missing(String name, List<Edit> edits) {
        Missing(String name) {
            this(name, List.of());
        }

        Missing of(String file, String guard, String instead) {
            return new Missing(name, Stream.concat(edits.stream(), Stream.of(new Edit(file, guard, instead))).toList());
        }

        Saboteur breaks(String promise, Ingredient... ingredients) {
            return breaks(promise, List.of(ingredients));
        }

        Saboteur breaks(String promise, List<Ingredient> ingredients) {
            return new Saboteur(name, edits, promise, new Schedule(1, Stream.concat(ingredients.stream(),
                    Stream.of(new Deviating(Deviation.HOOK_INVOCATION_RETRIED))).toList()));
        }
    }
}
