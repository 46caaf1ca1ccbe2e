package io.greenlane.rehearsal.endpoint;

import io.greenlane.rehearsal.cloud.VirtualTimeline;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;

/** Real SDK clients against simulated services, in memory. */
public final class LocalClients {
    private final SdkHttpClient http;
    private final URI endpoint;

    private LocalClients(SdkHttpClient http, URI endpoint) {
        this.http = http;
        this.endpoint = endpoint;
    }

    /** Clients that reach the services without a socket, on a timeline of their own. */
    public static LocalClients of(SdkClient... services) {
        AwsDispatcher dispatcher = dispatcher(CallObserver.NONE, services);
        return new LocalClients(new InMemoryHttpClient(dispatcher), URI.create("http://127.0.0.1:1"));
    }

    /** Clients that reach an endpoint through the given HTTP client. */
    public static LocalClients at(URI endpoint, SdkHttpClient http) {
        return new LocalClients(http, endpoint);
    }

    static AwsDispatcher dispatcher(CallObserver observer, SdkClient... services) {
        List<ServiceBinding> bindings = Stream.of(services).map(ServiceBinding::of).toList();
        return new AwsDispatcher(new VirtualTimeline(Instant.parse("2026-03-01T12:00:00Z")), bindings, observer);
    }

    /** Builds a client that does not retry. */
    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
        return builder.httpClient(http).endpointOverride(endpoint).region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIATEST", "secret")))
                .overrideConfiguration(c -> c.retryStrategy(AwsRetryStrategy.doNotRetry())).build();
    }
}
