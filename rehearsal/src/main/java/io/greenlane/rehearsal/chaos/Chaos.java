package io.greenlane.rehearsal.chaos;

import io.greenlane.rehearsal.chaos.PlannedFault.Kind;
import io.greenlane.rehearsal.chaos.PlannedFault.Place;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.endpoint.WireFault;
import io.greenlane.rehearsal.events.EventSwitches;
import io.greenlane.rehearsal.lambda.InvocationFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A plan as it comes true: counts what happens in a local cloud, and strikes where the plan says. Used in turns of the timeline. */
public final class Chaos implements EventSwitches.Delivery {
    private static final Duration LATE = Duration.ofMinutes(3);
    private static final Duration APART = Duration.ofSeconds(1);

    private final ChaosPlan plan;
    private final Map<String, PlannedFault> ahead = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, Call> underWay = new HashMap<>();
    private final List<Strike> strikes = new ArrayList<>();
    private @Nullable Stage stage;
    private boolean begun;

    /** Where it plays: the cloud's timeline and journal, and what ends the processes of a function by its name. */
    public record Stage(Timeline timeline, Journal journal, Consumer<String> kill) {}

    /** A call that is befallen, with all its attempts. */
    private record Call(PlannedFault fault, String function, String operation) {}

    /** The plan, before anything has happened. */
    public Chaos(ChaosPlan plan) {
        this.plan = plan;
        plan.faults().forEach(fault -> ahead.put(key(fault.kind().place(), fault.subject(), fault.ordinal()), fault));
    }

    /** Puts it on its stage; nothing strikes yet. */
    public void enter(Stage where) {
        stage = where;
    }

    /** From here on things count, and go wrong. */
    public void begin() {
        begun = true;
    }

    /** What has been planned. */
    public ChaosPlan plan() {
        return plan;
    }

    /** What has struck so far, in its order. */
    public List<Strike> strikes() {
        return List.copyOf(strikes);
    }

    /**
     * What befalls an attempt of a call.
     *
     * @param function the name of the function that calls
     * @param operation {@code dynamodb PutItem}
     * @param invocationId the same for all attempts of the call
     */
    public @Nullable WireFault attempt(String function, String operation, String invocationId) {
        Call before = underWay.get(invocationId);
        if (before != null) {
            return switch (before.fault().kind()) {
                case THROTTLED -> WireFault.THROTTLED;
                case FAILED -> WireFault.FAILED;
                default -> null;
            };
        }
        if (invocationId.isEmpty()) {
            return null;
        }
        PlannedFault ofFunction = next(Place.CALL, endOf(function));
        PlannedFault ofOperation = next(Place.CALL, endOf(function) + " " + operation);
        PlannedFault fault = ofOperation == null ? ofFunction : ofOperation;
        if (fault == null) {
            return null;
        }
        underWay.put(invocationId, new Call(fault, function, operation));
        return switch (fault.kind()) {
            case THROTTLED_ONCE -> struck(WireFault.THROTTLED, fault, operation + " was throttled once");
            case THROTTLED -> struck(WireFault.THROTTLED, fault, operation + " was throttled at every attempt");
            case FAILED_ONCE -> struck(WireFault.FAILED, fault, operation + " failed once, with nothing done");
            case FAILED -> struck(WireFault.FAILED, fault, operation + " failed at every attempt, with nothing done");
            case REQUEST_LOST -> struck(WireFault.REQUEST_LOST, fault,
                    "the connection broke before " + operation + " arrived");
            case KILLED_BEFORE -> {
                stage().kill().accept(function);
                yield struck(WireFault.REQUEST_LOST, fault, "its process was killed before " + operation + " arrived");
            }
            default -> WireFault.ANSWER_LOST;
        };
    }

    /** The attempt was served, and its answer will not arrive. */
    public void answerIsLost(String invocationId) {
        Call call = underWay.get(invocationId);
        if (call == null) {
            return;
        }
        if (call.fault().kind() == Kind.KILLED_AFTER) {
            stage().kill().accept(call.function());
            strike(call.fault(), "its process was killed when " + call.operation() + " was done");
        } else {
            strike(call.fault(), call.operation() + " was done, but the connection broke before the answer");
        }
    }

    /** What befalls an invocation of a function. */
    public @Nullable InvocationFault invocation(String function) {
        PlannedFault fault = next(Place.INVOCATION, endOf(function));
        if (fault == null) {
            return null;
        }
        return switch (fault.kind()) {
            case INVOCATION_THROTTLED -> struck(InvocationFault.THROTTLED, fault, "its invocation was throttled");
            case INVOCATION_FAILED -> struck(InvocationFault.FAILED, fault,
                    "its process ended before it had done anything");
            default -> struck(InvocationFault.TWICE, fault, "it was invoked twice");
        };
    }

    @Override
    public List<Duration> delays(String rule, RandomGenerator random) {
        PlannedFault fault = next(Place.EVENT, endOf(rule));
        if (fault == null) {
            return List.of(Duration.ZERO);
        }
        return switch (fault.kind()) {
            case EVENT_LOST -> struck(List.of(), fault, "its event was lost");
            case EVENT_TWICE -> struck(List.of(Duration.ZERO, APART), fault, "its event came twice");
            default -> struck(List.of(LATE), fault, "its event comes 3 min late, after later ones");
        };
    }

    /** Whether a person deploys by hand now: asked once before each push. */
    public boolean deploysByHand() {
        PlannedFault fault = next(Place.PERSON, "the running revision");
        if (fault != null) {
            strike(fault, "a person deploys it again, past the workflow");
        }
        return fault != null;
    }

    private @Nullable PlannedFault next(Place place, String subject) {
        if (!begun) {
            return null;
        }
        int ordinal = counts.merge(place + " " + subject, 1, Integer::sum);
        return ahead.remove(key(place, subject, ordinal));
    }

    private static String who(PlannedFault fault) {
        int space = fault.subject().indexOf(' ');
        return fault.kind().place() == Place.PERSON || space < 0
                ? fault.subject()
                : fault.subject().substring(0, space);
    }

    private <T> T struck(T what, PlannedFault fault, String effect) {
        strike(fault, effect);
        return what;
    }

    private void strike(PlannedFault fault, String effect) {
        String sentence = who(fault) + ": " + effect;
        strikes.add(new Strike(fault, stage().timeline().now(), sentence));
        stage().journal().write("chaos", fault.kind().name(), fault.subject(),
                Map.of("ordinal", String.valueOf(fault.ordinal())), sentence);
    }

    private Stage stage() {
        if (stage == null) {
            throw new IllegalStateException("Nothing can strike before the local cloud is there");
        }
        return stage;
    }

    private static String key(Place place, String subject, int ordinal) {
        return place + " " + subject + " " + ordinal;
    }

    /** Names of functions and rules begin with that of the stack. */
    private static String endOf(String name) {
        return name.substring(name.lastIndexOf('-') + 1);
    }
}
