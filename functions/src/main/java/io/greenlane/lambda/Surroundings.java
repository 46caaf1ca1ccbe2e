package io.greenlane.lambda;

import io.greenlane.aws.Clients;
import io.greenlane.probe.AddressRule;
import io.greenlane.probe.HttpSender;
import io.greenlane.probe.Sender;
import io.greenlane.validation.Pace;
import io.greenlane.validation.SystemPace;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * All that a function finds around it when it is set up: with these of a simulation it is the same function, wired the same.
 *
 * @param environment its environment variables, as the template sets them
 * @param clients to AWS
 * @param clock for what is written down
 * @param pace inside a validation
 * @param senders of requests to green and blue, for one occasion each; closed after it
 * @param random decides orders inside a validation
 */
public record Surroundings(Map<String, String> environment, Clients clients, Clock clock, Pace pace,
        Function<String, Sender> senders, RandomGenerator random) {
    /** Those of a function that Lambda runs. */
    static Surroundings ofLambda() {
        AddressRule addresses = AddressRule.forEndpoint(System.getenv("AWS_ENDPOINT_URL"));
        return new Surroundings(System.getenv(), new Clients(UrlConnectionHttpClient.create(), builder -> {
        }), Clock.systemUTC(), new SystemPace(), occasion -> new HttpSender(addresses, occasion), new SecureRandom());
    }
}
