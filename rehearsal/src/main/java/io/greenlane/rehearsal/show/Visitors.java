package io.greenlane.rehearsal.show;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A steady stream of requests to production, each one counted: who answered it, and whether it failed. */
public final class Visitors implements AutoCloseable {
    private static final int PER_SECOND = 20;
    private static final int MOST_AT_ONCE = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int FIRST_ERROR_STATUS = 400;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE).build();
    private final ScheduledExecutorService clock = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("visitors").factory());
    private final Semaphore atOnce = new Semaphore(MOST_AT_ONCE);
    private final HttpRequest request;
    private final Map<String, Integer> byVersion = new LinkedHashMap<>();
    private int requests;
    private int failed;
    private @Nullable String lastVersion;
    private @Nullable String firstFailure;

    /**
     * What became of the requests so far.
     *
     * @param failed without an answer, or with a status of 400 and above
     * @param byVersion requests that did not fail, by the version that answered, in the order the versions were seen
     * @param now the version that answered last, null before the first answer
     * @param firstFailure what the first failure was, null without one
     */
    public record Tally(
            int requests, int failed, Map<String, Integer> byVersion, @Nullable String now,
            @Nullable String firstFailure) {
        public Tally {
            byVersion = new LinkedHashMap<>(byVersion);
        }
    }

    /** @param production where the requests go */
    public Visitors(URI production) {
        this.request = HttpRequest.newBuilder(production).timeout(PATIENCE).build();
    }

    /** Begins the stream; it ends with {@link #close}. */
    public void start() {
        var unused = clock.scheduleAtFixedRate(() -> {
            if (atOnce.tryAcquire()) {
                Thread.startVirtualThread(this::visit);
            }
        }, 0, TimeUnit.SECONDS.toNanos(1) / PER_SECOND, TimeUnit.NANOSECONDS);
    }

    public synchronized Tally tally() {
        return new Tally(requests, failed, byVersion, lastVersion, firstFailure);
    }

    /** Ends the stream and waits for the requests under way. */
    @Override
    public void close() {
        clock.shutdown();
        atOnce.acquireUninterruptibly(MOST_AT_ONCE);
        http.close();
    }

    private void visit() {
        try {
            HttpResponse<Void> response = http.send(request, HttpResponse.BodyHandlers.discarding());
            count(response.headers().firstValue("X-Version").orElse("?"),
                    response.statusCode() < FIRST_ERROR_STATUS ? null : "status " + response.statusCode());
        } catch (IOException unanswered) {
            count("", String.valueOf(unanswered));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            atOnce.release();
        }
    }

    private synchronized void count(String version, @Nullable String failure) {
        requests++;
        if (failure == null) {
            byVersion.merge(version, 1, Integer::sum);
            lastVersion = version;
        } else {
            failed++;
            firstFailure = firstFailure == null ? failure : firstFailure;
        }
    }
}
