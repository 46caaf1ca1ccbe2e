package io.greenlane.rehearsal.validation;

import io.greenlane.probe.Answer;
import io.greenlane.probe.Listener;
import io.greenlane.probe.Request;
import io.greenlane.probe.Sender;
import io.greenlane.validation.Pace;
import io.greenlane.validation.Routing;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A test listener that still sends requests to blue for a while, in virtual time. Green's targets flap in the first minute of every second trial. */
final class LateListener implements Sender, Routing {
    private static final Duration FLAPS = Duration.ofMinutes(1);
    private static final double UNHEALTHY = 0.2;

    private final Lateness.Course course;
    private final Websites websites;
    private final boolean onOnePage;
    private final boolean flapping;
    private final Pace pace;
    private final RandomGenerator random;

    /**
     * A listener.
     *
     * @param onOnePage whether only the answer to {@code /version} says in its header which version gave it
     */
    LateListener(Lateness.Course course, Fault fault, boolean onOnePage, Pace pace, RandomGenerator random) {
        this.course = course;
        this.websites = new Websites(fault, Conditions.CALM, pace, random);
        this.onOnePage = onOnePage;
        this.flapping = random.nextBoolean();
        this.pace = pace;
        this.random = random;
    }

    @Override
    public Answer send(Listener listener, Request request) {
        Answer answer = websites.send(green(request) ? Websites.GREEN : Websites.BLUE, request);
        pace.pause(answer.took());
        return onOnePage && !request.target().equals("/version") ? withoutVersion(answer) : answer;
    }

    private boolean green(Request request) {
        Duration switched = course.switched().get(random.nextInt(course.switched().size()));
        Duration at = request.target().startsWith("/api/") ? switched.plus(course.apiLater()) : switched;
        return pace.now().compareTo(at) >= 0 || random.nextDouble() < course.before();
    }

    private static Answer withoutVersion(Answer answer) {
        if (!(answer instanceof Answer.Response response)) {
            return answer;
        }
        Map<String, List<String>> headers = new HashMap<>(response.headers());
        headers.remove("x-version");
        return new Answer.Response(response.status(), headers, response.body(), response.cut(), response.took());
    }

    @Override
    public @Nullable String doubt() {
        if (pace.now().compareTo(course.told()) < 0) {
            return "The test listener forwards to blue too";
        }
        return flapping && pace.now().compareTo(FLAPS) < 0 && random.nextDouble() < UNHEALTHY
                ? "Of 2 desired targets of green 1 is healthy"
                : null;
    }
}
