package io.greenlane.rehearsal.loadbalancing;

import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.loadbalancing.HealthProbe.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/** Registers, checks and drains the targets of one group (ALB guide, target groups and health checks). */
final class TargetChecks {
    /** From registration to the first check. */
    private static final Duration REGISTRATION = Duration.ofSeconds(1);

    private final Map<TargetAddress, TargetState> targets;
    private final Upstream upstream;
    private final Surroundings surroundings;
    private @Nullable Settings settings;
    private boolean inUse;

    TargetChecks(Map<TargetAddress, TargetState> targets, Upstream upstream, Surroundings surroundings) {
        this.targets = targets;
        this.upstream = upstream;
        this.surroundings = surroundings;
    }

    /**
     * What all groups share.
     *
     * @param startAllowance of real time: for so long after its registration (or for threshold times interval, if that is
     *     less) failed checks do not yet make a target unhealthy, because waits are shortened and the start of its process
     *     is not
     */
    record Surroundings(Timeline timeline, HealthProbe probe, TargetHealthWatch.Listener listener, Journal journal,
            Duration startAllowance) {}

    /** How the group checks its targets, and how long it drains them. */
    record Settings(String path, String port, Duration interval, Duration timeout, int healthyThreshold,
            int unhealthyThreshold, StatusMatcher matcher, Duration drainingDelay) {}

    void settings(Settings changed) {
        settings = changed;
    }

    private Settings settings() {
        if (settings == null) {
            throw new IllegalStateException("The group has no settings yet");
        }
        return settings;
    }

    /** Told when the first listener begins to refer to the group, or the last one ceases to. */
    void inUse(boolean now) {
        if (now == inUse) {
            return;
        }
        inUse = now;
        List.copyOf(targets.values()).stream().filter(target -> !target.is(TargetHealthStateEnum.DRAINING)).forEach(
                this::begin);
    }

    void register(TargetAddress key) {
        TargetState known = targets.get(key);
        if (known == null || known.is(TargetHealthStateEnum.DRAINING)) {
            if (known != null) {
                known.await(null);
            }
            TargetState target = new TargetState(key);
            targets.put(key, target);
            begin(target);
        }
    }

    void deregister(TargetAddress key) {
        TargetState target = targets.get(key);
        if (target == null || target.is(TargetHealthStateEnum.DRAINING)) {
            return;
        }
        target.round++;
        if (target.is(TargetHealthStateEnum.UNUSED)) {
            target.await(null);
            end(target);
            return;
        }
        become(target, TargetHealthStateEnum.DRAINING, TargetHealthReasonEnum.TARGET_DEREGISTRATION_IN_PROGRESS,
                "Target deregistration is in progress");
        Timeline timeline = surroundings.timeline();
        Duration delay = settings().drainingDelay();
        target.await(timeline.after(delay, () -> {
            target.delayOver = true;
            target.await(timeline.atLimit(delay, () -> end(target)));
            endIfDrained(target);
        }));
        target.backend.drain(() -> timeline.run(() -> {
            target.idle = true;
            endIfDrained(target);
        }));
    }

    /** Forgets all targets, because the group is deleted. */
    void clear() {
        targets.values().forEach(target -> target.await(null));
        targets.clear();
        upstream.offer(List.of());
    }

    private void endIfDrained(TargetState target) {
        if (target.idle && target.delayOver) {
            target.await(null);
            end(target);
        }
    }

    private void end(TargetState target) {
        if (targets.remove(target.key, target)) {
            become(target, TargetHealthStateEnum.UNUSED, TargetHealthReasonEnum.TARGET_NOT_REGISTERED,
                    "Target is not registered to the target group");
        }
    }

    private void begin(TargetState target) {
        target.round++;
        target.passes = 0;
        target.failures = 0;
        target.judged = false;
        target.await(null);
        if (!inUse) {
            become(target, TargetHealthStateEnum.UNUSED, TargetHealthReasonEnum.TARGET_NOT_IN_USE,
                    "Target group is not configured to receive traffic from the load balancer");
            return;
        }
        become(target, TargetHealthStateEnum.INITIAL, TargetHealthReasonEnum.ELB_REGISTRATION_IN_PROGRESS,
                "Target registration is in progress");
        int round = target.round;
        Duration untilUnhealthy = settings().interval().multipliedBy(settings().unhealthyThreshold());
        Duration allowance = untilUnhealthy.compareTo(surroundings.startAllowance()) < 0
                ? untilUnhealthy
                : surroundings.startAllowance();
        surroundings.timeline().atLimit(allowance, () -> {
            if (target.round == round) {
                target.judged = true;
            }
        });
        target.await(surroundings.timeline().after(REGISTRATION, () -> check(target)));
    }

    private void check(TargetState target) {
        if (target.health.reason() == TargetHealthReasonEnum.ELB_REGISTRATION_IN_PROGRESS) {
            become(target, TargetHealthStateEnum.INITIAL, TargetHealthReasonEnum.ELB_INITIAL_HEALTH_CHECKING,
                    "Initial health checks in progress");
        }
        int round = target.round;
        int port = settings().port().equals("traffic-port") ? target.key.port() : Integer.parseInt(settings().port());
        surroundings.probe().check(new HealthProbe.Check(target.key.id(), port, settings().path(), settings()
                .timeout()), finding -> {
                    if (target.round == round) {
                        // First the next check: whoever hears of the finding may deregister the target and await its end.
                        target.await(surroundings.timeline().after(settings().interval(), () -> check(target)));
                        judge(target, finding);
                    }
                });
    }

    private void judge(TargetState target, Finding finding) {
        if (finding instanceof Finding.Answered(int status) && settings().matcher().matches(status)) {
            target.passes++;
            target.failures = 0;
            target.judged = true;
            boolean first = target.is(TargetHealthStateEnum.INITIAL);
            if (first
                    || (target.is(TargetHealthStateEnum.UNHEALTHY) && target.passes >= settings().healthyThreshold())) {
                become(target, TargetHealthStateEnum.HEALTHY, null, null);
            }
            return;
        }
        target.failures++;
        target.passes = 0;
        if (target.judged && target.failures >= settings().unhealthyThreshold()) {
            switch (finding) {
                case Finding.Answered(int status) -> become(target, TargetHealthStateEnum.UNHEALTHY,
                        TargetHealthReasonEnum.TARGET_RESPONSE_CODE_MISMATCH, "Health checks failed with these codes: ["
                                + status + "]");
                case Finding.TimedOut() -> become(target, TargetHealthStateEnum.UNHEALTHY,
                        TargetHealthReasonEnum.TARGET_TIMEOUT, "Request timed out");
                case Finding.Unreachable() -> become(target, TargetHealthStateEnum.UNHEALTHY,
                        TargetHealthReasonEnum.TARGET_FAILED_HEALTH_CHECKS, "Health checks failed");
            }
        }
    }

    private void become(TargetState target, TargetHealthStateEnum state, @Nullable TargetHealthReasonEnum reason,
            @Nullable String description) {
        TargetHealth before = target.health;
        target.health = TargetHealth.builder().state(state).reason(reason).description(description).build();
        offer();
        if (target.health.equals(before)) {
            return;
        }
        if (before.state() != state) {
            surroundings.journal().write("elasticloadbalancing", "TargetHealth", upstream.targetGroupArn(), Map.of(
                    "target", target.backend.toString(), "state", target.health.stateAsString()),
                    "Target "
                            + target.backend + " is " + target.health.stateAsString() + (description == null
                                    ? ""
                                    : ": "
                                            + description));
        }
        surroundings.listener().changed(upstream.targetGroupArn(), target.key.id(), target.key.port(), target.health);
    }

    private void offer() {
        List<Backend> healthy = targets.values().stream().filter(target -> target.is(TargetHealthStateEnum.HEALTHY))
                .map(target -> target.backend).toList();
        upstream.offer(!healthy.isEmpty()
                ? healthy
                : targets.values().stream().filter(target -> target.is(
                        TargetHealthStateEnum.INITIAL) || target.is(TargetHealthStateEnum.UNHEALTHY)).map(
                                target -> target.backend)
                        .toList());
    }
}
