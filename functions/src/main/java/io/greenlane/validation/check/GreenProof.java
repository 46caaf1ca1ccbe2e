package io.greenlane.validation.check;

import io.greenlane.probe.Answer;
import io.greenlane.probe.Request;
import io.greenlane.validation.Bench;
import io.greenlane.validation.Finding;
import io.greenlane.validation.Place;
import io.greenlane.validation.Result;
import io.greenlane.validation.rules.IdentityRule;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Shows that what answers on green's listener is green: the load balancer forwards there alone and finds it healthy, and, when
 * the service offers it, the answer itself says so. May be used by many threads.
 *
 * <p>A load balancer tells its settings, not what its nodes do by now: for some time after a change requests may still go to
 * blue, from one of its nodes, or by one of its rules. No look at the settings can see that, and no answer to another request
 * either. So an answer that does not say itself which version gave it counts only once the load balancer has told the same for
 * a while without a break. What remains is a load balancer that is later than that.
 */
public final class GreenProof {
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    /** Without an identity the load balancer's word is all there is; it must be the same that often, a second apart. */
    private static final int LOOKS_IN_A_ROW = 3;
    /** Where green must be ready sooner, no more than this part of the time is spent waiting for the load balancer. */
    private static final int PART_OF_THE_WAIT = 2;
    /** What a load balancer answers in place of targets (Application Load Balancer guide, troubleshooting page). */
    private static final Set<Integer> NO_TARGET = Set.of(502, 503, 504);

    private final Bench bench;
    private final @Nullable Identity identity;
    private final Duration settles;
    private final Look routing;
    private final Look whole;
    /** For how long there had been no doubt about the routing before the first look. */
    private volatile Duration steadyBefore;
    /** Since when there has been none, with that; null while there is one. */
    private volatile @Nullable Duration steadySince;

    /**
     * A proof for one bench.
     *
     * @param identity how an answer shows which version gave it; null when the service offers nothing, then only the load
     *            balancer's word counts
     * @param readyWithin how long the proof may take; where answers do not say it themselves, the load balancer must have said
     *            for {@link io.greenlane.validation.Routing#lag}, or half of this if that is less, that it forwards to green alone
     * @param steady for how long it has said so already, as {@link #steady()} told in another call
     */
    public GreenProof(Bench bench, @Nullable IdentityRule identity, Duration readyWithin, Duration steady) {
        this.bench = bench;
        this.identity = identity == null ? null : new Identity(identity);
        Duration part = readyWithin.dividedBy(PART_OF_THE_WAIT);
        Duration lag = bench.routing().lag();
        this.settles = part.compareTo(lag) < 0 ? part : lag;
        this.steadyBefore = steady;
        this.routing = new Look(bench.pace(), this::askRouting);
        this.whole = new Look(bench.pace(), () -> {
            Sight sight = sight(null);
            return sight.proven() ? null : sight.said();
        });
    }

    /**
     * Waits until green is proven several times in a row, once a second, and the load balancer has settled where that matters; a doubt
     * begins both anew.
     *
     * @param within the longest wait
     * @return PASS, or the last doubt: FAIL when the answers say another version or never came, INCONCLUSIVE when the load
     *         balancer does not serve green
     */
    public Finding prove(Duration within) {
        return prove(within, within);
    }

    /**
     * The same for a wait that began in another call.
     *
     * @param left the longest wait of this call
     * @param within the longest wait of all calls together, as the sentence tells it
     */
    public Finding prove(Duration left, Duration within) {
        Duration end = bench.pace().now().plus(left);
        int needed = identity == null ? LOOKS_IN_A_ROW : identity.rule().inARow();
        int row = 0;
        int looks = 0;
        while (true) {
            Sight sight = sight(end);
            looks++;
            row = sight.proven() ? row + 1 : 0;
            String unsettled = identity == null || !identity.inHeader() ? unsettled() : null;
            if (row >= needed && unsettled == null) {
                return finding(Result.PASS, sight.said() + ", " + row + " times in a row", sight.said(), looks);
            }
            if (bench.pace().now().plus(BETWEEN).compareTo(end) > 0) {
                Result result = sight.proven() ? Result.INCONCLUSIVE : sight.result();
                String last = sight.proven() && unsettled != null ? unsettled : sight.said();
                return finding(result, "Green was not proven " + needed + " times in a row within " + Told.time(within)
                        + "; last: " + last, last, looks);
            }
            bench.pace().pause(BETWEEN);
        }
    }

    /**
     * Why an answer may not be green's; null when there is no doubt. Checks the identity of an answer whose header says one, and
     * looks at the routing at most once a second.
     */
    public @Nullable String doubt(Answer answer) {
        String other = otherVersion(answer);
        return other == null ? routing.lately() : other;
    }

    /** Why green is not proven before a request is sent; null when it was a moment ago. */
    @Nullable
    String doubtBefore() {
        return whole.lately();
    }

    /** Why an answer that just came may not be green's; always looks. */
    @Nullable
    String doubtAfter(Answer answer) {
        if (identity == null || !identity.shownBy(answer)) {
            String doubt = whole.now();
            return doubt == null ? unsettled() : doubt;
        }
        String other = otherVersion(answer);
        return other == null ? routing.now() : other;
    }

    private @Nullable String askRouting() {
        String doubt = bench.routing().doubt();
        if (doubt != null) {
            steadyBefore = Duration.ZERO;
            steadySince = null;
        } else if (steadySince == null) {
            steadySince = bench.pace().now().minus(steadyBefore);
        }
        return doubt;
    }

    /** For how long the load balancer has said without a break that it forwards to green alone. */
    public Duration steady() {
        Duration since = steadySince;
        return since == null ? steadyBefore : bench.pace().now().minus(since);
    }

    /** Why the load balancer's word does not count yet; null when it does. */
    private @Nullable String unsettled() {
        Duration steady = steady();
        return steady.compareTo(settles) >= 0
                ? null
                : "The load balancer has said for " + steady.toSeconds()
                        + " seconds that it forwards to green alone; that"
                        + " counts after " + Told.time(settles) + ", since its nodes may be later";
    }

    private @Nullable String otherVersion(Answer answer) {
        if (identity == null || !(answer instanceof Answer.Response response) || !identity.shownBy(answer)) {
            return null;
        }
        String missing = identity.missing(response);
        return missing == null ? null : "The answer " + missing;
    }

    /** Routing, and an answer that shows its version. */
    private Sight sight(@Nullable Duration end) {
        String doubt = routing.now();
        if (doubt != null) {
            return new Sight(Result.INCONCLUSIVE, doubt);
        }
        if (identity == null) {
            return new Sight(Result.PASS, bench.routing().assurance()
                    + " (no identity is configured, so the answers themselves were not asked)");
        }
        Request request = identity.rule().request();
        Duration left = end == null ? request.timeout() : end.minus(bench.pace().now());
        return switch (bench.sender().send(bench.green(), Told.within(request, left))) {
            case Answer.Nothing nothing -> new Sight(Told.result(nothing.fault()), Told.fault(request, nothing));
            case Answer.Response response -> {
                String missing = identity.missing(response);
                if (missing == null) {
                    yield new Sight(Result.PASS, "The answer to " + request.line() + " says it is green's");
                }
                yield NO_TARGET.contains(response.status())
                        ? new Sight(Result.INCONCLUSIVE, request.line() + " answered " + Told.status(response))
                        : new Sight(Result.FAIL, "The answer to " + request.line() + " " + missing);
            }
        };
    }

    private Finding finding(Result result, String sentence, String seen, int samples) {
        Place place = identity == null ? new Place("load balancer", 0, 0) : identity.rule().place();
        String expected = identity == null
                ? "the load balancer forwards to green alone"
                : Told.matching(identity.rule());
        return new Finding("green", place, result, true, sentence + ".", expected, seen, samples, null);
    }

    /**
     * What one look showed.
     *
     * @param result PASS when green was proven
     */
    private record Sight(Result result, String said) {
        boolean proven() {
            return result == Result.PASS;
        }
    }
}
