package io.greenlane.aws;

import io.greenlane.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * One call of an SDK client in which the bodies travel as they are, and not as the SDK's model knows them: members that are
 * newer than the SDK neither get lost on the way out nor on the way in. The body is put in place before the request is signed.
 * For the clients of services that speak JSON.
 */
final class RawJson implements ExecutionInterceptor {
    private final byte @Nullable [] request;
    private byte @Nullable [] answer;

    private RawJson(byte @Nullable [] request) {
        this.request = request;
    }

    /** Sends what the SDK makes of its request object, and keeps the body of the answer. */
    static RawJson keepingTheAnswer() {
        return new RawJson(null);
    }

    /** Sends this body in place of the SDK's, and keeps the body of the answer. */
    static RawJson sending(Map<String, Object> body) {
        return new RawJson(Json.text(body).getBytes(StandardCharsets.UTF_8));
    }

    /** To be given to the request's {@code overrideConfiguration}. */
    void attach(AwsRequestOverrideConfiguration.Builder call) {
        call.addPlugin(client -> client.overrideConfiguration(
                client.overrideConfiguration().toBuilder().addExecutionInterceptor(this).build()));
    }

    /** The body of the answer, after the call has returned. */
    Map<String, Object> answer() {
        if (answer == null) {
            throw new IllegalStateException("The SDK client did not hand out the body of its answer");
        }
        return Json.object(new String(answer, StandardCharsets.UTF_8));
    }

    @Override
    public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        String type = context.httpRequest().firstMatchingHeader("Content-Type").orElse("none");
        if (!type.startsWith("application/x-amz-json")) {
            throw new IllegalStateException("The SDK client no longer speaks JSON to this service but " + type);
        }
        if (request == null) {
            return context.httpRequest();
        }
        return context.httpRequest().toBuilder().putHeader("Content-Length", String.valueOf(request.length)).build();
    }

    @Override
    public Optional<RequestBody> modifyHttpContent(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        return request == null ? context.requestBody() : Optional.of(RequestBody.fromBytes(request));
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(Context.ModifyHttpResponse context,
            ExecutionAttributes attributes) {
        return context.responseBody().map(this::keep);
    }

    private InputStream keep(InputStream body) {
        try (body) {
            byte[] bytes = body.readAllBytes();
            answer = bytes;
            return new ByteArrayInputStream(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
