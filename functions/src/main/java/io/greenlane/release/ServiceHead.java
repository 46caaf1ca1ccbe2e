package io.greenlane.release;

import io.greenlane.image.Digest;
import io.greenlane.image.RepositoryName;
import io.greenlane.release.Admission.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The queue of one service: one release runs, and for each repository at most one waits, the newest. The real lock is CodeDeploy's
 * own limit of one active deployment per group; a queue that is wrong costs time, never safety.
 *
 * @param running null when it is anybody's turn
 * @param waiting at most one per repository
 * @param newest by repository, the newest push that asked for its turn
 * @param hold why the service is held; null when it is not
 */
public record ServiceHead(@Nullable Turn running, List<Turn> waiting, Map<RepositoryName, Newest> newest,
        @Nullable String hold) {
    /** Nothing runs, nothing waits. */
    public static final ServiceHead IDLE = new ServiceHead(null, List.of(), Map.of(), null);

    public ServiceHead {
        waiting = List.copyOf(waiting);
        newest = Map.copyOf(newest);
    }

    /**
     * The newest push of a repository that asked for its turn.
     *
     * @param overtaken releases pushed in the same second that asked earlier: ECR tells time in seconds, so arrival decides there
     */
    public record Newest(String releaseId, Instant pushedAt, List<String> overtaken) {
        public Newest {
            overtaken = List.copyOf(overtaken);
        }

        private boolean leavesBehind(Turn turn) {
            return !turn.releaseId().equals(releaseId)
                    && (turn.pushedAt().isBefore(pushedAt) || overtaken.contains(turn.releaseId()));
        }

        private Newest overtakenBy(String other, Instant time) {
            if (other.equals(releaseId)) {
                return new Newest(releaseId, time.isAfter(pushedAt) ? time : pushedAt, overtaken);
            }
            return new Newest(other, time, time.equals(pushedAt)
                    ? Stream.concat(overtaken.stream(), Stream.of(releaseId)).toList()
                    : List.of());
        }
    }

    /**
     * Whose turn is it? Asking again after an answer was lost gives the same answer.
     *
     * @param serving the digest that production runs now; null when unknown
     */
    public Admission admit(Turn turn, @Nullable Digest serving) {
        if (running != null && running.releaseId().equals(turn.releaseId())) {
            return answer(Answer.START, "It is this release's turn.", this, List.of());
        }
        Newest last = newest.get(turn.repository());
        if (last != null && last.leavesBehind(turn)) {
            return answer(Answer.SUPERSEDED, "A newer push of " + last.pushedAt() + " took its place (release "
                    + last.releaseId() + ").", without(turn), List.of());
        }
        if (hold != null) {
            return answer(Answer.HELD, "The service is held: " + hold, without(turn), List.of());
        }
        List<Turn> displaced = displacedBy(turn.releaseId(), turn.repository());
        ServiceHead alone = without(turn).withoutAll(displaced).withNewest(turn.releaseId(), turn.repository(),
                turn.pushedAt());
        if (running != null && running.digest().equals(turn.digest())) {
            return answer(Answer.DUPLICATE,
                    "Release " + running.releaseId()
                            + " is already bringing this image; another push of it changes nothing.",
                    alone,
                    displaced);
        }
        if (running != null) {
            return answer(Answer.WAIT, "Release " + running.releaseId() + " of this service has not ended.",
                    alone.withWaiting(turn), displaced);
        }
        if (turn.digest().equals(serving)) {
            return answer(Answer.DUPLICATE, turn.digest() + " already runs.", alone, displaced);
        }
        return answer(Answer.START, "It is this release's turn.", alone.withRunning(turn.sleepingOn(null)), displaced);
    }

    /** Another push asked for what an open release brings: it counts as pushed again, and what waited since steps back. */
    public Admission join(String releaseId, RepositoryName repository, Instant pushedAt) {
        String reason = "Release " + releaseId + " already brings this image; another push of it changes nothing.";
        Newest last = newest.get(repository);
        if (last != null && !last.releaseId().equals(releaseId) && pushedAt.isBefore(last.pushedAt())) {
            return answer(Answer.DUPLICATE, reason, this, List.of());
        }
        List<Turn> displaced = displacedBy(releaseId, repository);
        Turn runs = running != null && running.releaseId().equals(releaseId)
                ? running.pushedAgainAt(pushedAt)
                : running;
        List<Turn> waits = waiting.stream().map(
                turn -> turn.releaseId().equals(releaseId) ? turn.pushedAgainAt(pushedAt) : turn).toList();
        ServiceHead next = new ServiceHead(runs, waits, newest, hold).withoutAll(displaced).withNewest(releaseId,
                repository, pushedAt);
        return answer(Answer.DUPLICATE, reason, next, displaced);
    }

    /** The queue after a release ended, wherever it stood. */
    public ServiceHead after(String releaseId) {
        Turn runs = running != null && running.releaseId().equals(releaseId) ? null : running;
        return new ServiceHead(runs, waiting.stream().filter(turn -> !turn.releaseId().equals(releaseId)).toList(),
                newest, hold);
    }

    /** The waiting release whose turn it is; null while another runs or none waits. */
    public @Nullable Turn next() {
        return running != null ? null : waiting.stream().min(Comparator.comparing(Turn::pushedAt)).orElse(null);
    }

    private List<Turn> displacedBy(String releaseId, RepositoryName repository) {
        return waiting.stream()
                .filter(turn -> turn.repository().equals(repository) && !turn.releaseId().equals(releaseId)).toList();
    }

    private ServiceHead without(Turn turn) {
        return after(turn.releaseId());
    }

    private ServiceHead withoutAll(List<Turn> turns) {
        return new ServiceHead(running, waiting.stream().filter(turn -> !turns.contains(turn)).toList(), newest, hold);
    }

    private ServiceHead withRunning(Turn turn) {
        return new ServiceHead(turn, waiting, newest, hold);
    }

    private ServiceHead withWaiting(Turn turn) {
        List<Turn> all = new ArrayList<>(waiting);
        all.add(turn);
        return new ServiceHead(running, all, newest, hold);
    }

    private ServiceHead withNewest(String releaseId, RepositoryName repository, Instant pushedAt) {
        Map<RepositoryName, Newest> all = new HashMap<>(newest);
        Newest last = newest.get(repository);
        all.put(repository, last == null
                ? new Newest(releaseId, pushedAt, List.of())
                : last.overtakenBy(releaseId, pushedAt));
        return new ServiceHead(running, waiting, all, hold);
    }

    /** Held for this reason; null lifts the hold. */
    ServiceHead heldBy(@Nullable String reason) {
        return new ServiceHead(running, waiting, newest, reason);
    }

    private static Admission answer(Answer answer, String reason, ServiceHead head, List<Turn> displaced) {
        return new Admission(answer, reason, head, displaced);
    }
}
