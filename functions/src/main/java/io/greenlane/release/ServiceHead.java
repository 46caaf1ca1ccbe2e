package io.greenlane.release;

import io.greenlane.image.Digest;
import io.greenlane.image.RepositoryName;
import io.greenlane.release.Admission.Answer;
import io.greenlane.service.Overlap.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The queue of one service: one release runs, others wait. The real lock is CodeDeploy's own limit of one active deployment per
 * group; a queue that is wrong costs time, never safety. But what production may move to is decided here: a release is either
 * cleared or overtaken, never both.
 *
 * @param running null when it is anybody's turn
 * @param waiting where the newest wins, at most one per repository
 * @param newest by repository, the newest push that leaves older ones behind: where the newest wins, the newest that asked for its
 *     turn, and in a queue the newest that had it
 * @param hold why the service is held; null when it is not
 */
public record ServiceHead(@Nullable Turn running, List<Turn> waiting, Map<RepositoryName, Newest> newest,
        @Nullable String hold) {
    /** Nothing runs, nothing waits. */
    public static final ServiceHead IDLE = new ServiceHead(null, List.of(), Map.of(), null);

    private static final String ITS_TURN = "It is this release's turn.";

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
     * @param policy of the release that asks
     */
    public Admission admit(Turn turn, @Nullable Digest serving, Policy policy) {
        if (running != null && running.releaseId().equals(turn.releaseId())) {
            Objection objection = objection(turn.releaseId());
            return objection == null
                    ? answer(Answer.START, ITS_TURN, withRunning(running.sleepingOn(null)), List.of())
                    : answer(Answer.valueOf(objection.outcome().name()), objection.sentence(), this, List.of());
        }
        Newest last = newest.get(turn.repository());
        if (last != null && last.leavesBehind(turn)) {
            return answer(Answer.SUPERSEDED, "A newer push of " + last.pushedAt() + " took its place (release "
                    + last.releaseId() + ").", without(turn), List.of());
        }
        if (hold != null) {
            return answer(Answer.HELD, "The service is held: " + hold, without(turn), List.of());
        }
        if (running != null) {
            return behind(running, turn, policy);
        }
        if (policy == Policy.QUEUE && !isFirst(turn)) {
            return answer(Answer.WAIT, "Releases of earlier pushes come first.", withWaiting(turn), List.of());
        }
        List<Turn> displaced = displacedBy(turn, policy);
        ServiceHead alone = without(turn).withoutAll(displaced).withNewest(turn.releaseId(), turn.repository(),
                turn.pushedAt());
        return turn.digest().equals(serving)
                ? answer(Answer.DUPLICATE, turn.digest() + " already runs.", alone, displaced)
                : answer(Answer.START, ITS_TURN, alone.withRunning(turn.sleepingOn(null)), displaced);
    }

    /** The release of a group that brings the same image, and was not joined before it came to this, goes back. */
    private Admission behind(Turn runs, Turn turn, Policy policy) {
        if (!runs.isOfGroup() && runs.digest().equals(turn.digest()) && canJoin(runs.releaseId(), policy)) {
            List<Turn> displaced = displacedBy(turn, policy);
            return answer(Answer.DUPLICATE, "Release " + runs.releaseId()
                    + " is already bringing this image; another push of it changes nothing.",
                    without(turn).withoutAll(displaced).withNewest(turn.releaseId(), turn.repository(),
                            turn.pushedAt()),
                    displaced);
        }
        return switch (policy) {
            case REFUSE -> answer(Answer.REJECTED, "Release " + runs.releaseId()
                    + " of this service has not ended, and the service takes no push meanwhile (overlap "
                    + policy + "): push again when it has.", without(turn), List.of());
            case QUEUE -> answer(Answer.WAIT, notEnded(runs), withWaiting(turn), List.of());
            case NEWEST_WINS -> {
                List<Turn> displaced = displacedBy(turn, policy);
                Turn givesWay = runs.makingWayFor(turn);
                boolean wakes = runs.overtakenBy() == null && givesWay.overtakenBy() != null
                        && (runs.isOfGroup() || runs.token() != null);
                yield answer(Answer.WAIT, givesWay.overtakenBy() == null
                        ? notEnded(runs)
                        : "Release " + runs.releaseId() + " of an older push makes way.",
                        withWaiting(turn).withoutAll(displaced).withRunning(givesWay)
                                .withNewest(turn.releaseId(), turn.repository(), turn.pushedAt()),
                        wakes ? Stream.concat(displaced.stream(), Stream.of(runs)).toList() : displaced);
            }
        };
    }

    private static String notEnded(Turn runs) {
        return "Release " + runs.releaseId() + " of this service has not ended.";
    }

    /**
     * Whether another push of the image of an open release asks for nothing else than that release: not when it makes way for a
     * newer push, nor where every push has its turn and others come in between.
     */
    boolean canJoin(String releaseId, Policy policy) {
        Turn mine = Stream.concat(Stream.ofNullable(running), waiting.stream())
                .filter(turn -> turn.releaseId().equals(releaseId)).findFirst().orElse(null);
        if (mine == null || mine.overtakenBy() != null) {
            return false;
        }
        return policy != Policy.QUEUE || waiting.stream().filter(turn -> turn.repository().equals(mine.repository()))
                .allMatch(turn -> turn.equals(mine) || (!mine.equals(running) && comesBefore(turn, mine)));
    }

    /**
     * Another push asked for what an open release brings: it counts as pushed again, and what waited since steps back.
     *
     * @return null when that release cannot be joined, see {@link #canJoin}
     */
    @Nullable
    Admission join(String releaseId, RepositoryName repository, Instant pushedAt, Policy policy) {
        if (!canJoin(releaseId, policy)) {
            return null;
        }
        String reason = "Release " + releaseId + " already brings this image; another push of it changes nothing.";
        Newest last = newest.get(repository);
        if (last != null && !last.releaseId().equals(releaseId) && pushedAt.isBefore(last.pushedAt())) {
            return answer(Answer.DUPLICATE, reason, this, List.of());
        }
        boolean runs = running != null && running.releaseId().equals(releaseId);
        List<Turn> displaced = displacedBy(releaseId, repository, policy);
        List<Turn> waits = waiting.stream().map(
                turn -> turn.releaseId().equals(releaseId) ? turn.pushedAgainAt(pushedAt) : turn).toList();
        ServiceHead next = new ServiceHead(running != null && runs ? running.pushedAgainAt(pushedAt) : running, waits,
                newest, hold).withoutAll(displaced);
        return answer(Answer.DUPLICATE, reason, runs || policy != Policy.QUEUE
                ? next.withNewest(releaseId, repository, pushedAt)
                : next, displaced);
    }

    /** Why a release that has or had its turn may not go on; null when it may. */
    public @Nullable Objection objection(String releaseId) {
        if (running == null || !running.releaseId().equals(releaseId)) {
            return new Objection(Outcome.FAILED, "It is not the turn of release " + releaseId + ".");
        }
        if (running.overtakenBy() != null) {
            return new Objection(Outcome.SUPERSEDED, "A newer push took its place before production moved (release "
                    + running.overtakenBy() + ").");
        }
        return hold == null || running.cleared()
                ? null
                : new Objection(Outcome.HELD, "The service is held: " + hold);
    }

    /** The running release sleeps on a token, until whoever changes its lot wakes it. */
    ServiceHead sleeping(String releaseId, String token) {
        return running == null || !running.releaseId().equals(releaseId)
                ? this
                : withRunning(running.sleepingOn(token));
    }

    /** From now on production may move to the running release, and no other takes its place. */
    ServiceHead cleared(String releaseId) {
        return running == null || !running.releaseId().equals(releaseId) ? this : withRunning(running.clear());
    }

    /** The queue after a release ended, wherever it stood. */
    public ServiceHead after(String releaseId) {
        Turn runs = running != null && running.releaseId().equals(releaseId) ? null : running;
        return new ServiceHead(runs, waiting.stream().filter(turn -> !turn.releaseId().equals(releaseId)).toList(),
                newest, hold);
    }

    /** The waiting release whose turn it is; null while another runs or none waits. */
    public @Nullable Turn next() {
        return running != null ? null : first();
    }

    /** Pushes of the same second are in the order in which they came. */
    private @Nullable Turn first() {
        return waiting.stream().min(Comparator.comparing(Turn::pushedAt)).orElse(null);
    }

    private boolean isFirst(Turn turn) {
        Turn first = withWaiting(turn).first();
        return first != null && first.releaseId().equals(turn.releaseId());
    }

    private boolean comesBefore(Turn one, Turn other) {
        return one.pushedAt().equals(other.pushedAt())
                ? waiting.indexOf(one) < waiting.indexOf(other)
                : one.pushedAt().isBefore(other.pushedAt());
    }

    private List<Turn> displacedBy(Turn turn, Policy policy) {
        return displacedBy(turn.releaseId(), turn.repository(), policy);
    }

    private List<Turn> displacedBy(String releaseId, RepositoryName repository, Policy policy) {
        return policy != Policy.NEWEST_WINS
                ? List.of()
                : waiting.stream()
                        .filter(turn -> turn.repository().equals(repository) && !turn.releaseId().equals(releaseId))
                        .toList();
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

    /** Whoever waits already keeps the place. */
    private ServiceHead withWaiting(Turn turn) {
        List<Turn> all = new ArrayList<>(waiting);
        all.replaceAll(other -> other.releaseId().equals(turn.releaseId()) ? turn : other);
        if (!all.contains(turn)) {
            all.add(turn);
        }
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
