package io.greenlane.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.greenlane.aws.Clients;
import io.greenlane.release.GroupReleases;
import io.greenlane.release.Ledger;
import io.greenlane.release.ServiceQueue;
import io.greenlane.release.Turn;
import io.greenlane.release.Waking;
import io.greenlane.service.ServiceReference;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something has changed that gates ask about: a scan or a signature came, an alarm became quiet. The releases that wait look again;
 * what the event says is not believed, so it does not matter whose it is.
 */
public final class GateNews implements RequestHandler<ScheduledEvent, Map<String, Object>> {
    private final List<ServiceReference> services;
    private final ServiceQueue queue;
    private final Waking waking;

    /** The one that Lambda calls. */
    public GateNews() {
        this(Surroundings.ofLambda());
    }

    /** With surroundings of one's own. */
    public GateNews(Surroundings surroundings) {
        this(surroundings.clients(), surroundings.clock(), NewsSettings.from(surroundings.environment()));
    }

    private GateNews(Clients clients, Clock clock, NewsSettings settings) {
        this(clients, clock, settings, clients.ledger(settings.table()));
    }

    private GateNews(Clients clients, Clock clock, NewsSettings settings, Ledger ledger) {
        this(settings.services().references(), new ServiceQueue(ledger),
                new Waking(new GroupReleases(ledger, clock), clients.taskTokens()));
    }

    /** With collaborators of one's own. */
    public GateNews(List<ServiceReference> services, ServiceQueue queue, Waking waking) {
        this.services = List.copyOf(services);
        this.queue = queue;
        this.waking = waking;
    }

    @Override
    public Map<String, Object> handleRequest(ScheduledEvent event, Context context) {
        Map<String, Turn> running = new LinkedHashMap<>();
        for (ServiceReference service : services) {
            Turn turn = queue.head(service).running();
            if (turn != null) {
                running.put(turn.releaseId(), turn);
            }
        }
        List<String> woken = running.values().stream()
                .filter(turn -> waking.wake(turn, String.valueOf(event.getDetailType()))).map(Turn::releaseId).toList();
        JsonLog.of("GateNews", context.getAwsRequestId()).info(event.getDetailType() + ": "
                + (woken.isEmpty() ? "nobody waits at gates." : String.join(", ", woken) + " look again."));
        return Map.of("woken", woken);
    }
}
