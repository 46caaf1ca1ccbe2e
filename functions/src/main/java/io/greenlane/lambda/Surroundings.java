package io.greenlane.lambda;

import io.greenlane.aws.Clients;
import io.greenlane.hook.HttpProbe;
import io.greenlane.hook.Probe;
import io.greenlane.validation.Pace;
import io.greenlane.validation.SystemPace;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * All that a function finds around it when it is set up: with these of a simulation it is the same function, wired the same.
 *
 * @param environment its environment variables, as the template sets them
 * @param clients to AWS
 * @param clock for what is written down
 * @param pace inside a hook
 * @param probe asked for once, by functions that send requests to green
 */
public record Surroundings(Map<String, String> environment, Clients clients, Clock clock, Pace pace,
        Supplier<Probe> probe) {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    /** Those of a function that Lambda runs. */
    static Surroundings ofLambda() {
        return new Surroundings(System.getenv(), new Clients(UrlConnectionHttpClient.create(), builder -> {
        }), Clock.systemUTC(), new SystemPace(), () -> new HttpProbe(CONNECT_WITHIN, ANSWER_WITHIN));
    }
}
