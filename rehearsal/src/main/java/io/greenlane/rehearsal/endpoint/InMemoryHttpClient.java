package io.greenlane.rehearsal.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Lets clients of the AWS SDK talk to the local cloud without a socket: same marshalling, no threads, no waiting. */
public final class InMemoryHttpClient implements SdkHttpClient {
    private final AwsDispatcher dispatcher;

    public InMemoryHttpClient(AwsDispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return execute(request);
            }

            @Override
            public void abort() {
                // The call is over before anyone can abort it.
            }
        };
    }

    @Override
    public String clientName() {
        return "InMemory";
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    private HttpExecuteResponse execute(HttpExecuteRequest request) throws IOException {
        CompletableFuture<WireResponse> answer = dispatcher.answer(read(request));
        if (!answer.isDone()) {
            throw new IOException("The operation takes time, and a call in memory cannot wait for it");
        }
        WireResponse response = answer.join();
        if (response.isLost()) {
            throw new SocketException("The connection broke before the answer");
        }
        SdkHttpResponse.Builder http = SdkHttpResponse.builder().statusCode(response.status());
        http.putHeader("Content-Length", String.valueOf(response.body().asByteArrayUnsafe().length));
        response.headers().forEach(http::putHeader);
        return HttpExecuteResponse.builder().response(http.build())
                .responseBody(AbortableInputStream.create(response.body().asInputStream())).build();
    }

    private static WireRequest read(HttpExecuteRequest request) throws IOException {
        SdkHttpRequest http = request.httpRequest();
        Map<String, String> headers = new HashMap<>();
        http.headers().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        byte[] body = new byte[0];
        if (request.contentStreamProvider().isPresent()) {
            try (InputStream in = request.contentStreamProvider().get().newStream()) {
                body = in.readAllBytes();
            }
        }
        String path = http.encodedPath() == null || http.encodedPath().isEmpty() ? "/" : http.encodedPath();
        return new WireRequest(http.method().name(), path, http.encodedQueryParameters().orElse(""), headers,
                SdkBytes.fromByteArrayUnsafe(body));
    }
}
