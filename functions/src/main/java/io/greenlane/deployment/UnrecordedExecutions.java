package io.greenlane.deployment;

import io.greenlane.deployment.Executions.Ended;
import io.greenlane.deployment.Executions.State;
import io.greenlane.deployment.Sweeper.Repair;
import io.greenlane.image.ImageCatalog;
import io.greenlane.image.Push;
import io.greenlane.image.PushEvent;
import io.greenlane.image.Registry;
import io.greenlane.release.Outcome;
import io.greenlane.release.OutcomeDesk;
import io.greenlane.release.OutcomeDesk.Verdict;
import io.greenlane.service.Addressees;
import io.greenlane.service.ServiceReference;
import io.greenlane.service.ServiceSettings;
import io.greenlane.service.TrackedService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Executions that ended and left no outcome: a person stopped one before it had recorded anything, or the ledger could not be
 * written to for as long as the workflow tried.
 */
public final class UnrecordedExecutions {
    /** What an execution called before it ended may still be at work for so long: the time-out of the workflow's longest task. */
    private static final Duration LAST_CALL_ENDS_WITHIN = Duration.ofMinutes(2);
    /** Many runs of the sweep: when one cannot record it, a later one does. */
    private static final Duration LATELY = Duration.ofHours(6);

    private final ServiceSettings settings;
    private final ImageCatalog images;
    private final OutcomeDesk desk;
    private final Executions executions;
    private final Clock clock;

    public UnrecordedExecutions(ServiceSettings settings, ImageCatalog images, OutcomeDesk desk, Executions executions,
            Clock clock) {
        this.settings = settings;
        this.images = images;
        this.desk = desk;
        this.executions = executions;
        this.clock = clock;
    }

    /** The executions of the last hours that were stopped or failed; most of them have an outcome. */
    public List<Ended> suspects() {
        Instant now = clock.instant();
        return Stream.of(State.ABORTED, State.FAILED)
                .flatMap(state -> executions.ended(state, now.minus(LATELY)).stream())
                .filter(execution -> execution.at().isBefore(now.minus(LAST_CALL_ENDS_WITHIN))).toList();
    }

    /** Records the outcome at each service that the execution was for, where it left none. */
    public List<Repair> look(Ended execution, Registry home) {
        return switch (PushEvent.read(execution.input(), home)) {
            case PushEvent.Arrived(Push push) ->
                record(execution, push, Addressees.of(push, settings, images).services());
            case PushEvent.Wanted wanted -> record(execution, wanted.push(), Addressees.of(wanted, settings));
            case PushEvent.Ignored ignored -> record(execution, null, List.of());
            case PushEvent.Rejected rejected -> record(execution, null, List.of());
        };
    }

    private List<Repair> record(Ended execution, @Nullable Push push, List<TrackedService> services) {
        return services.isEmpty()
                ? Stream.ofNullable(recordAt(null, execution, push)).toList()
                : services.stream().map(service -> recordAt(service.reference(), execution, push))
                        .filter(Objects::nonNull).toList();
    }

    private @Nullable Repair recordAt(@Nullable ServiceReference service, Ended execution, @Nullable Push push) {
        boolean stopped = execution.state() == State.ABORTED;
        Outcome outcome = stopped ? Outcome.ABORTED : Outcome.FAILED;
        String what = stopped ? "A person stopped the workflow" : "The workflow failed";
        boolean recorded = desk.recordMissing(push, service, execution.arn(), new Verdict(outcome,
                what + " before it had recorded what becomes of this push: push the image again to deploy it.", null));
        return recorded
                ? new Repair(null,
                        "Execution " + execution.arn() + " ended as " + execution.state() + " without an outcome"
                                + (service == null ? "" : " for " + service.key()) + "; it was recorded: " + outcome
                                + ".")
                : null;
    }
}
