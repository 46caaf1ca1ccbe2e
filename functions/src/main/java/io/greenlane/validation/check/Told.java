package io.greenlane.validation.check;

import io.greenlane.json.Quote;
import io.greenlane.probe.Answer;
import io.greenlane.probe.Request;
import io.greenlane.validation.Result;
import io.greenlane.validation.rules.IdentityRule;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Answers in words. */
final class Told {
    private Told() {}

    /** A status; a load balancer's own answer is told as such. */
    static String status(Answer.Response response) {
        String code = Integer.toString(response.status());
        String server = response.header("server");
        if (server == null || !server.startsWith("awselb/")) {
            return code;
        }
        return code + " by the load balancer itself" + switch (response.status()) {
            case 502 -> ": the target closed the connection or answered something that is no HTTP";
            case 503 -> ": its target group has no target";
            case 504 -> ": the target did not answer in time";
            default -> "";
        };
    }

    /** What it means that there was no answer: a request that reached green is green's failure, another says nothing. */
    static Result result(Answer.Fault fault) {
        return switch (fault) {
            case TIMED_OUT, BROKEN -> Result.FAIL;
            case REFUSED, NO_CONNECTION, OTHER_NAME, TLS, UNKNOWN_HOST, FORBIDDEN -> Result.INCONCLUSIVE;
        };
    }

    /** No answer, in a sentence without its full stop. */
    static String fault(Request request, Answer.Nothing nothing) {
        String why = nothing.sentence();
        return request.line() + " got no answer: " + (why.endsWith(".") ? why.substring(0, why.length() - 1) : why);
    }

    /** A value, short and printable. */
    static String value(@Nullable Object value) {
        return Quote.of(value instanceof Number || value instanceof Boolean || value == null || value instanceof String
                ? value
                : JsonBody.text(value));
    }

    /** Milliseconds, rounded up, so that what is too long never looks like the limit. */
    static String millis(Duration duration) {
        return Math.ceilDiv(duration.toNanos(), 1_000_000L) + " ms";
    }

    /** A time limit. */
    static String time(Duration duration) {
        return duration.toMillis() % 1000 == 0
                ? duration.toSeconds() + " seconds"
                : duration.toMillis() + " milliseconds";
    }

    static String matching(IdentityRule rule) {
        return (rule.header() == null ? rule.jsonPath() : rule.header()) + " is " + Quote.of(rule.equals());
    }

    /** The request, whose answer must be there in the time that is left. */
    static Request within(Request request, Duration left) {
        Duration least = left.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : left;
        return request.timeout().compareTo(least) <= 0
                ? request
                : new Request(request.method(), request.target(), request.headers(), request.body(), least);
    }
}
