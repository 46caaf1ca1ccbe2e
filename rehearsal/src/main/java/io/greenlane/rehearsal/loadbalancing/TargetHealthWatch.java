package io.greenlane.rehearsal.loadbalancing;

import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;

/** Tells a service of the same local cloud when the health of a target changes, so that it need not poll. */
public interface TargetHealthWatch {
    /** Calls the listener with every change from now on, in the turn that made it. */
    void follow(Listener listener);

    /** Hears of changes. */
    @FunctionalInterface
    interface Listener {
        /**
         * The health of a target is another one than before.
         *
         * @param targetId IP address
         * @param health as DescribeTargetHealth says from now on; {@code unused} with reason Target.NotRegistered when the
         *     target's draining has ended
         */
        void changed(String targetGroupArn, String targetId, int port, TargetHealth health);
    }
}
