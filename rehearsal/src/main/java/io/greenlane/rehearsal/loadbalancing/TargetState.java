package io.greenlane.rehearsal.loadbalancing;

import io.greenlane.rehearsal.cloud.Timeline.Alarm;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/** A registered target, from its registration to the end of its draining. */
final class TargetState {
    final TargetAddress key;
    final Backend backend;
    TargetHealth health = TargetHealth.builder().build();
    int passes;
    int failures;
    /** Whether failed checks count: true from the first pass on, or once the target has had time to start. */
    boolean judged;
    boolean idle;
    boolean delayOver;
    /** Counts up when checks begin anew; answers to earlier checks are then void. */
    int round;
    private @Nullable Alarm alarm;

    TargetState(TargetAddress key) {
        this.key = key;
        this.backend = new Backend(key.id(), key.port());
    }

    boolean is(TargetHealthStateEnum state) {
        return health.state() == state;
    }

    /** Replaces the pending alarm; null only forgets it. */
    void await(@Nullable Alarm next) {
        if (alarm != null) {
            alarm.cancel();
        }
        alarm = next;
    }
}
