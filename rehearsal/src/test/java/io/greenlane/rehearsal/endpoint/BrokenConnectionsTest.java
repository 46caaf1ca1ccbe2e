package io.greenlane.rehearsal.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.aws.CodeDeployDeployments;
import io.greenlane.rehearsal.cloud.VirtualTimeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentResponse;

/** Connections that break, over a real socket, with the HTTP client that functions use. */
class BrokenConnectionsTest {
    private final List<CreateDeploymentRequest> served = new ArrayList<>();
    private @Nullable WireFault next;

    @ParameterizedTest
    @CsvSource({"ANSWER_LOST, 2", "REQUEST_LOST, 1"})
    void what_is_to_be_sent_once_is_sent_once_even_on_a_connection_that_was_used_before(WireFault fault,
            int expected) {
        List<String> arrived = new ArrayList<>();
        WireFaults faults = sent -> {
            arrived.add(sent.operation());
            return next;
        };
        AwsDispatcher dispatcher = new AwsDispatcher(new VirtualTimeline(Instant.EPOCH),
                List.of(ServiceBinding.of(new Counting())), CallObserver.NONE, faults);
        try (AwsEndpoint endpoint = AwsEndpoint.open(0, dispatcher);
                CodeDeployClient client = CodeDeployDeployments.askingOnce(CodeDeployClient.builder()
                        .httpClient(UrlConnectionHttpClient.create()).endpointOverride(endpoint.address())
                        .region(Region.EU_WEST_1).credentialsProvider(StaticCredentialsProvider
                                .create(AwsBasicCredentials.create("AKIATEST", "secret"))))) {
            client.createDeployment(it -> it.applicationName("shop"));

            next = fault;

            assertThatThrownBy(() -> client.createDeployment(it -> it.applicationName("shop")))
                    .isInstanceOf(SdkClientException.class);
            assertThat(arrived).hasSize(2);
            assertThat(served).hasSize(expected);
        }
    }

    private final class Counting implements CodeDeployClient {
        @Override
        public CreateDeploymentResponse createDeployment(CreateDeploymentRequest request) {
            served.add(request);
            return CreateDeploymentResponse.builder().deploymentId("d-ABCDEFGHI").build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
