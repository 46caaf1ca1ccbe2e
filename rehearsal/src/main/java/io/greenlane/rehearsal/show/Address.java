package io.greenlane.rehearsal.show;

import io.greenlane.json.Quote;
import io.greenlane.probe.Listener;
import java.net.URI;
import java.net.URISyntaxException;

/** Addresses as people type them. */
final class Address {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int LARGEST_PORT = 65_535;

    private Address() {}

    /** The listener at a URL such as {@code http://localhost:8081}; what is none is refused with a sentence that goes on after the option. */
    static Listener of(String url) {
        URI uri = uri(url);
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        if (uri.getHost() == null || !(secure || "http".equalsIgnoreCase(uri.getScheme()))) {
            throw new IllegalArgumentException(
                    "must be a URL such as http://localhost:8081, got " + Quote.of(url));
        }
        if (uri.getRawUserInfo() != null || !uri.getRawPath().replaceFirst("^/$", "").isEmpty()
                || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "must be scheme, host and port alone, since the paths stand in the file, got "
                            + Quote.of(url));
        }
        int usual = secure ? HTTPS : HTTP;
        int port = uri.getPort() < 0 ? usual : uri.getPort();
        if (port == 0 || port > LARGEST_PORT) {
            throw new IllegalArgumentException("must have a port from 1 to " + LARGEST_PORT + ", got " + Quote.of(url));
        }
        return new Listener(secure, uri.getHost().replaceAll("[\\[\\]]", ""), port);
    }

    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("must be a URL such as http://localhost:8081, got " + Quote.of(url), e);
        }
    }
}
