package io.greenlane.rehearsal.codedeploy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.codedeploy.model.LifecycleErrorCode;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEvent;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventStatus;

/**
 * Where a lifecycle event of a deployment stands.
 *
 * @param function the hook's function, where one is called
 * @param message why it failed
 */
record LifecycleEventState(
        LifecycleEventStatus status, @Nullable Instant start, @Nullable Instant end, @Nullable String function,
        @Nullable String message) {

    static final LifecycleEventState PENDING = new LifecycleEventState(LifecycleEventStatus.PENDING, null, null, null,
            null);

    LifecycleEventState started(Instant now, @Nullable String hookFunction) {
        return new LifecycleEventState(LifecycleEventStatus.IN_PROGRESS, now, null, hookFunction, null);
    }

    LifecycleEventState ended(LifecycleEventStatus outcome, Instant now, @Nullable String why) {
        return new LifecycleEventState(outcome, start, start == null ? null : now, function, why);
    }

    boolean isOver() {
        return status != LifecycleEventStatus.PENDING && status != LifecycleEventStatus.IN_PROGRESS;
    }

    /** As GetDeploymentTarget shows it. */
    LifecycleEvent view(String name) {
        return LifecycleEvent.builder().lifecycleEventName(name).status(status).startTime(start).endTime(end)
                .diagnostics(diagnostics -> diagnostics
                        .errorCode(status == LifecycleEventStatus.FAILED
                                ? LifecycleErrorCode.SCRIPT_FAILED
                                : LifecycleErrorCode.SUCCESS)
                        .scriptName(function == null ? "" : function).message(message == null ? "" : message)
                        .logTail(""))
                .build();
    }
}
