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
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.utils.builder.Buildable;

/** Generated requests and answers of every operation go from the SDK's own client through the wire and back unchanged. */
class EveryOperationTest {
    /**
     * The client compares MD5 sums of messages with what it sent (SimulatedSqsTest), and signs events for a global
     * endpoint, which a generated request names, in another way (EventBridgeTest).
     */
    private static final Set<String> NOT_BY_ECHO = Set.of("SendMessage", "SendMessageBatch", "ReceiveMessage",
            "PutEvents", "CopyObject", "UploadPartCopy", "WriteGetObjectResponse");

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "S3")
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
            if (NOT_BY_ECHO.contains(operation.name())) {
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
            SdkBytes content = SdkBytes.fromUtf8String("content of " + operation.name());
            echo.content = content;
            Operation.Reply reply = operation.call(client, request, content);
            SdkResponse received = reply.answer();
            compared++;
            if (!request.equalsBySdkFields(echo.seen)) {
                differing.add(operation.name() + " request\n  sent " + request + "\n  seen " + echo.seen);
            }
            if (operation.content() != Operation.Content.NONE && !content.equals(
                    operation.content() == Operation.Content.IN_ANSWER ? reply.content() : echo.received)) {
                differing.add(operation.name() + " content");
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
        private @Nullable SdkBytes received;
        private SdkBytes content = SdkBytes.fromUtf8String("");

        @Override
        public @Nullable Object invoke(Object proxy, java.lang.reflect.Method method, Object @Nullable [] arguments) {
            if (arguments != null && arguments[0] instanceof SdkPojo request) {
                seen = request;
                if (arguments.length == 2 && arguments[1] instanceof RequestBody body) {
                    received = SdkBytes.fromInputStream(body.contentStreamProvider().newStream());
                }
                return arguments.length == 2 && arguments[1] instanceof ResponseTransformer<?, ?>
                        ? ResponseBytes.fromByteArray(answer, content.asByteArray())
                        : answer;
            }
            throw new UnsupportedOperationException(method + Arrays.toString(arguments));
        }
    }
}
