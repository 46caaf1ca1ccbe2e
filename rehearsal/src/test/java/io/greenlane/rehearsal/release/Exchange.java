package io.greenlane.rehearsal.release;

import io.greenlane.rehearsal.endpoint.AwsService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/** One call of a function, with all attempts of the SDK, and what goes wrong with it. */
final class Exchange {
    private final FunctionLife life;
    private final MortalFunctions world;
    private final SdkHttpClient cloud;
    private final HttpExecuteRequest request;
    private @Nullable FunctionCall call;
    private @Nullable CallFault fault;
    private boolean again;

    Exchange(FunctionLife life, MortalFunctions world, SdkHttpClient cloud, HttpExecuteRequest request) {
        this.life = life;
        this.world = world;
        this.cloud = cloud;
        this.request = request;
    }

    String function() {
        return life.function();
    }

    boolean isHarmed() {
        return fault != null;
    }

    /** The request is there: from here on it is known what call this is, and what must not be done is refused. */
    void arrives(AwsService service, String operation) {
        if (call == null) {
            call = life.next(service.id(), operation);
            fault = world.faults().meeting(call);
            if (fault == CallFault.SLOW) {
                world.pass(CallFault.DELAY);
            }
        }
        CallFault now = fault;
        if (now == null) {
            return;
        }
        String absence = now == CallFault.MISSING ? CallFault.absence(call) : null;
        if (absence != null && !absence.startsWith("{")) {
            throw CallFault.error(absence, 400);
        }
        if (now.preventsEffect()) {
            throw now.refusal(service);
        }
    }

    /** Sends the request once more. */
    HttpExecuteResponse attempt() throws IOException {
        WireAnswer answer = WireAnswer.of(world.send(this, () -> cloud.prepareRequest(request).call()));
        CallFault now = fault;
        FunctionCall known = call;
        if (known == null) {
            return answer.response(); // it went wrong before it arrived
        }
        boolean first = !again;
        again = true;
        if (now != null) {
            return befallen(now, first, known, answer);
        }
        if (known.isRead()) {
            world.faults().answered(known, world.answers().remember(request, answer).isPresent());
        }
        return answer.response();
    }

    private HttpExecuteResponse befallen(CallFault now, boolean first, FunctionCall known, WireAnswer answer)
            throws IOException {
        return switch (now) {
            case TIMED_OUT -> throw noAnswer(first);
            case LANDS_LATE -> {
                if (first) {
                    world.later(CallFault.LATE, this::land);
                }
                throw noAnswer(first);
            }
            case ANSWER_LOST -> {
                if (first) {
                    throw new SocketTimeoutException("Injected: the answer was lost");
                }
                yield answer.response();
            }
            case CRASH_BEFORE, CRASH_AFTER -> throw life.killed();
            case HANGS -> throw life.ended();
            case STALE -> {
                Optional<WireAnswer> before = world.answers().remember(request, answer);
                yield before.orElse(answer).response();
            }
            case MISSING -> {
                String absence = CallFault.absence(known);
                yield (absence != null && absence.startsWith("{") ? answer.saying(absence) : answer).response();
            }
            case MALFORMED -> answer.cut().response();
            case THROTTLED, SERVER_ERROR, ACCESS_DENIED, SLOW, TOKEN_LOST -> answer.response();
        };
    }

    private IOException noAnswer(boolean first) {
        if (first) {
            world.pass(CallFault.PATIENCE);
        }
        return new SocketTimeoutException("Injected: no answer");
    }

    /** What arrives here has nobody waiting for it. */
    private void land() {
        try {
            world.send(null, () -> cloud.prepareRequest(request).call());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
