package io.greenlane.rehearsal.validation;

import io.greenlane.probe.Answer;
import io.greenlane.probe.Listener;
import io.greenlane.probe.Request;
import io.greenlane.probe.Sender;
import io.greenlane.sample.Behaviour;
import io.greenlane.sample.Moment;
import io.greenlane.sample.Version;
import io.greenlane.validation.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The sample website twice, in virtual time: the same code as in its container decides what is answered. */
final class Websites implements Sender {
    static final String NEW = "1.1.0";
    static final String OLD = "1.0.0";
    static final Listener GREEN = new Listener(false, "shop.example.test", 8080);
    static final Listener BLUE = new Listener(false, "shop.example.test", 80);
    private static final Instant BEGIN = Instant.parse("2026-01-01T12:00:00Z");
    private static final double NETWORK_MILLIS = 1.5;
    private static final double NETWORK_SIGMA = 0.4;

    private final Pace pace;
    private final Conditions conditions;
    private final RandomGenerator random;
    private final Side green;
    private final Side blue;

    Websites(Fault fault, Conditions conditions, Pace pace, RandomGenerator random) {
        this.pace = pace;
        this.conditions = conditions;
        this.random = random;
        Stalls shared = conditions == Conditions.SHARED_STALLS ? Stalls.drawn(random) : Stalls.NONE;
        boolean own = conditions == Conditions.OWN_STALLS;
        this.green = new Side(new Version(NEW, fault.behaviour()), fault, own ? Stalls.drawn(random) : shared);
        this.blue = new Side(new Version(OLD, Behaviour.GOOD), Fault.NONE, own ? Stalls.drawn(random) : shared);
    }

    @Override
    public Answer send(Listener listener, Request request) {
        return (listener.equals(GREEN) ? green : blue).answer(request);
    }

    /** One of the two. */
    private final class Side {
        private final Version version;
        private final Fault fault;
        private final Stalls stalls;
        private long served;

        Side(Version version, Fault fault, Stalls stalls) {
            this.version = version;
            this.fault = fault;
            this.stalls = stalls;
        }

        Answer answer(Request request) {
            Duration at = pace.now();
            io.greenlane.sample.Answer answer = version.answer(io.greenlane.sample.Request.get(request.target()),
                    new Moment(BEGIN.plus(at), at, served, random));
            boolean api = Version.isApi(request.target());
            served += api ? 1 : 0;
            double factor = conditions.slower(at, random) * (api ? fault.slower() : 1);
            double network = NETWORK_MILLIS * Math.exp(NETWORK_SIGMA * random.nextGaussian());
            Duration work = Duration.ofNanos((long) (answer.delay().toNanos() * factor + network * 1e6));
            Duration took = stalls.done(at, work).minus(at);
            boolean broken = random.nextDouble() < conditions.errors() || (api && random.nextDouble() < fault.errors());
            if (took.compareTo(request.timeout()) > 0) {
                return new Answer.Nothing(Answer.Fault.TIMED_OUT, "There was no answer in time", request.timeout());
            }
            return broken
                    ? new Answer.Response(503, Map.of("content-type", List.of("text/plain")), "Not now", false, took)
                    : new Answer.Response(answer.status(), headers(answer), answer.body(), false, took);
        }

        private static Map<String, List<String>> headers(io.greenlane.sample.Answer answer) {
            return answer.headers().entrySet().stream().collect(Collectors.toMap(
                    header -> header.getKey().toLowerCase(Locale.ROOT), header -> List.of(header.getValue()),
                    (one, other) -> other, TreeMap::new));
        }
    }
}
