package io.greenlane.rehearsal.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.cloud.VirtualTimeline;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.utils.builder.Buildable;

/** Generated requests and answers of every operation go from the SDK's own client through the wire and back unchanged. */
class EveryOperationTest {
    private static final SdkBytes NOTHING = SdkBytes.fromByteArrayUnsafe(new byte[0]);
    /**
     * The client compares MD5 sums of messages with what it sent (SimulatedSqsTest), and signs events for a global
     * endpoint, which a generated request names, in another way (EventBridgeTest). In S3, a copy names its source either
     * as a whole or in parts, HeadObject has one header in two members, and directory buckets have hosts of their own.
     * Content beside members has its length and checksum compared (SimulatedS3Test).
     */
    private static final Set<String> NOT_BY_ECHO = Set.of("SendMessage", "SendMessageBatch", "ReceiveMessage",
            "PutEvents", "CopyObject", "UploadPartCopy", "HeadObject", "ListDirectoryBuckets");

    @ParameterizedTest
    @EnumSource
    void every_operation_survives_the_wire(AwsService service) throws Exception {
        Echo echo = new Echo();
        SdkClient fake = (SdkClient) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[]{service.clientType()}, echo);
        ServiceBinding binding = ServiceBinding.of(fake);
        SdkClient client = client(service, new AwsDispatcher(
                new VirtualTimeline(Instant.parse("2026-03-01T12:00:00Z")), List.of(binding), CallObserver.NONE));
        List<String> differing = new ArrayList<>();
        int compared = 0;
        for (Operation operation : binding.operations().values()) {
            if (NOT_BY_ECHO.contains(operation.name()) || operation.content() != Operation.Content.NONE) {
                continue;
            }
            GeneratedPojos generated = new GeneratedPojos(new Random(operation.name().hashCode()));
            SdkPojo requestBuilder = operation.newRequest();
            generated.fill(requestBuilder);
            SdkRequest request = (SdkRequest) ((Buildable) requestBuilder).build();
            SdkPojo answerBuilder = operation.newAnswer();
            generated.fill(answerBuilder);
            SdkResponse answer = (SdkResponse) ((Buildable) answerBuilder).build();
            echo.answer = answer;
            echo.seen = null;
            SdkResponse received;
            try {
                received = operation.call(client, request, NOTHING).answer();
            } catch (SdkException failure) {
                differing.add(operation.name() + " " + failure);
                continue;
            }
            compared++;
            if (!request.equalsBySdkFields(echo.seen)) {
                differing.add(operation.name() + " request\n  sent " + request + "\n  seen " + echo.seen);
            }
            if (!answer.equalsBySdkFields(received)) {
                differing.add(operation.name() + " answer\n  sent " + answer + "\n  received " + received);
            }
        }
        assertThat(compared).isPositive();
        assertThat(differing).isEmpty();
    }

    private static SdkClient client(AwsService service, AwsDispatcher dispatcher) throws Exception {
        return build(service.clientType().getMethod("builder").invoke(null), new InMemoryHttpClient(dispatcher));
    }

    @SuppressWarnings("unchecked")
    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> SdkClient build(Object builder,
            InMemoryHttpClient http) {
        return (SdkClient) LocalClients.at(URI.create("http://localhost:1"), http).client((B) builder);
    }

    private static final class Echo implements InvocationHandler {
        private @Nullable SdkResponse answer;
        private @Nullable SdkPojo seen;

        @Override
        public @Nullable Object invoke(Object proxy, java.lang.reflect.Method method, Object @Nullable [] arguments) {
            if (arguments != null && arguments.length == 1 && arguments[0] instanceof SdkPojo request) {
                seen = request;
                return answer;
            }
            throw new UnsupportedOperationException(method + Arrays.toString(arguments));
        }
    }
}
