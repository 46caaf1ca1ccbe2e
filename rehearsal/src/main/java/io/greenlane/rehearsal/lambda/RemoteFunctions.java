package io.greenlane.rehearsal.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.greenlane.rehearsal.cloud.Timeline;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Functions behind another Lambda Invoke API (Lambda API reference, Invoke), unsigned. */
final class RemoteFunctions implements FunctionInvoker {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Timeline timeline;
    private final String endpoint;
    private final HttpClient http = HttpClient.newHttpClient();

    RemoteFunctions(Timeline timeline, URI endpoint) {
        this.timeline = timeline;
        this.endpoint = endpoint.toString().replaceAll("/+$", "");
    }

    @Override
    public void invoke(String function, String payload, Consumer<Answer> done) {
        URI address = URI.create(endpoint + "/2015-03-31/functions/"
                + URLEncoder.encode(function, StandardCharsets.UTF_8) + "/invocations");
        HttpRequest request = HttpRequest.newBuilder(address).header("X-Amz-Invocation-Type", "RequestResponse")
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString(payload)).build();
        Thread.startVirtualThread(() -> {
            Answer answer = send(request);
            timeline.run(() -> done.accept(answer));
        });
    }

    private Answer send(HttpRequest request) {
        try {
            return answer(http.send(request, BodyHandlers.ofString()));
        } catch (IOException failure) {
            return new Answer.Refused("ServiceException", "No answer from " + endpoint + ": " + failure);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return new Answer.Refused("ServiceException", "The local cloud is closing");
        }
    }

    private static Answer answer(HttpResponse<String> response) {
        if (response.statusCode() == 200) {
            return response.headers().firstValue("X-Amz-Function-Error").isPresent()
                    ? new Answer.Failed(response.body())
                    : new Answer.Returned(response.body());
        }
        String code = response.headers().firstValue("x-amzn-ErrorType").map(type -> type.split(":", 2)[0])
                .orElse("ServiceException");
        return new Answer.Refused(code, message(response.body()));
    }

    private static String message(String body) {
        try {
            JsonNode parsed = JSON.readTree(body);
            return parsed.path("Message").asText(parsed.path("message").asText(body));
        } catch (JsonProcessingException noJson) {
            return body;
        }
    }
}
