package io.greenlane.rehearsal.codedeploy;

import io.greenlane.rehearsal.codedeploy.Revisions.Revision;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.codedeploy.model.AlarmConfiguration;
import software.amazon.awssdk.services.codedeploy.model.AutoRollbackConfiguration;
import software.amazon.awssdk.services.codedeploy.model.DeploymentCreator;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.ErrorCode;
import software.amazon.awssdk.services.codedeploy.model.ErrorInformation;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;
import software.amazon.awssdk.services.codedeploy.model.RollbackInfo;

/** What is known of one deployment. It is moved on by its {@link DeploymentRun} alone. */
final class Deployment {
    private final Order order;
    private final Map<Phase, LifecycleEventState> events = new EnumMap<>(Phase.class);
    private DeploymentStatus status = DeploymentStatus.CREATED;
    private Instant lastUpdate;
    private @Nullable Instant startTime;
    private @Nullable Instant completeTime;
    private @Nullable ErrorInformation error;
    private @Nullable RollbackInfo rollback;
    private @Nullable BlueGreen pair;
    private boolean terminationWaitStarted;

    /**
     * What was asked for.
     *
     * @param group the deployment group as it was then
     * @param revision null only for a rollback of a group that never had a successful deployment
     * @param previousRevision the last good one before
     */
    record Order(
            String id, DeploymentGroup home, DeploymentGroupInfo group, @Nullable Revision revision,
            @Nullable RevisionLocation previousRevision, String configName, ShiftPlan plan,
            @Nullable String description, DeploymentCreator creator, @Nullable AutoRollbackConfiguration autoRollback,
            @Nullable AlarmConfiguration alarms, @Nullable AlarmConfiguration alarmOverride, Instant createTime) {}

    Deployment(Order order) {
        this.order = order;
        this.lastUpdate = order.createTime();
    }

    Order order() {
        return order;
    }

    String id() {
        return order.id();
    }

    DeploymentGroupInfo group() {
        return order.group();
    }

    boolean isRollback() {
        return order.creator() == DeploymentCreator.CODE_DEPLOY_ROLLBACK;
    }

    DeploymentStatus status() {
        return status;
    }

    boolean isFinal() {
        return StatusTransitions.isFinal(status);
    }

    boolean isQueued() {
        return status == DeploymentStatus.QUEUED;
    }

    boolean hasStarted() {
        return startTime != null;
    }

    boolean hasSucceeded() {
        return status == DeploymentStatus.SUCCEEDED;
    }

    void moveTo(DeploymentStatus next, Instant now) {
        StatusTransitions.check(id(), status, next);
        status = next;
        lastUpdate = now;
        if (next == DeploymentStatus.IN_PROGRESS && startTime == null) {
            startTime = now;
        }
        if (isFinal()) {
            completeTime = now;
        }
    }

    Instant createTime() {
        return order.createTime();
    }

    Optional<Instant> startTime() {
        return Optional.ofNullable(startTime);
    }

    Optional<Instant> completeTime() {
        return Optional.ofNullable(completeTime);
    }

    Instant lastUpdate() {
        return lastUpdate;
    }

    Optional<ErrorInformation> error() {
        return Optional.ofNullable(error);
    }

    void endsWith(ErrorCode code, String message) {
        error = ErrorInformation.builder().code(code).message(message).build();
    }

    Optional<RollbackInfo> rollback() {
        return Optional.ofNullable(rollback);
    }

    void rollbackIs(RollbackInfo info) {
        rollback = info;
    }

    /** The two sides, once they have been found. */
    Optional<BlueGreen> pair() {
        return Optional.ofNullable(pair);
    }

    void pairIs(BlueGreen found) {
        pair = found;
    }

    boolean terminationWaitStarted() {
        return terminationWaitStarted;
    }

    void terminationWaitStarts() {
        terminationWaitStarted = true;
    }

    /** The lifecycle events in their order, as far as this deployment has them. */
    Map<Phase, LifecycleEventState> events() {
        return Collections.unmodifiableMap(events);
    }

    LifecycleEventState event(Phase phase) {
        return events.getOrDefault(phase, LifecycleEventState.PENDING);
    }

    void event(Phase phase, LifecycleEventState state, Instant now) {
        events.put(phase, state);
        lastUpdate = now;
    }
}
