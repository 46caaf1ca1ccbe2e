package io.greenlane.rehearsal.loadbalancing;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The side of a target group that requests see: who may be asked now, one after the other. */
final class Upstream {
    private final String targetGroupArn;
    private final AtomicInteger next = new AtomicInteger();
    private volatile List<Backend> eligible = List.of();

    Upstream(String targetGroupArn) {
        this.targetGroupArn = targetGroupArn;
    }

    String targetGroupArn() {
        return targetGroupArn;
    }

    /** Replaces the targets that may be asked: the healthy ones, or all when none is (fail open; ALB guide, health checks). */
    void offer(List<Backend> targets) {
        eligible = List.copyOf(targets);
    }

    /** The next target in turn, already entered; empty when there is none beside those that were tried. */
    Optional<Backend> acquire(Set<Backend> tried) {
        List<Backend> candidates = eligible;
        int start = Math.floorMod(next.getAndIncrement(), Math.max(1, candidates.size()));
        for (int i = 0; i < candidates.size(); i++) {
            Backend candidate = candidates.get((start + i) % candidates.size());
            if (!tried.contains(candidate) && candidate.enter()) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
