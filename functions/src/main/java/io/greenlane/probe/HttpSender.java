package io.greenlane.probe;

import io.greenlane.json.Quote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Requests over HTTP/1.1, with or without TLS. Each goes to an address of its listener that the rule allows, and nowhere else: redirects
 * are answers like any other, proxies and cookies are unknown here, nothing is sent twice. A listener's name is looked up once in the
 * life of a sender. A load balancer changes its addresses within the hour, so a sender serves one call of a function, no more.
 *
 * <p>Certificates are verified for the name in the request's Host header, which TLS is told as well (SNI): what a client of the service
 * would do. Without such a header it is the name of the load balancer, which no certificate of a service has.
 */
public final class HttpSender implements Sender {
    /** Tells the service that a request is none of a user. */
    public static final String MARKER = "X-Greenlane-Validation";

    static final int MOST_HEADERS = 100;
    static final int LONGEST_HEADER = 16 * 1024;
    private static final int MOST_PER_LISTENER = 512;
    /** A Lambda function has 1,024 file descriptors (Lambda guide, quotas), of which others need some. */
    private static final int MOST_CONNECTIONS = 900;
    private static final Timeout CONNECT_WITHIN = Timeout.ofSeconds(3);
    /** Shorter than what servers keep a connection for, so that none is closed on the other side just when it is used again. */
    private static final Timeout KEPT_IDLE = Timeout.ofSeconds(1);
    private static final TimeValue LOOKED_AT_AFTER = TimeValue.ofMilliseconds(100);
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern VISIBLE = Pattern.compile("[!-~]+");
    private static final Pattern LINE = Pattern.compile("[\\t -~\\x80-\\xff]*");
    private static final Pattern PORT = Pattern.compile(":[0-9]*$");

    private final Names names;
    private final String occasion;
    private final CloseableHttpClient client;
    private final ScheduledThreadPoolExecutor deadlines;

    /**
     * A sender with connections of its own; close it.
     *
     * @param addresses what may be called
     * @param occasion value of the header {@value #MARKER}, for example the name of a hook
     */
    public HttpSender(AddressRule addresses, String occasion) {
        this(addresses, occasion, NameService.SYSTEM, SSLContexts.createDefault());
    }

    HttpSender(AddressRule addresses, String occasion, NameService service, SSLContext tls) {
        this.names = new Names(addresses, service);
        this.occasion = occasion;
        this.client = client(names, tls);
        this.deadlines = new ScheduledThreadPoolExecutor(1,
                Thread.ofPlatform().daemon().name("deadlines of requests").factory());
        deadlines.setRemoveOnCancelPolicy(true);
    }

    private static CloseableHttpClient client(Names names, SSLContext tls) {
        TlsSocketStrategy verified = new DefaultClientTlsStrategy(tls, HostnameVerificationPolicy.BUILTIN, null);
        return HttpClientBuilder.create()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create().setDnsResolver(names)
                        .setMaxConnPerRoute(MOST_PER_LISTENER).setMaxConnTotal(MOST_CONNECTIONS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom().setConnectTimeout(CONNECT_WITHIN)
                                .setIdleTimeout(KEPT_IDLE).setValidateAfterInactivity(LOOKED_AT_AFTER).build())
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(Http1Config.custom().setMaxHeaderCount(MOST_HEADERS + 1)
                                        .setMaxLineLength(LONGEST_HEADER).build())
                                .build())
                        .setTlsSocketStrategy((socket, name, port, attachment, context) -> {
                            Exchange.reached(context, Exchange.Stage.HANDSHAKE);
                            return verified.upgrade(socket, name, port, attachment, context);
                        }).build())
                .addExecInterceptorLast("sent", (request, scope, chain) -> {
                    Exchange.reached(scope.clientContext, Exchange.Stage.SENT);
                    return chain.proceed(request, scope);
                })
                .setDefaultRequestConfig(
                        RequestConfig.custom().setAuthenticationEnabled(false).setProtocolUpgradeEnabled(false).build())
                .setUserAgent("greenlane-validation").disableRedirectHandling().disableAutomaticRetries()
                .disableCookieManagement().disableAuthCaching().disableContentCompression().disableConnectionState()
                .build();
    }

    @Override
    public Answer send(Listener listener, Request request) {
        long begin = System.nanoTime();
        String host = Names.plain(listener.host());
        return switch (names.of(host, request.timeout())) {
            case Names.Refused(Answer.Fault fault, String sentence) ->
                new Answer.Nothing(fault, sentence, since(begin));
            case Names.Allowed allowed -> exchange(listener, host, request, begin);
        };
    }

    private Answer exchange(Listener listener, String host, Request request, long begin) {
        String hostHeader = host(request);
        String name = hostHeader == null ? host : PORT.matcher(hostHeader).replaceFirst("");
        HttpUriRequestBase message = message(request);
        message.setAuthority(new URIAuthority(name, listener.port()));
        HttpHost target = new HttpHost(listener.secure() ? "https" : "http", host, listener.port());
        message.setHeader("Host", hostHeader == null ? authority(target) : hostHeader);
        Exchange exchange = new Exchange(message);
        HttpClientContext context = HttpClientContext.create();
        exchange.travelWith(context);
        Diagnosis diagnosis = new Diagnosis(listener, name, request.timeout());
        try {
            return exchange.run(deadlines, request.timeout().minus(since(begin)),
                    () -> response(client.executeOpen(target, message, context), begin));
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new UncheckedIOException("The request was interrupted", e);
            }
            return exchange.isOverdue()
                    ? diagnosis.overdue(exchange.stage(), since(begin))
                    : diagnosis.of(e, exchange.stage(), since(begin));
        }
    }

    private HttpUriRequestBase message(Request request) {
        requireFit("method", request.method(), TOKEN);
        requireFit("target", request.target(), VISIBLE);
        HttpUriRequestBase message = new HttpUriRequestBase(request.method(), URI.create("/"));
        message.setPath(request.target());
        request.headers().forEach((name, value) -> {
            requireFit("header name", name, TOKEN);
            requireFit("header " + name, value, LINE);
            message.setHeader(name, value);
        });
        message.setHeader(MARKER, occasion);
        if (request.body() != null) {
            message.setEntity(new ByteArrayEntity(request.body().getBytes(StandardCharsets.UTF_8), null));
        }
        return message;
    }

    /** Nothing that a request carries may end its line and begin another. */
    private static void requireFit(String what, String text, Pattern form) {
        if (!form.matcher(text).matches()) {
            throw new IllegalArgumentException("The " + what + " cannot be sent: " + Quote.of(text));
        }
    }

    private static @Nullable String host(Request request) {
        return request.headers().entrySet().stream().filter(header -> header.getKey().equalsIgnoreCase("host"))
                .map(Map.Entry::getValue).findFirst().orElse(null);
    }

    /** As clients write it: without the port that the scheme has anyway. */
    private static String authority(HttpHost target) {
        boolean usual = target.getPort() == (target.getSchemeName().equals("https") ? 443 : 80);
        return new URIAuthority(target.getHostName(), usual ? -1 : target.getPort()).toString();
    }

    private static Answer.Response response(ClassicHttpResponse response, long begin) throws IOException {
        Map<String, List<String>> headers = new HashMap<>();
        for (Header header : response.getHeaders()) {
            headers.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(header.getValue() == null ? "" : header.getValue());
        }
        HttpEntity entity = response.getEntity();
        Body body = entity == null
                ? Body.NONE
                : Body.read(entity.getContent(), "gzip".equalsIgnoreCase(entity.getContentEncoding()));
        headers.replaceAll((name, values) -> List.copyOf(values));
        return new Answer.Response(response.getCode(), headers, body.text(), body.cut(), since(begin));
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Closes all connections; requests under way break. */
    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
        deadlines.shutdownNow();
    }
}
