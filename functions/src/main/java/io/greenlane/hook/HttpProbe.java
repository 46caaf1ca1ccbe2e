package io.greenlane.hook;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** Requests over HTTP/1.1 or HTTPS; a redirect is an answer like any other. */
public final class HttpProbe implements Probe {
    private final HttpClient http;
    private final Duration answerWithin;

    /**
     * A probe with a connection of its own.
     *
     * @param connectWithin how long the connection may take
     * @param answerWithin how long the answer may take
     */
    public HttpProbe(Duration connectWithin, Duration answerWithin) {
        this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(connectWithin)
                .followRedirects(HttpClient.Redirect.NEVER).build();
        this.answerWithin = answerWithin;
    }

    @Override
    public Answer get(URI uri) {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(answerWithin)
                .header("User-Agent", "greenlane-validation").GET().build();
        try {
            return new Answer.Status(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
        } catch (HttpConnectTimeoutException e) {
            return new Answer.Nothing(
                    "no connection in time; do the security groups let the hook reach the test listener?");
        } catch (HttpTimeoutException e) {
            return new Answer.Nothing("no answer within " + answerWithin.toSeconds() + " seconds");
        } catch (ConnectException e) {
            return new Answer.Nothing("the connection was refused");
        } catch (SSLException e) {
            return new Answer.Nothing("TLS failed: " + e.getMessage());
        } catch (IOException e) {
            return new Answer.Nothing("the connection broke: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The request was interrupted", e);
        }
    }
}
