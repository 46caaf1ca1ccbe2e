package io.greenlane.rehearsal.loadbalancing;

import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.loadbalancing.TargetConnection.Header;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Asks a target how it is. */
@FunctionalInterface
public interface HealthProbe {
    /** Asks once; {@code done} is called exactly once, in a turn of the timeline, after this method has returned. */
    void check(Check check, Consumer<Finding> done);

    /**
     * What to ask.
     *
     * @param path path and query
     * @param timeout of real time, never shortened
     */
    record Check(String host, int port, String path, Duration timeout) {}

    /** What came of it. */
    sealed interface Finding {
        /** The target answered with this status. */
        record Answered(int status) implements Finding {}

        /** The target did not answer in time. */
        record TimedOut() implements Finding {}

        /** There was no connection, or what came back was no HTTP. */
        record Unreachable() implements Finding {}
    }

    /** Asks over HTTP, on a thread of its own per check. */
    static HealthProbe http(Timeline timeline) {
        return (check, done) -> Thread.ofVirtual().name("health-check").start(() -> {
            Finding finding = ask(check);
            timeline.run(() -> done.accept(finding));
        });
    }

    private static Finding ask(Check check) {
        try (TargetConnection connection = TargetConnection.open(new Backend(check.host(), check.port()), check
                .timeout())) {
            connection.sendHead("GET", check.path(), List.of(new Header("Host", check.host() + ":" + check.port()),
                    new Header("User-Agent", "ELB-HealthChecker/2.0"), new Header("Connection", "close")));
            return new Finding.Answered(connection.readHead(check.timeout()).status());
        } catch (SocketTimeoutException timeout) {
            return new Finding.TimedOut();
        } catch (IOException failure) {
            return new Finding.Unreachable();
        }
    }
}
