package io.greenlane.release;

import io.greenlane.image.Digest;
import io.greenlane.image.Push;
import io.greenlane.image.Registry;
import io.greenlane.image.RepositoryName;
import io.greenlane.image.Tag;
import io.greenlane.service.ServiceReference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Everything around the functions, in memory: the ledger's table, sleeping workflows, the announcement channel and a clock. */
public final class World {
    /** A service that follows {@code shop/api}. */
    public static final ServiceReference SHOP = new ServiceReference(new RepositoryName("shop/api"), "shop", "shop-api",
            "shop", "api");
    /** When all begins. */
    public static final Instant START = Instant.parse("2026-03-04T05:06:07Z");

    /** The ledger's table. */
    public final MemoryLedgerTable table = new MemoryLedgerTable();
    /** What was announced. */
    public final List<Announcements.Announcement> announced = new ArrayList<>();
    /** What workflows were told, by token. */
    public final List<Told> told = new ArrayList<>();
    /** Tokens that a state sleeps on; each wakes once. */
    public final Set<String> sleeping = new HashSet<>();
    /** Whether the announcement channel takes messages. */
    public boolean channelOpen = true;
    /** Now. */
    public Instant now = START;
    private Faults faults = Faults.none();

    /** A workflow was told something. */
    public record Told(String token, Map<String, Object> output) {}

    /** The clock of the functions. */
    public final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    };

    /** From now on collaborators break as told. */
    public World breaking(Faults plan) {
        faults = plan;
        return this;
    }

    /** Time passes. */
    public void pass(Duration time) {
        now = now.plus(time);
    }

    /** Any collaborator, under the faults of this world. */
    public <T> T watched(Class<T> port, T collaborator) {
        return faults.watch(port, collaborator);
    }

    public Ledger ledger() {
        return new Ledger(watched(LedgerTable.class, table), () -> UUID.randomUUID().toString());
    }

    public Releases releases() {
        return new Releases(ledger(), clock);
    }

    public ServiceQueue queue() {
        return new ServiceQueue(ledger());
    }

    public GroupReleases groups() {
        return new GroupReleases(ledger(), clock);
    }

    public Standing standing() {
        return new Standing(queue(), groups());
    }

    public Waking waking() {
        return new Waking(groups(), callbacks());
    }

    public Quarantine quarantine() {
        return new Quarantine(ledger());
    }

    /** Callbacks that know which tokens are asleep. */
    public Callbacks callbacks() {
        return watched(Callbacks.class, (token, output) -> {
            if (!sleeping.remove(token)) {
                return false;
            }
            told.add(new Told(token, output));
            return true;
        });
    }

    public Announcements announcements() {
        return watched(Announcements.class, announcement -> {
            if (channelOpen) {
                announced.add(announcement);
            }
            return channelOpen;
        });
    }

    public AdmissionDesk admissionDesk() {
        return new AdmissionDesk(releases(), queue(), quarantine(), waking());
    }

    public OutcomeDesk outcomeDesk() {
        return new OutcomeDesk(ledger(), callbacks(), announcements(),
                deployment -> "https://reports/" + deployment, clock);
    }

    public Outbox outbox() {
        return new Outbox(ledger(), announcements(), clock);
    }

    /** A token that a state sleeps on. */
    public String asleep(String token) {
        sleeping.add(token);
        return token;
    }

    /** The outcome of a release, or null while it is open. */
    public Outcome outcome(String releaseId) {
        Release release = new Releases(new Ledger(table, () -> "reader"), clock).find(releaseId);
        if (release == null || release.ending() == null) {
            throw new AssertionError(releaseId + " has not ended");
        }
        return release.ending().outcome();
    }

    /** A digest that is easy to tell from others. */
    public static Digest digest(char letter) {
        return new Digest("sha256:" + String.valueOf(letter).repeat(64));
    }

    /** A push to {@code shop/api}. */
    public static Push push(char digest, String eventId, Instant time) {
        return push("shop/api", digest, eventId, time);
    }

    /** A push to any repository. */
    public static Push push(String repository, char digest, String eventId, Instant time) {
        return new Push(new Registry("111122223333", "eu-west-1"), new RepositoryName(repository), digest(digest),
                new Tag("v" + digest), eventId, time);
    }

    /** ARN of an execution. */
    public static String execution(String name) {
        return "arn:aws:states:eu-west-1:111122223333:execution:Release:" + name;
    }
}
